import type { TicketFailure, TicketTrouble } from '../reset/index.ts';

/** A call to the ticket system came to nothing. Holds no request, no answer and no address. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
  readonly code: TicketFailure;
  readonly httpStatus: number | undefined;
  /** No call is wanted before this instant, in milliseconds since 1970. */
  readonly againAt: number | undefined;
  /** The answer was a page, so it may be of a proxy, in the place of another one. */
  readonly isPage: boolean;

  constructor(code: TicketFailure, httpStatus?: number, againAt?: number, isPage = false) {
    super(`The ticket system: ${code}.`);
    this.code = code;
    this.httpStatus = httpStatus;
    this.againAt = againAt;
    this.isPage = isPage;
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

/** What to catch with where the answer of a call can be done without: `value` stands for it. A defect is thrown. */
export function orElse<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof TicketError) return value;
    throw error;
  };
}

/** What to catch with where a call is for one thing: `value` stands for what is not found. Any other failure is thrown. */
export function orIfMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof TicketError && error.code === 'not-found') return value;
    throw error;
  };
}
