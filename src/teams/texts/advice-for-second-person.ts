import type { Refusal } from '../../reset/refusal.ts';
import { cleanName } from '../cards/clean-name.ts';
import { adviceOn } from './advice-on.ts';
import type { Advice } from './refusal-texts.ts';

/** The same as `adviceOn`, said to somebody who did not ask for the reset; `requester` is the name of who did. */
export function adviceForSecondPerson(refusal: Refusal, requester: string): Advice {
  const who = cleanName(requester);
  const advice = adviceOn(refusal);
  const next = refusal.kind === 'frozen' ? advice.next : `There is nothing more to do here: ${who} is told what to do.`;
  return { says: saysOf(refusal, who) ?? advice.says, next };
}

/** Undefined where the sentence speaks to nobody. */
function saysOf(refusal: Refusal, who: string): string | undefined {
  switch (refusal.kind) {
    case 'not-a-technician':
      return `${who} may not reset passwords for this customer.`;
    case 'groups-unknown':
      return `It could not be read which groups ${who} is in, and in doubt nobody may reset a password.`;
    case 'own-account':
      return `This is ${who}’s own account, and nobody resets their own password here.`;
    case 'no-direct-message':
      return `Locksmith could not write to ${who} alone, and the password must not go anywhere else.`;
    default:
      return undefined;
  }
}
