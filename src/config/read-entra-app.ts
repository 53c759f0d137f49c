import { Secret } from '../secret.ts';
import { type CertificateProblem, type EntraApp, readClientCertificate } from '../sign-in/entra-app.ts';
import type { SettingReader } from './create-setting-reader.ts';

const name = 'PARTNER_CENTER_CLIENT_CERTIFICATE';

const sentences = {
  'no-certificate': 'holds no certificate in PEM',
  'no-private-key': 'holds no private key in PEM',
  'key-encrypted': 'holds a private key that is encrypted: give it without a passphrase',
  'key-not-rsa': 'holds a private key that is not RSA: Microsoft Entra takes no other',
  'key-of-another': 'holds a private key of another certificate',
  ended: 'holds a certificate that has ended',
  'not-yet-good': 'holds a certificate that is not good yet',
} as const satisfies Record<CertificateProblem, string>;

/**
 * The application for Partner Center, by its certificate where one is given, else by its secret; whatever is wrong goes
 * into `problems`, a certificate that is not good at `now` too.
 */
export function readEntraApp(read: SettingReader, problems: string[], now: number): EntraApp {
  const app = {
    tenantId: read.neededGuid('PARTNER_CENTER_TENANT_ID'),
    clientId: read.neededGuid('PARTNER_CENTER_CLIENT_ID'),
  };
  const pem = read.pem(name);
  const secret = read.secret('PARTNER_CENTER_CLIENT_SECRET');
  if (pem === undefined) {
    const isNamed = problems.some((problem) => /^PARTNER_CENTER_CLIENT_(?:SECRET|CERTIFICATE)/.test(problem));
    if (secret === undefined && !isNamed) problems.push(`PARTNER_CENTER_CLIENT_SECRET or ${name} is not set`);
    return { ...app, credential: { kind: 'secret', secret: secret ?? new Secret('') } };
  }
  const certificate = readClientCertificate(pem, now);
  switch (certificate.kind) {
    case 'certificate':
      return { ...app, credential: certificate };
    case 'problem':
      problems.push(`${name} ${sentences[certificate.problem]}`);
      return { ...app, credential: { kind: 'secret', secret: new Secret('') } };
  }
}
