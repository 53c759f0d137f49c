import { CallError, type CallFacts } from '../http/index.ts';

/** Why a call did not succeed: a closed set, decided by HTTP status and Partner Center's code, never by its words. */
export const partnerErrorCodes = [
  /** The caller's argument cannot be sent; nothing went out. */
  'invalid-argument',
  /** `getToken` gave no usable token; nothing went out. */
  'sign-in-failed',
  /** The caller's signal was aborted before anything went out, or while reading. */
  'cancelled',
  /** The time for a read, or for getting as far as sending a write, was over. */
  'timed-out',
  /** No connection came about: refused, no such host, certificate not accepted. Nothing was tried. */
  'not-connected',
  /** The connection broke before a read was answered. */
  'no-answer',
  /**
   * A write may be applied already, or be applied later: no answer, 408, 5xx, a redirect, an answer that is not Partner
   * Center's, or a refusal after such a try.
   */
  'unknown-result',
  /** A read was answered in JSON, but not with what was asked for: another shape or id, over 64 MiB, or too many pages. */
  'unreadable-answer',
  /** A read was answered by something that is not Partner Center, such as the page of a proxy or of a sign-in. */
  'foreign-answer',
  /** A read was answered with a redirect, which is never followed. */
  'redirected',
  'mfa-required',
  'wrong-audience',
  'token-refused',
  'missing-privilege',
  'missing-role',
  'conditional-access',
  'app-only-token',
  'no-relationship',
  'token-issuance-failed',
  'user-not-found',
  'customer-not-found',
  'not-found',
  /**
   * 405, 501, or a readable 404 without any code: the service does not know this address. Nothing was
   * changed.
   */
  'route-unknown',
  'invalid-property',
  /** 400 or 422 with a code that is not documented, or none: the service does not take the change, or not for this user. */
  'not-accepted',
  /** 400 with a code that says so, 406, 413 or 415: the request itself is wrong. */
  'bad-request',
  'stale-etag',
  'conflict',
  /** A consent for this application is there already. */
  'already-exists',
  /** Another definite 4xx. */
  'refused',
  /** 429: the service did not try it. */
  'throttled',
  /** 408 or 5xx to a read. */
  'service-fault',
] as const;

export type PartnerErrorCode = (typeof partnerErrorCodes)[number];

/** The facts of a failed call. Holds nothing of the request or of the answer's body. */
export type PartnerErrorFacts = CallFacts<PartnerErrorCode> & {
  /** Partner Center's own code, such as `900308`; digits only, seven at most. */
  readonly partnerCode?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly requestId?: string | undefined;
  /** With `sign-in-failed`: the `code` of the error of `getToken`, where it is a short plain word. */
  readonly signInCode?: string | undefined;
  /** Replaces the sentence of the code. */
  readonly message?: string | undefined;
};

/**
 * The one error of this SDK. It holds no request, response, header or body: Partner Center's answer repeats the new
 * password, and its descriptions are text from outside. `message` is a sentence on the code.
 */
export class PartnerError extends CallError<PartnerErrorCode> {
  override readonly name = 'PartnerError';
  readonly partnerCode: string | undefined;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;
  readonly signInCode: string | undefined;

  constructor(facts: PartnerErrorFacts) {
    super(facts, facts.message ?? messages[facts.code]);
    this.partnerCode = facts.partnerCode;
    this.correlationId = facts.correlationId;
    this.requestId = facts.requestId;
    this.signInCode = facts.signInCode;
  }
}

/**
 * For each code a sentence for developers: the `message` of the error. A program has its own wording for its users.
 * See https://learn.microsoft.com/partner-center/developer/error-codes.
 */
const messages = {
  'invalid-argument': 'The request was not sent: one of its values cannot be used.',
  'sign-in-failed': 'There was no valid sign-in to Partner Center, so nothing was sent.',
  cancelled: 'The call was stopped before it had an answer.',
  'timed-out': 'Partner Center did not answer in time.',
  'not-connected': 'Partner Center could not be reached, so nothing was sent.',
  'no-answer': 'The connection to Partner Center broke before it answered.',
  'unknown-result': 'It is not known whether Partner Center made the change.',
  'unreadable-answer': 'Partner Center answered with something that cannot be read.',
  'foreign-answer': 'Something other than Partner Center answered, such as a proxy or a page to sign in.',
  redirected: 'The address for Partner Center points elsewhere, and that was not followed.',
  'mfa-required': 'The sign-in to Partner Center was made without multifactor authentication.',
  'wrong-audience': 'The sign-in was made for another service than Partner Center.',
  'token-refused': 'Partner Center did not accept the sign-in, a fresh one included.',
  'missing-privilege': 'The Partner Center account lacks the privilege for this.',
  'missing-role': 'The Partner Center account has no role that allows this at this customer.',
  'conditional-access': "The customer's Conditional Access policy blocked the partner.",
  'app-only-token': 'This needs the sign-in of a user, and the application signed in alone.',
  'no-relationship': 'There is no commercial relationship with this customer.',
  'token-issuance-failed': 'Microsoft Entra could not issue a token for this customer.',
  'user-not-found': 'There is no such user at this customer.',
  'customer-not-found': 'There is no such customer.',
  'not-found': 'Partner Center did not find what was asked for.',
  'route-unknown': 'The service does not know this kind of request. Nothing was changed.',
  'invalid-property': 'Partner Center did not accept a value; for a reset it may be the password.',
  'not-accepted': 'Partner Center did not accept the request, and did not say why.',
  'bad-request': 'Partner Center did not understand the request. That is a fault of this software.',
  'stale-etag': 'The record was changed by somebody else meanwhile.',
  'already-exists': 'What was to be made is there already.',
  conflict: 'The change does not fit with what is there already.',
  refused: 'Partner Center refused the request.',
  throttled: 'Partner Center is asked too often just now; this request was not tried.',
  'service-fault': 'Partner Center has a fault just now.',
} as const satisfies Record<PartnerErrorCode, string>;
