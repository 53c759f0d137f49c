import type { Secret } from '../secret.ts';

/** The Entra application that Locksmith is for Partner Center and Microsoft Graph. */
export type EntraApp = {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential:
    | { readonly kind: 'secret'; readonly secret: Secret }
    | { readonly kind: 'certificate'; readonly certificate: ClientCertificate };
};

/** A certificate with its key, as Entra wants it. */
export type ClientCertificate = {
  /** PKCS #8 in PEM. */
  readonly privateKey: Secret;
  /** SHA-256 of the certificate, in hexadecimal digits. */
  readonly thumbprintSha256: string;
  /** The certificate and its chain in PEM, sent along as `x5c`. */
  readonly chain: string;
  /** The instant of its end, in milliseconds. */
  readonly endsAt: number;
};
