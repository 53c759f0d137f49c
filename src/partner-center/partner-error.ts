import { partnerAdvice, type PartnerErrorCode } from './partner-advice.ts';

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
