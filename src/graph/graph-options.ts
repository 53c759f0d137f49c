import { type Clock, isGuid, type Secret } from '../base/index.ts';
import { parseBaseUrl } from '../http/index.ts';
import { GraphError, type TokenRefusal } from './graph-error.ts';

/** A token of a customer's tenant, or why there is none. */
export type TenantToken =
  | { readonly kind: 'token'; readonly token: Secret }
  | { readonly kind: 'refused'; readonly refusal: TokenRefusal; readonly entraCode?: number | undefined };

/**
 * Source of access tokens: called before every try, so it should cache a token while that is valid. `tenantId` is in lower
 * case. It must never give a token of another tenant. `fresh`: Graph refused the last one. A rejection counts as
 * `sign-in-failed`.
 */
export type TokenSource = (
  tenantId: string,
  options: { readonly fresh: boolean; readonly signal: AbortSignal },
) => Promise<TenantToken>;

/** The part of `fetch` that this client uses; the global one fits. It must not follow redirects. */
export type GraphFetch = (
  url: string,
  init: {
    readonly method: 'GET' | 'POST';
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/** The options of `createGraph`. */
export type GraphOptions = {
  /** `https://graph.microsoft.com`. Plain HTTP is allowed for loopback addresses only. */
  readonly baseUrl: string;
  readonly tokenFor: TokenSource;
  readonly fetch: GraphFetch;
  /** For writes: opens a new connection for each call, so that none leaves after its deadline. Default: `fetch`. */
  readonly freshFetch?: GraphFetch;
  readonly clock: Clock;
  /** The jitter of waits: a number from 0 up to, but not including, 1. */
  readonly random: () => number;
  /** Creates ids of calls, which must be GUIDs. */
  readonly newId: () => string;
  /** In milliseconds. `perTry` is 10,000 where it is not given, `whole` 30,000. */
  readonly timeouts?: { readonly perTry?: number; readonly whole?: number };
};

export type ReadOptions = { readonly signal?: AbortSignal | undefined };

/** `onPage` gets the items of each page as it comes: what was read before a failure is known, too. */
export type ListOptions<Item> = ReadOptions & { readonly onPage?: ((items: readonly Item[]) => void) | undefined };

export type WriteOptions = {
  /** The deadline: once it fires, nothing more of this write is sent. */
  readonly signal?: AbortSignal | undefined;
  /** The caller states that twice is the same as once, so the write may be tried again. Default: false. */
  readonly mayRepeat?: boolean | undefined;
};

/** The base address without a slash at its end. Throws `invalid-argument`. */
export function readBaseUrl(text: string): string {
  const url = parseBaseUrl(text);
  if (url === undefined) {
    throw new GraphError({
      code: 'invalid-argument',
      message: 'baseUrl must be an https address without a user or a query.',
    });
  }
  return url;
}

/** A GUID in lower case. Throws `invalid-argument`: by its id alone a person of another tenant cannot be meant. */
export function readGuid(name: string, value: string): string {
  if (!isGuid(value)) throw new GraphError({ code: 'invalid-argument', message: `${name} must be a GUID.` });
  return value.toLowerCase();
}
