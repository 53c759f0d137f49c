import { isGuid, type Secret } from '../base/index.ts';
import { parseBaseUrl } from '../http/index.ts';
import { PartnerError } from './partner-error.ts';
import { isHeaderValue } from './wire-format.ts';

/** Source of access tokens. It is called before every try, so it should cache a token while that is valid. */
export type PartnerCredentials = {
  /**
   * Gets an access token for Partner Center. `fresh`: the service refused the last one, so do not answer from a cache.
   * An error becomes `sign-in-failed`. Of the error only a `code` such as `invalid_grant`, `ERR_NETWORK` or
   * `AADSTS50076` is kept. See learn.microsoft.com/partner-center/developer/enable-secure-app-model.
   */
  getToken(options?: { readonly fresh?: boolean; readonly signal?: AbortSignal }): Promise<Secret>;
};

/** Time as an argument. */
export type PartnerClock = {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
  /** Calls `act` once after `milliseconds`. The returned function cancels that. */
  after(milliseconds: number, act: () => void): () => void;
};

/** Limits in milliseconds: whole numbers from 1 to 2147483647. */
export type PartnerTimeouts = {
  /** For one try, with its token and the reading of its answer. Default 30,000. */
  readonly perTry?: number;
  /** For one operation with all its tries and waits. Each page of a collection is one operation. Default 120,000. */
  readonly whole?: number;
};

/** The part of `fetch` that the SDK uses; the global one fits. It must not follow redirects. */
export type PartnerFetch = (
  url: string,
  init: {
    readonly method: 'GET' | 'PATCH' | 'POST';
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/** The options of `createPartner`. */
export type PartnerOptions = {
  readonly credentials: PartnerCredentials;
  /** `https://api.partnercenter.microsoft.com`. Plain HTTP is allowed for loopback addresses only. */
  readonly baseUrl: string;
  /** Sent as `MS-PartnerCenter-Application`. */
  readonly applicationName?: string;
  /** Sent as `X-Locale`: the language of Partner Center's descriptions. Default `en-US`. */
  readonly locale?: string;
  /** Sends `ValidateMfa: true`; Partner Center then checks that the token was issued with MFA. Default: false. */
  readonly validateMfa?: boolean;
  /** Default: the global `fetch`, which reuses connections. */
  readonly fetch?: PartnerFetch;
  /**
   * For writes with `freshConnection`: opens a new connection for each call. Default: `createFreshFetch()` of this SDK,
   * which uses no proxy; give `createFreshFetch(proxy)` where `fetch` goes through one. Where `fetch` is given, the default
   * is that `fetch` with `Connection: close`.
   */
  readonly freshFetch?: PartnerFetch;
  readonly clock?: PartnerClock;
  /** The jitter of waits: a number from 0 up to, but not including, 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Creates request and correlation ids, which must be GUIDs. Default: random ones. */
  readonly newId?: () => string;
  readonly timeouts?: PartnerTimeouts;
};

/** What the calls of a scoped partner share. */
export type RequestContext = {
  /** Sent as `MS-CorrelationId`: the same for all calls that serve one purpose. Default: a new one. */
  readonly correlationId?: string | undefined;
  /** Sent as `MS-RequestId`: for a partner made for exactly one operation. Default: a new one for each operation. */
  readonly requestId?: string | undefined;
  readonly locale?: string | undefined;
};

export type ReadOptions = { readonly signal?: AbortSignal | undefined };

export type WriteOptions = {
  /** Sent as `MS-RequestId`, the same on every try. Default: a new one. */
  readonly requestId?: string | undefined;
  /** The deadline: once it fires, nothing more of this write is sent. */
  readonly signal?: AbortSignal | undefined;
  /** The caller states that the write is idempotent, so the SDK may retry it. Default: false. */
  readonly mayRepeat?: boolean | undefined;
  /** Opens a new connection, so that the write cannot leave after its deadline on a reused one. Default: false. */
  readonly freshConnection?: boolean | undefined;
};

/** The machine's own clock. Unlike the one of the bot its timers keep the process alive, for scripts that wait for a retry. */
export const systemClock: PartnerClock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * The base address without a slash at its end. It must be HTTPS, or plain HTTP on a loopback address: a token never
 * crosses a network in plain text. Throws `invalid-argument`.
 */
export function readBaseUrl(text: string): string {
  const url = parseBaseUrl(text);
  if (url === undefined) {
    throw new PartnerError({
      code: 'invalid-argument',
      message: 'baseUrl must be an https address without user, query or fragment.',
    });
  }
  return url;
}

/** A time limit in milliseconds that a timer supports. Throws `invalid-argument`. */
export function readMilliseconds(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) {
    throw new PartnerError({
      code: 'invalid-argument',
      message: `${name} must be a whole number from 1 to 2147483647.`,
    });
  }
  return value;
}

/** An id for a header: a GUID or undefined. Throws `invalid-argument`. */
export function readOptionalGuid(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !(typeof value === 'string' && isGuid(value))) {
    throw new PartnerError({ code: 'invalid-argument', message: `${name} must be a GUID.` });
  }
  return value;
}

/** An id from `newId`. Throws `invalid-argument` where `newId` throws or returns no GUID. */
export function createId(newId: () => string): string {
  let id: string;
  try {
    id = newId();
  } catch {
    throw new PartnerError({ code: 'invalid-argument', message: 'newId failed.' });
  }
  return readOptionalGuid('newId', id) ?? id;
}

/** The signal of the caller, or undefined. Throws `invalid-argument` for anything else. */
export function readSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!(value instanceof AbortSignal)) {
    throw new PartnerError({ code: 'invalid-argument', message: 'signal must be an AbortSignal.' });
  }
  return value;
}

/** An option that is sent as a header: plain ASCII or undefined. Throws `invalid-argument`. */
export function readHeaderValue(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !isHeaderValue(value)) {
    throw new PartnerError({ code: 'invalid-argument', message: `${name} must be plain ASCII text.` });
  }
  return value;
}

/** An id of a customer or user that is set. Throws `invalid-argument`. */
export function requireId(name: string, id: string): string {
  if (typeof id !== 'string' || id.trim() === '') {
    throw new PartnerError({ code: 'invalid-argument', message: `${name} must be set.` });
  }
  return id;
}
