import type { PressAnswer } from '../support/teams-person.ts';
import { comesToRest } from './comes-to-rest.ts';
import type { CrashHouse } from './crash-house.ts';
import type { Case } from './open-case.ts';
import type { Way } from './scenario.ts';
import type { Bot } from './start-bot.ts';

/** Waits until all is over, then presses everything once more: says what is left of the password, or happens again. */
export async function findWhatIsLeft(
  house: CrashHouse,
  one: Case,
  { survivor, way, password }: { readonly survivor: Bot; readonly way: Way; readonly password: string | undefined },
): Promise<readonly string[]> {
  await comesToRest(house, one);
  const before = one.patches();
  const answers: PressAnswer[] = [await one.confirm(survivor)];
  if (way === 'approval' && password !== undefined) answers.push(await one.approve(survivor));
  if (way === 'reveal' && password !== undefined) answers.push(await one.reveal(survivor));
  const { sealed, tries, steps, records } = await comesToRest(house, one);
  const shown = JSON.stringify([one.direct(), house.connector.shown(one.chat), answers]);
  return [
    ...(password !== undefined && shown.includes(password) ? ['the password is still shown after hiding'] : []),
    ...(one.password() === undefined ? [] : ['a password is shown after the end']),
    ...(sealed === 0 ? [] : ['a sealed password is left']),
    ...(one.patches() > before ? ['a press afterwards reset once more'] : []),
    ...(one.patches() > tries ? ['there was a PATCH without its record'] : []),
    ...(steps === records ? [] : [`of ${steps} steps there are ${records} records`]),
    ...answers
      .filter(({ status }) => status !== 200)
      .map(({ status }) => `a press afterwards was answered with ${status}`),
  ];
}
