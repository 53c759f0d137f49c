import type { Freeze } from '../../reset/ports/stores.ts';
import { sayTime } from '../cards/say-time.ts';
import { nameFreeze } from './name-freeze.ts';
import { plainName } from './plain-name.ts';

/** Every freeze in force, a line each, and how it ends; nothing where there is none. Plain text. */
export function sayFreezes(freezes: readonly Freeze[]): string {
  if (freezes.length === 0) return '';
  return [
    `Frozen: no password is reset for ${whom(freezes)} until an approver types thaw.`,
    ...freezes.map((freeze) => `• ${nameFreeze(freeze)}, by ${plainName(freeze.by.name)} on ${sayTime(freeze.at)}.`),
  ].join('\n');
}

function whom(freezes: readonly Freeze[]): string {
  if (freezes.some(({ customer }) => customer === undefined)) return 'any customer';
  return freezes.length === 1 ? 'this customer' : 'these customers';
}
