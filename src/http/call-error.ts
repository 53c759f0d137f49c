/** What every failed call tells, whatever the service. */
export type CallFacts<Code extends string> = {
  readonly code: Code;
  /** `unknown`: the write may be applied already, or be applied later. Always `none` for a read. */
  readonly effect?: 'none' | 'unknown' | undefined;
  readonly httpStatus?: number | undefined;
  readonly retryAfterMilliseconds?: number | undefined;
  /** Number of tries; 0 where there was no request to send. */
  readonly tries?: number | undefined;
};

/** The error of one service. It holds no request, response, header or body, because a body may hold a password. */
export class CallError<Code extends string> extends Error {
  readonly code: Code;
  readonly effect: 'none' | 'unknown';
  readonly httpStatus: number | undefined;
  readonly retryAfterMilliseconds: number | undefined;
  readonly tries: number;

  constructor(facts: CallFacts<Code>, message: string) {
    super(message);
    this.code = facts.code;
    this.effect = facts.effect ?? 'none';
    this.httpStatus = facts.httpStatus;
    this.retryAfterMilliseconds = facts.retryAfterMilliseconds;
    this.tries = facts.tries ?? 0;
  }
}
