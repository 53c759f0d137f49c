import type { CustomerInferred } from '../people/customer-inferred.ts';
import type { Reading } from '../ports/directory.ts';
import type { Customer } from '../people/target.ts';

/** Whether a customer was typed in one of these readings or concluded, and from what. In doubt it was from the context. */
export function howConcluded(readings: readonly Reading[], { name, domain, id }: Customer): CustomerInferred {
  const own = new Set([name, domain, id].map(lettersOf));
  const unnamed = readings.filter(({ customer }) => customer === undefined);
  const isTyped = readings.some(({ customer }) => customer !== undefined && own.has(lettersOf(customer)));
  if (isTyped || unnamed.length === 0) return false;
  return unnamed.every(({ user }) => user.includes('@')) ? 'address' : 'context';
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
