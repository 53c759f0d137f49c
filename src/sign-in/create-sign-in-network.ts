import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { readLimited } from './read-limited.ts';

/** How long what the last token answer brought is good for, counted from when it was asked for. Milliseconds. */
export type Lifetimes = {
  readonly askedAt: number;
  readonly accessToken: number;
  /** Undefined where Entra does not say it, as it mostly does not. */
  readonly refreshToken: number | undefined;
};

export type SignInNetwork = {
  readonly network: INetworkModule;
  /** Those of the last token answer, where it was a success. */
  readonly lifetimes: () => Lifetimes | undefined;
};

const askMilliseconds = 10_000;
const longestAnswer = 1024 * 1024;

/** Seconds; Entra's older endpoints write numbers as strings. */
const seconds = z.coerce.number().int().nonnegative();
const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: seconds,
  refresh_token_expires_in: seconds.optional(),
});
const refusal = z.looseObject({ error: z.string().min(1) });
const anything = z.looseObject({});

/**
 * The HTTP of msal: nothing but one origin, no redirect, ten seconds for a request, a megabyte for an answer, all within
 * `signal`. A refusal has to be Entra's own; 429 and 5xx are thrown, so that msal says `network_error`.
 */
export function createSignInNetwork({
  origin,
  fetch,
  clock,
  signal,
}: {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): SignInNetwork {
  let last: Lifetimes | undefined;
  return {
    lifetimes: () => last,
    network: {
      sendGetRequestAsync: (url, options) => send('GET', url, options),
      sendPostRequestAsync: (url, options) => send('POST', url, options),
    },
  };

  async function send<Body>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<Body>> {
    if (new URL(url).origin !== origin) throw new Error('another host than the sign-in authority was asked for');
    const askedAt = clock.now();
    const late = new AbortController();
    const cancel = clock.after(askMilliseconds, () => {
      late.abort();
    });
    try {
      const response = await fetch(url, {
        method,
        headers: options.headers ?? {},
        ...(method === 'POST' && { body: options.body ?? '' }),
        redirect: 'error',
        signal: AbortSignal.any([signal, late.signal]),
      });
      const { status } = response;
      const body: unknown = JSON.parse(await readLimited(response, longestAnswer));
      if (status === 408 || status === 429 || status >= 500) throw new Error('the sign-in service is busy');
      if (method === 'POST') last = readLifetimes(response.ok, body, askedAt);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- msal reads the body itself; its interface wants its own type
      return { headers: Object.fromEntries(response.headers), body: anything.parse(body) as Body, status };
    } finally {
      cancel();
    }
  }
}

/** Throws for what is neither tokens nor a refusal: something in between has answered. */
function readLifetimes(ok: boolean, body: unknown, askedAt: number): Lifetimes | undefined {
  if (!ok) {
    refusal.parse(body);
    return undefined;
  }
  const { expires_in: access, refresh_token_expires_in: refresh } = tokenAnswer.parse(body);
  return { askedAt, accessToken: access * 1000, refreshToken: refresh === undefined ? undefined : refresh * 1000 };
}
