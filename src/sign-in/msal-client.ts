import type {
  ConfidentialClientApplication,
  INetworkModule,
  NetworkRequestOptions,
  NetworkResponse,
  NodeAuthOptions,
} from '@azure/msal-node';
import { z } from 'zod';
import { type Clock, signInTunables, startDeadline } from '../base/index.ts';
import type { EntraApp } from '../config/index.ts';
import { exchange, nothingToPrepare } from '../http/index.ts';
import { readSignInError } from './entra-error-codes.ts';

/** What every request to Microsoft Entra needs. */
export type SignInDependencies = {
  readonly app: EntraApp;
  /** `https://login.microsoftonline.com`. No token or secret goes to another host. */
  readonly authority: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
};

/** msal for one sign-in, and the lifetimes that the last answer of Entra gave. */
export type MsalClient = {
  readonly msal: ConfidentialClientApplication;
  readonly lifetimes: EntraNetwork['lifetimes'];
};

/**
 * Runs one sign-in with an msal client of its own, within the time limit of one sign-in. The client starts with an empty
 * cache, so no token outlives the call. Rejects with a `SignInError`, which replaces everything that msal throws. msal is loaded
 * with the first sign-in: the bot is ready without it.
 */
export async function callEntra<Result>(
  dependencies: SignInDependencies,
  signIn: (client: MsalClient) => Promise<Result>,
): Promise<Result> {
  // Before the time limit begins: that one is for Entra.
  const { ConfidentialClientApplication: Client } = await import('@azure/msal-node');
  const deadline = startDeadline(dependencies.clock, signInTunables.signInTimeoutMilliseconds);
  try {
    return await signIn(createMsalClient(Client, dependencies, deadline.signal));
  } catch (error) {
    throw readSignInError(error);
  } finally {
    deadline.cancel();
  }
}

function createMsalClient(
  Client: typeof ConfidentialClientApplication,
  { app, authority, fetch, clock }: SignInDependencies,
  signal: AbortSignal,
): MsalClient {
  const { origin, host } = new URL(authority);
  const { network, lifetimes } = createEntraNetwork({ origin, fetch, clock, signal });
  const msal = new Client({
    auth: {
      clientId: app.clientId,
      authority: `${origin}/${app.tenantId}`,
      // Without this msal asks Microsoft's global address whether it may trust the given authority.
      knownAuthorities: [host],
      ...toMsalCredential(app.credential),
    },
    system: { networkClient: network, disableInternalRetries: true },
  });
  return { msal, lifetimes };
}

function toMsalCredential(
  credential: EntraApp['credential'],
): Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'> {
  switch (credential.kind) {
    case 'secret':
      return credential.secret.reveal((clientSecret) => ({ clientSecret }));
    case 'certificate': {
      const { privateKey, thumbprintSha256, chain } = credential.certificate;
      return privateKey.reveal((key) => ({
        clientCertificate: { thumbprintSha256, privateKey: key, x5c: chain },
      }));
    }
  }
}

/** For how long the tokens of one answer are valid, in milliseconds from the request. */
type Lifetimes = {
  /** When the request was sent, in milliseconds since 1970. */
  readonly requestedAt: number;
  readonly accessToken: number;
  /** Mostly undefined: Entra gives it for some tokens only. */
  readonly refreshToken: number | undefined;
};

type EntraNetwork = {
  readonly network: INetworkModule;
  /** Of the last token answer; undefined where it was a refusal. */
  readonly lifetimes: () => Lifetimes | undefined;
};

/** In seconds. Entra's older endpoints write numbers as strings. */
const seconds = z.coerce.number().int().nonnegative();
const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: seconds,
  refresh_token_expires_in: seconds.optional(),
});
const refusal = z.looseObject({ error: z.string().min(1) });
const anyObject = z.looseObject({});

/**
 * The network module of msal: one origin only, no redirects, a time limit for each request and a size limit for each
 * answer. `signal` ends all of it. An answer that is neither tokens nor a refusal of Entra throws. So do 408, 429 and
 * 5xx, which msal then reports as `network_error`. See https://learn.microsoft.com/entra/msal/javascript/node/configuration
 */
export function createEntraNetwork({
  origin,
  fetch,
  clock,
  signal,
}: {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): EntraNetwork {
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
    const requestedAt = clock.now();
    const { maxEntraAnswerBytes: most, entraRequestTimeoutMilliseconds: milliseconds } = signInTunables;
    const outcome = await exchange({
      clock,
      milliseconds,
      signal,
      maxBytes: { success: most, other: most },
      prepare: nothingToPrepare,
      send: (_ready, either) =>
        fetch(url, {
          method,
          headers: options.headers ?? {},
          ...(method === 'POST' && { body: options.body ?? '' }),
          redirect: 'error',
          signal: either,
        }),
      read: ({ httpStatus: status, isSuccess, headers, body }) =>
        body.kind === 'text'
          ? { kind: 'answered', answer: { status, isSuccess, headers, text: body.text } }
          : { kind: 'failed', fault: { code: body.kind } },
    });
    if (outcome.kind === 'failed') throw new Error(`the sign-in service gave no answer: ${outcome.fault.code}`);
    const { status, isSuccess, headers, text } = outcome.answer;
    const body: unknown = JSON.parse(text);
    if (status === 408 || status === 429 || status >= 500) throw new Error('the sign-in service is busy');
    if (method === 'POST') last = readLifetimes(isSuccess, body, requestedAt);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- msal reads the body itself; its interface wants its own type
    return { headers: Object.fromEntries(headers), body: anyObject.parse(body) as Body, status };
  }
}

/** Throws where a body is neither tokens nor a refusal of Entra: a proxy in between has answered. */
function readLifetimes(isSuccess: boolean, body: unknown, requestedAt: number): Lifetimes | undefined {
  if (!isSuccess) {
    refusal.parse(body);
    return undefined;
  }
  const { expires_in: access, refresh_token_expires_in: refresh } = tokenAnswer.parse(body);
  return { requestedAt, accessToken: access * 1000, refreshToken: refresh === undefined ? undefined : refresh * 1000 };
}
