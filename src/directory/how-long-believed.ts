import type { Kept } from './create-index-cache.ts';

const minute = 60_000;

/**
 * How long what was read is taken as it is, in milliseconds. `name`: a namesake may have come since, so before a name is
 * taken to be one person's it is read again after this. `own`: nobody else can have an address or a domain. `refresh`:
 * what was asked for is read again in the background after this, so that a busy customer's users are always at hand.
 */
export const howLongBelieved = { name: 5 * minute, own: 60 * minute, refresh: 4 * minute };

/**
 * How long "nobody" is believed: twenty times as long as it takes to read again, so that a user who was just created is
 * found at once in a small tenant, and a typing error in a large one does not start a long reading.
 */
export function nobodyBelievedFor({ took }: Pick<Kept<unknown>, 'took'>): number {
  return Math.min(20 * took, howLongBelieved.name);
}
