import type { Thawing } from '../../reset/freezes.ts';
import { nameFreeze } from './name-freeze.ts';
import { plainName } from './plain-name.ts';
import { sayFreezes } from './say-freezes.ts';

/** What `thaw`, typed, has done. Plain text. */
export function answerToThawing(thawing: Thawing): string {
  switch (thawing.kind) {
    case 'thawed': {
      if (thawing.lifted.length === 0) return `Somebody else was faster. ${sayLeft(thawing.left)}`;
      return `Thawed: ${thawing.lifted.map(nameFreeze).join('; ')}. What the freeze ended stays ended: ask again for what is still needed. ${sayLeft(thawing.left)}`;
    }
    case 'nothing-frozen':
      return 'Nothing is frozen.';
    case 'unclear': {
      const what =
        thawing.typed === undefined
          ? 'Several freezes are in force, and I lifted none.'
          : `“${plainName(thawing.typed)}” is none of what is frozen, and I lifted nothing.`;
      return `${what} Type thaw with a domain or a tenant id, or thaw everything.\n${sayFreezes(thawing.inForce)}`;
    }
    case 'not-an-approver':
      return 'Only somebody who may approve resets may lift a freeze. It stays in force.';
    case 'groups-unknown':
      return 'It could not be read which groups you are in, and in doubt nobody may lift a freeze. It stays in force. Try again in a few minutes.';
  }
}

function sayLeft(left: Extract<Thawing, { kind: 'thawed' }>['left']): string {
  return left.length === 0 ? 'Nothing else is frozen.' : sayFreezes(left);
}
