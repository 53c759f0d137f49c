import { PartnerError } from './partner-error.ts';

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
