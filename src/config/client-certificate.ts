import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { Secret } from '../base/index.ts';

/** A client certificate in the form that msal takes. */
export type ClientCertificate = {
  /** PKCS #8 in PEM. */
  readonly privateKey: Secret;
  /** SHA-256 of the certificate, in hexadecimal digits. */
  readonly thumbprintSha256: string;
  /** The certificate and its chain in PEM, sent along as `x5c`. */
  readonly chain: string;
  /** When it expires, in milliseconds since 1970. */
  readonly endsAt: number;
};

/** Why the application cannot sign in with a PEM text. */
export type CertificateProblem =
  'no-certificate' | 'no-private-key' | 'key-encrypted' | 'key-not-rsa' | 'key-of-another' | 'ended' | 'not-yet-good';

type CertificateRead =
  | { readonly kind: 'certificate'; readonly certificate: ClientCertificate }
  | { readonly kind: 'problem'; readonly problem: CertificateProblem };

const certificatePattern = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const privateKeyPattern = /-----BEGIN (?<type>[A-Z ]*)PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/;

/**
 * Reads a PEM text with an RSA private key that is not encrypted, and with its certificate. The certificate comes first;
 * further ones are its chain. `now` is in milliseconds since 1970. See https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function readClientCertificate(pem: Secret, now: number): CertificateRead {
  return pem.reveal((text) => {
    const chain = text.match(certificatePattern) ?? [];
    const first = readCertificate(chain[0]);
    if (first === undefined) return problem('no-certificate');
    const found = privateKeyPattern.exec(text);
    if (found === null) return problem('no-private-key');
    if (found.groups?.['type'] === 'ENCRYPTED ' || found[0].includes('ENCRYPTED')) return problem('key-encrypted');
    const key = readKey(found[0]);
    if (key === undefined) return problem('no-private-key');
    if (key.asymmetricKeyType !== 'rsa') return problem('key-not-rsa');
    if (!first.checkPrivateKey(key)) return problem('key-of-another');
    const endsAt = Date.parse(first.validTo);
    if (endsAt <= now) return problem('ended');
    if (Date.parse(first.validFrom) > now) return problem('not-yet-good');
    return {
      kind: 'certificate',
      certificate: {
        privateKey: new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString()),
        thumbprintSha256: first.fingerprint256.replaceAll(':', ''),
        chain: `${chain.map((one) => one.replaceAll('\r', '')).join('\n')}\n`,
        endsAt,
      },
    };
  });
}

function problem(which: CertificateProblem): CertificateRead {
  return { kind: 'problem', problem: which };
}

function readCertificate(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
