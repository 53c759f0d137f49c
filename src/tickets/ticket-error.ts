import type { TicketFailure, TicketTrouble } from '../reset/index.ts';

/** A call to the ticket system came to nothing. Holds no request, no answer and no address. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
  readonly code: TicketFailure;
  readonly httpStatus: number | undefined;
  /** No call is wanted before this instant, in milliseconds since 1970. */
  readonly againAt: number | undefined;

  constructor(code: TicketFailure, httpStatus?: number, againAt?: number) {
    super(`The ticket system: ${code}.`);
    this.code = code;
    this.httpStatus = httpStatus;
    this.againAt = againAt;
  }
}

/** Makes a call and returns a `TicketError` as its codes. Any other error is a defect, and thrown. */
export async function settleTicketCall<Result>(call: () => Promise<Result>): Promise<Result | TicketTrouble> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof TicketError)) throw error;
    const { code, httpStatus, againAt } = error;
    return { kind: 'failed', code, httpStatus, againAt };
  }
}

/** Makes what to do after a call failed whose answer can be done without. A defect is thrown. */
export function settleFor<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof TicketError) return value;
    throw error;
  };
}

/** Makes what to do after a call for one thing failed: what is not found is `value`. Any other failure is thrown. */
export function settleMissingFor<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof TicketError && error.code === 'not-found') return value;
    throw error;
  };
}
