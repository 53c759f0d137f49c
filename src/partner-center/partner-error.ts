import { partnerAdvice } from './partner-advice.ts';

/** What is known of a call that did not succeed. Nothing of the request or of the answer's body is among it. */
export type PartnerErrorFacts = {
  readonly code: PartnerErrorCode;
  /** `unknown`: a write that may have been applied, or may yet be. Always `none` for a read. */
  readonly effect?: 'none' | 'unknown' | undefined;
  readonly httpStatus?: number | undefined;
  /** Partner Center's own code, such as `900308`; digits only, seven at most. */
  readonly partnerCode?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMilliseconds?: number | undefined;
  /** With `sign-in-failed`: the `code` of what `getToken` threw, where it is a short plain word. */
  readonly signInCode?: string | undefined;
  /** How often it was tried; 0 where nothing was ready to be sent. */
  readonly tries?: number | undefined;
  /** A sentence of ours in place of the table's. */
  readonly says?: string | undefined;
};

/**
 * The one error of this SDK. It holds no request, response, header or body: Partner Center's answer repeats the new
 * password, and its descriptions are somebody else's text. For what to do next see `partnerAdvice[error.code]`.
 */
export class PartnerError extends Error {
  override readonly name = 'PartnerError';
  readonly code: PartnerErrorCode;
  readonly effect: 'none' | 'unknown';
  readonly httpStatus: number | undefined;
  readonly partnerCode: string | undefined;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMilliseconds: number | undefined;
  readonly signInCode: string | undefined;
  readonly tries: number;

  constructor(facts: PartnerErrorFacts) {
    super(facts.says ?? partnerAdvice[facts.code].says);
    this.code = facts.code;
    this.effect = facts.effect ?? 'none';
    this.httpStatus = facts.httpStatus;
    this.partnerCode = facts.partnerCode;
    this.correlationId = facts.correlationId;
    this.requestId = facts.requestId;
    this.retryAfterMilliseconds = facts.retryAfterMilliseconds;
    this.signInCode = facts.signInCode;
    this.tries = facts.tries ?? 0;
  }
}

/** Why a call did not succeed: a closed set, decided by HTTP status and Partner Center's code, never by words. */
export type PartnerErrorCode =
  /** The caller's argument cannot be sent; nothing went out. */
  | 'invalid-argument'
  /** `getToken` gave no usable token; nothing went out. */
  | 'sign-in-failed'
  /** The caller's signal was aborted before anything went out, or while reading. */
  | 'cancelled'
  /** The time for a read, or for getting as far as sending a write, was over. */
  | 'timed-out'
  /** No connection came about: refused, no such host, certificate not accepted. Nothing was tried. */
  | 'not-connected'
  /** The connection broke before a read was answered. */
  | 'no-answer'
  /** A write may have been applied, or may yet be: no answer, 408, 5xx, or a refusal after such a try. */
  | 'unknown-result'
  /** A read's answer was a success, and not of the documented shape, or over 64 MB, or of too many pages. */
  | 'unreadable-answer'
  /** The address answered with a redirect, which is never followed. */
  | 'redirected'
  | 'mfa-required'
  | 'wrong-audience'
  | 'token-refused'
  | 'missing-privilege'
  | 'missing-role'
  | 'conditional-access'
  | 'app-only-token'
  | 'no-relationship'
  | 'token-issuance-failed'
  | 'user-not-found'
  | 'customer-not-found'
  | 'not-found'
  /** 405, 501, or a 404 that can be read and has no Partner Center code: the service does not know this address. Nothing was changed. */
  | 'route-unknown'
  | 'invalid-property'
  | 'bad-request'
  | 'stale-etag'
  | 'conflict'
  /** Another definite 4xx. */
  | 'refused'
  /** 429: not tried. */
  | 'throttled'
  /** 408 or 5xx to a read. */
  | 'service-fault';
