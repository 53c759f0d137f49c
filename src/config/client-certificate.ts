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

const blockPattern = /-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<content>[\s\S]*?)-----END \k<label>-----/g;

type PemBlock = { readonly label: string; readonly content: string };

/**
 * Reads a PEM text with an RSA private key that is not encrypted, and with its certificate, in any order; further
 * certificates are its chain. The text may have been pasted where lines are lost: with `\n` written out, with CRLF, with
 * spaces for line ends, with a byte order mark. `now` is in milliseconds since 1970.
 * See https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function readClientCertificate(pem: Secret, now: number): CertificateRead {
  return pem.reveal((text) => {
    const blocks = readBlocks(text);
    const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map(formatBlock);
    const read = certificates.map(readCertificate);
    if (read.length === 0 || read.includes(undefined)) return problem('no-certificate');
    const found = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
    if (found === undefined) return problem('no-private-key');
    if (found.label.startsWith('ENCRYPTED') || found.content.includes('ENCRYPTED')) return problem('key-encrypted');
    const key = readKey(formatBlock(found));
    if (key === undefined) return problem('no-private-key');
    if (key.asymmetricKeyType !== 'rsa') return problem('key-not-rsa');
    const own = read.findIndex((certificate) => certificate?.checkPrivateKey(key));
    const certificate = read[own];
    if (certificate === undefined) return problem('key-of-another');
    const endsAt = Date.parse(certificate.validTo);
    if (endsAt <= now) return problem('ended');
    if (Date.parse(certificate.validFrom) > now) return problem('not-yet-good');
    return {
      kind: 'certificate',
      certificate: {
        privateKey: new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString()),
        thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
        // Microsoft Entra wants the certificate itself first.
        chain: [...certificates.slice(own, own + 1), ...certificates.filter((_one, index) => index !== own)].join(''),
        endsAt,
      },
    };
  });
}

function readBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(blockPattern)].map(({ groups }) => ({
    label: groups?.['label'] ?? '',
    content: groups?.['content'] ?? '',
  }));
}

/** Writes a block as RFC 7468 has it: lines of 64 characters, whatever its line ends were before. */
function formatBlock({ label, content }: PemBlock): string {
  const lines = content.replaceAll(/\\[rn]|\s/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function problem(which: CertificateProblem): CertificateRead {
  return { kind: 'problem', problem: which };
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
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
