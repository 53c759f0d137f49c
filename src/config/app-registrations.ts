import { Secret } from '../base/index.ts';
import { type CertificateProblem, type ClientCertificate, readClientCertificate } from './client-certificate.ts';
import type { SettingReader } from './setting-reader.ts';

/** The Entra application with which Locksmith calls Partner Center and Microsoft Graph. */
export type EntraApp = {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential:
    | { readonly kind: 'secret'; readonly secret: Secret }
    | { readonly kind: 'certificate'; readonly certificate: ClientCertificate };
};

/** How the Azure Bot authenticates, by the Bot Framework's own kinds. */
export type BotApp =
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly tenantId: string; readonly password: Secret }
  | { readonly kind: 'managed-identity'; readonly appId: string };

/** Reads the Azure Bot's registration from the settings that the Bot Framework names. */
export function readBotApp(read: SettingReader): BotApp {
  const appId = read.neededGuid('MicrosoftAppId');
  const tenantId = read.neededGuid('MicrosoftAppTenantId');
  switch (read.oneOf('MicrosoftAppType', ['SingleTenant', 'UserAssignedMsi'], 'SingleTenant')) {
    case 'SingleTenant':
      return { kind: 'single-tenant', appId, tenantId, password: read.neededSecret('MicrosoftAppPassword') };
    case 'UserAssignedMsi':
      if (read.text('MicrosoftAppPassword') !== undefined) {
        read.report('MicrosoftAppPassword is set, but a UserAssignedMsi bot has no password');
      }
      return { kind: 'managed-identity', appId };
  }
}

const certificateSetting = 'PARTNER_CENTER_CLIENT_CERTIFICATE';

const certificateProblems = {
  'no-certificate': 'holds no certificate in PEM',
  'no-private-key': 'holds no private key in PEM',
  'key-encrypted': 'holds a private key that is encrypted: give it without a passphrase',
  'key-not-rsa': 'holds a private key that is not RSA: Microsoft Entra takes no other',
  'key-of-another': 'holds a private key of another certificate',
  ended: 'holds a certificate that has ended',
  'not-yet-good': 'holds a certificate that is not good yet',
} as const satisfies Record<CertificateProblem, string>;

/**
 * Reads the application for Partner Center. Its certificate counts where one is given, otherwise its secret. A certificate
 * that is not valid at `now` is a problem.
 */
export function readEntraApp(read: SettingReader, now: number): EntraApp {
  const app = {
    tenantId: read.neededGuid('PARTNER_CENTER_TENANT_ID'),
    clientId: read.neededGuid('PARTNER_CENTER_CLIENT_ID'),
  };
  const pem = read.pem(certificateSetting);
  const secret = read.secret('PARTNER_CENTER_CLIENT_SECRET');
  if (pem === undefined) {
    const isNamed = read.problems.some((problem) => /^PARTNER_CENTER_CLIENT_(?:SECRET|CERTIFICATE)/.test(problem));
    if (secret === undefined && !isNamed)
      read.report(`PARTNER_CENTER_CLIENT_SECRET or ${certificateSetting} is not set`);
    return { ...app, credential: { kind: 'secret', secret: secret ?? new Secret('') } };
  }
  const certificate = readClientCertificate(pem, now);
  switch (certificate.kind) {
    case 'certificate':
      return { ...app, credential: certificate };
    case 'problem':
      read.report(`${certificateSetting} ${certificateProblems[certificate.problem]}`);
      return { ...app, credential: { kind: 'secret', secret: new Secret('') } };
  }
}
