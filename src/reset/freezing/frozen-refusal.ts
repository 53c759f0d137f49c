import type { Freeze } from './freeze.ts';
import type { Refusal } from '../refusal.ts';

/** Says of a freeze that it is why nothing is reset. */
export function frozenRefusal({ customer, by, at }: Freeze): Extract<Refusal, { kind: 'frozen' }> {
  return { kind: 'frozen', by: by.name, at, everything: customer === undefined };
}
