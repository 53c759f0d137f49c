import type { Refusal } from '../../reset/refusal.ts';
import { cleanName } from '../cards/clean-name.ts';
import { adviceOn } from './advice-on.ts';
import type { Advice } from './refusal-texts.ts';

/** The same as `adviceOn`, said to somebody who did not ask for the reset; `requester` is the name of who did. */
export function adviceForSecondPerson(refusal: Refusal, requester: string): Advice {
  const who = cleanName(requester);
  const advice = adviceOn(refusal);
  const next = refusal.kind === 'frozen' ? advice.next : `There is nothing more to do here: ${who} is told what to do.`;
  return { says: sentences[refusal.kind]?.(who) ?? advice.says, next };
}

/** What would otherwise speak to whoever asked. */
const sentences: { readonly [Kind in Refusal['kind']]?: (who: string) => string } = {
  'not-a-technician': (who) => `${who} may not reset passwords for this customer.`,
  'groups-unknown': (who) =>
    `It could not be read which groups ${who} is in, and in doubt nobody may reset a password.`,
  'own-account': (who) => `This is ${who}’s own account, and nobody resets their own password here.`,
  'no-direct-message': (who) =>
    `Locksmith could not write to ${who} alone, and the password must not go anywhere else.`,
};
