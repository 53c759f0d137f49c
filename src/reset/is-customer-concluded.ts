import type { Reading } from './ports.ts';
import type { Customer } from './target.ts';

/** Whether a customer was not typed but concluded, from an address or from the last reset. In doubt it was concluded. */
export function isCustomerConcluded(readings: readonly Reading[], { name, domain, id }: Customer): boolean {
  const own = new Set([name, domain, id].map((text) => text.normalize('NFC').toLowerCase()));
  return (
    readings.some(({ customer }) => customer === undefined) &&
    !readings.some(({ customer }) => customer !== undefined && own.has(customer.normalize('NFC').toLowerCase().trim()))
  );
}
