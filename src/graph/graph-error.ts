import { CallError, type CallFacts } from '../http/index.ts';

/**
 * Why there is no token of a customer's tenant: a closed set, decided by Entra's number, never by its words.
 * See https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const tokenRefusals = [
  /** AADSTS65001, 7000229, 700016, or `Authorization_IdentityNotFound` of Graph: the application is not consented there. */
  'not-consented',
  /** AADSTS650051: the service principal is just being made. It passes within a minute. */
  'consent-in-progress',
  /** AADSTS50020, 50177: the account has no GDAP role there, the relationship ended, or a guest of its address is in the way. */
  'account-unknown',
  /** AADSTS53003 and its relatives: the customer's Conditional Access keeps the partner out. */
  'conditional-access',
  /** AADSTS700082: the stored sign-in was not used for 90 days. */
  'sign-in-expired',
  /** AADSTS50173: the stored sign-in was revoked. */
  'sign-in-revoked',
  /** AADSTS50076 and its relatives: the stored sign-in was made without MFA, or needs a person. */
  'sign-in-needs-person',
  /** AADSTS5000224, 900023, 90002: there is no such tenant, or it cannot be reached. */
  'tenant-gone',
  /** Entra issued a token of another tenant than was asked for. It was thrown away. */
  'wrong-tenant',
  /** Any other reason, such as no stored sign-in, or an Entra that is not reachable. */
  'sign-in-failed',
] as const;

export type TokenRefusal = (typeof tokenRefusals)[number];

/** Why a call did not succeed: a closed set. No code follows from a text that is shown or kept. */
export const graphErrorCodes = [
  ...tokenRefusals,
  /** The caller's argument cannot be sent; nothing went out. */
  'invalid-argument',
  /** The caller's signal was aborted before anything went out, or while reading. */
  'cancelled',
  /** The time for a read, or for getting as far as sending a write, was over. */
  'timed-out',
  /** No connection came about. Nothing was tried. */
  'not-connected',
  /** The connection broke before a read was answered. */
  'no-answer',
  /** A write may be applied already, or be applied later. */
  'unknown-result',
  /** A read was answered in JSON, but not with what was asked for; or a link of it leads to another host. */
  'unreadable-answer',
  /** Something that is not Graph answered, such as the page of a proxy. */
  'foreign-answer',
  /** The answer is a redirect, which is never followed. */
  'redirected',
  /** 401, with a fresh token too. */
  'token-refused',
  /** 403: a scope or a role is missing, or the target outranks the account. Graph tells no more than that. */
  'forbidden',
  /** The tenant lacks the licence for this: P1 or P2. */
  'unlicensed',
  /** The person is under restricted management: only a role assigned at that unit helps. */
  'restricted-management',
  /** 400: the password is too weak, banned or refused by a policy. */
  'password-refused',
  /** 400: the person is synchronised from a local directory, and this way does not write back. */
  'synchronised',
  /** 404: there is no such object in this tenant. */
  'not-found',
  /** 410 or `syncStateNotFound`: the delta link is too old. Read everything again. */
  'delta-expired',
  /** 400: the query needs a header or an option that it lacks. That is a fault of this software. */
  'unsupported-query',
  /** Any other 400: the request is wrong, or a policy does not allow it. */
  'bad-request',
  'conflict',
  /** Another definite 4xx. */
  'refused',
  /** 429 or 509: the service did not try it. */
  'throttled',
  /** 408 or 5xx to a read. */
  'service-fault',
] as const;

export type GraphErrorCode = (typeof graphErrorCodes)[number];

/** The facts of a failed call. Holds nothing of the request or of the answer's body. */
export type GraphErrorFacts = CallFacts<GraphErrorCode> & {
  /** Graph's own code, such as `Authorization_RequestDenied`. A word of letters, dots and underscores. */
  readonly graphCode?: string | undefined;
  /** Entra's own number, such as 65001, where there was no token. */
  readonly entraCode?: number | undefined;
  /** Sent as `client-request-id`. */
  readonly clientRequestId?: string | undefined;
  /** The `request-id` of Graph's answer: with ours it is what Microsoft's support asks for. */
  readonly requestId?: string | undefined;
  /** Replaces the sentence of the code. */
  readonly message?: string | undefined;
};

/** The one error of this client. It holds no request, response, header or body, because a body may hold a password. */
export class GraphError extends CallError<GraphErrorCode> {
  override readonly name = 'GraphError';
  readonly graphCode: string | undefined;
  readonly entraCode: number | undefined;
  readonly clientRequestId: string | undefined;
  readonly requestId: string | undefined;

  constructor(facts: GraphErrorFacts) {
    super(facts, facts.message ?? `Microsoft Graph: ${facts.code}.`);
    this.graphCode = facts.graphCode;
    this.entraCode = facts.entraCode;
    this.clientRequestId = facts.clientRequestId;
    this.requestId = facts.requestId;
  }
}

/** Whether a code says that there was no token of the customer's tenant, or that Graph does not know the application there. */
export function isTokenRefusal(code: GraphErrorCode): code is TokenRefusal {
  return tokenRefusals.some((refusal) => refusal === code);
}
