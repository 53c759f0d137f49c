import { PartnerError } from './partner-error.ts';

/** A limit: a whole number of milliseconds that a timer can count. Throws `invalid-argument`. */
export function readMilliseconds(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be a whole number from 1 to 2147483647.` });
  }
  return value;
}
