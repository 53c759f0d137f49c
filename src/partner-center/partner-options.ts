import type { Secret } from '../base/index.ts';
import { PartnerError } from './partner-error.ts';

/** Where access tokens come from. It is asked before every try, so it should keep a token while it is good. */
export type PartnerCredentials = {
  /**
   * Gives an access token for Partner Center. `fresh`: the last one was refused, so a kept one will not do.
   * What it throws becomes `sign-in-failed`; of it only a `code` such as `invalid_grant`, `ERR_NETWORK` or
   * `AADSTS50076` is kept.
   */
  getToken(options?: { readonly fresh?: boolean; readonly signal?: AbortSignal }): Promise<Secret>;
};

/** Time as an argument. */
export type PartnerClock = {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
  /** Calls `act` once after `milliseconds`; what it returns takes that back. */
  after(milliseconds: number, act: () => void): () => void;
};

/** Limits in milliseconds: whole numbers from 1 to 2147483647. */
export type PartnerTimeouts = {
  /** For one try, its token and the reading of its answer included. Default 30,000. */
  readonly perTry?: number;
  /** For an operation with its tries and the waits between them; each page of a collection is one. Default 120,000. */
  readonly whole?: number;
};

/** The part of `fetch` that is used here; the global one fits. Redirects must not be followed. */
export type PartnerFetch = (
  url: string,
  init: {
    readonly method: 'GET' | 'PATCH';
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/** What a partner is made of. */
export type PartnerOptions = {
  readonly credentials: PartnerCredentials;
  /** `https://api.partnercenter.microsoft.com`; plain HTTP is taken for this machine's own addresses only. */
  readonly baseUrl: string;
  /** Sent as `MS-PartnerCenter-Application`. */
  readonly applicationName?: string;
  /** Sent as `X-Locale`: the language of Partner Center's descriptions. Default `en-US`. */
  readonly locale?: string;
  /** Sends `ValidateMfa: true`, by which Partner Center says whether the token was issued with MFA. */
  readonly validateMfa?: boolean;
  /** Default: the global `fetch`, which keeps connections alive. */
  readonly fetch?: PartnerFetch;
  /**
   * For writes with `freshConnection`: opens a connection of its own for each call. Default: Node's own HTTP client,
   * or, where another `fetch` than the global one is given, that one with `Connection: close`.
   */
  readonly freshFetch?: PartnerFetch;
  readonly clock?: PartnerClock;
  /** A number from 0 up to, not including, 1: the jitter of waits. Default `Math.random`. */
  readonly random?: () => number;
  /** Makes request and correlation ids, which must be GUIDs. Default: random ones. */
  readonly newId?: () => string;
  readonly timeouts?: PartnerTimeouts;
};

/** What calls share. */
export type RequestContext = {
  /** Sent as `MS-CorrelationId`: the same for everything done for one purpose. Default: a new one. */
  readonly correlationId?: string | undefined;
  /** Sent as `MS-RequestId`: for a partner made for exactly one operation. Default: a new one for each operation. */
  readonly requestId?: string | undefined;
  readonly locale?: string | undefined;
};

export type ReadOptions = { readonly signal?: AbortSignal | undefined };

export type WriteOptions = {
  /** Sent as `MS-RequestId`, the same on every try. Default: a new one. */
  readonly requestId?: string | undefined;
  /** The deadline: after it has fired nothing more of this write is sent. */
  readonly signal?: AbortSignal | undefined;
  /** The caller says that doing it twice is the same as doing it once, so the SDK may try again. Default: false. */
  readonly mayRepeat?: boolean | undefined;
  /** Uses a connection of its own, so that no kept one carries the write past its deadline. Default: false. */
  readonly freshConnection?: boolean | undefined;
};

/** The machine's own clock. */
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
 * The address all calls go to, without a slash at its end. HTTPS, or plain HTTP on this machine's own addresses: a
 * token never travels in the clear. Throws `invalid-argument`.
 */
export function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url === undefined || !isSafe || url.username !== '' || url.password !== '' || url.search + url.hash !== '') {
    throw new PartnerError({
      code: 'invalid-argument',
      says: 'baseUrl must be an https address without user, query or fragment.',
    });
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** A limit: a whole number of milliseconds that a timer can count. Throws `invalid-argument`. */
export function readMilliseconds(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be a whole number from 1 to 2147483647.` });
  }
  return value;
}

/** An id that goes out as a header: a GUID, or undefined. Throws `invalid-argument`. */
export function readOptionalGuid(name: string, value: string | undefined): string | undefined {
  if (
    value !== undefined &&
    !(typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value))
  ) {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be a GUID.` });
  }
  return value;
}

/** An id from `newId`. Throws `invalid-argument` where that throws or gives no GUID. */
export function createId(newId: () => string): string {
  let id: string;
  try {
    id = newId();
  } catch {
    throw new PartnerError({ code: 'invalid-argument', says: 'newId failed.' });
  }
  return readOptionalGuid('newId', id) ?? id;
}

/** The caller's signal, or undefined where there is none. Throws `invalid-argument` for anything else. */
export function readSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!(value instanceof AbortSignal)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'signal must be an AbortSignal.' });
  }
  return value;
}
