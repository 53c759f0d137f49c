import type { KeyObject } from 'node:crypto';

/** The application as the provider knows it. */
export type RegisteredApp = {
  readonly tenantId: string;
  readonly clientId: string;
  /** One or the other is asked of it. */
  readonly secret?: string;
  readonly certificate?: string;
};

/** What came to the token endpoint; no token, code or secret is in it. */
export type TokenRequest = {
  readonly grant: string;
  readonly scope: string;
  readonly client: 'secret' | 'assertion';
  /** Which refresh token was used, counted from 1 in the order they were given out. */
  readonly refreshToken: number | undefined;
};

/** What the two endpoints work with. */
export type ProviderState = {
  readonly app: RegisteredApp;
  readonly authority: string;
  readonly signing: KeyObject;
  readonly account: { readonly objectId: string; readonly name: string };
  readonly codes: Map<string, { readonly challenge: string; readonly redirect: string; readonly nonce: string }>;
  readonly refreshTokens: string[];
  readonly revoked: Set<string>;
  readonly issued: string[];
  readonly asked: TokenRequest[];
  amr: readonly string[];
  accessSeconds: number;
  refreshSeconds: number | undefined;
};
