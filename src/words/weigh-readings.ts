import type { Reading } from './command.ts';
import { findTailCuts } from './find-tail-cuts.ts';
import { nameVariants } from './name-variants.ts';
import type { After } from './read-after.ts';
import type { Before } from './read-before.ts';
import { readSubject } from './read-subject.ts';
import type { Token } from './read-tokens.ts';

/** Brings what stands before and after the action together; the most plausible readings stand first. */
export function weighReadings(before: Before, after: After): readonly Reading[] {
  const ahead = before.subject;
  if (ahead.length === 0) {
    return after.readings;
  }
  const wholes = after.readings.filter((reading) => reading.customer === undefined);
  const splits = after.readings.filter((reading) => reading.customer !== undefined);
  const customers = nameVariants(before.isPlace ? ahead.slice(1) : ahead, 'customer').slice(0, 3);
  const joined = wholes.flatMap(({ user }) => customers.map((customer) => ({ user, customer }))).slice(0, 6);
  if (after.readings.length === 0) {
    return [...joinPlace(ahead, after.place), ...joinPlace(ahead, before.place), ...readSubject(ahead)];
  }
  if (before.isPlace) {
    return [...joined, ...splits, ...wholes];
  }
  if (before.isTold || after.readings[0]?.customer !== undefined) {
    return [...after.readings.slice(0, 6), ...joined, ...after.readings.slice(6)];
  }
  const followed = joinPlace(ahead, after.subject);
  return after.isLinked
    ? [...joined, ...after.readings.slice(0, 4), ...followed, ...after.readings.slice(4)]
    : [...followed, ...joined, ...readSubject(ahead).slice(0, 3), ...after.readings];
}

/** `Jane Doe password reset at Contoso`: the person before the action, the customer after it. */
function joinPlace(ahead: readonly Token[], place: readonly Token[]): readonly Reading[] {
  const [end] = findTailCuts(place);
  const customers = place.length === 0 ? [] : nameVariants(place.slice(0, end), 'customer');
  return nameVariants(ahead, 'user').flatMap((user) => customers.map((customer) => ({ user, customer })));
}
