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
  /** The customer whose tenant was asked, in small letters; left out for the home tenant. */
  readonly tenant?: string;
};

/** How the tenant of a customer answers: with tokens of its own, as Entra refuses, or by mistake with those of another tenant. */
export type CustomerTenant =
  | { readonly kind: 'consented'; readonly scopes?: readonly string[] }
  | { readonly kind: 'refuses'; readonly error: string; readonly code: number; readonly suberror?: string }
  | { readonly kind: 'answers-as'; readonly tenantId: string };

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
  /** By tenant id in small letters; at all others no one has consented. */
  readonly customers: Map<string, CustomerTenant>;
  /** The tenant of each access token for Microsoft Graph. */
  readonly tenantOfToken: Map<string, string>;
  amr: readonly string[];
  accessSeconds: number;
  refreshSeconds: number | undefined;
};
