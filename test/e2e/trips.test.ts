import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { realPlatform } from '../../src/app/platform.ts';
import { exampleSentence } from '../../src/sandbox/partner-center/index.ts';
import { createMovableClock, type MovableClock } from '../support/movable-clock.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, passwordIn, robin, type TeamsPerson } from '../support/teams-person.ts';

const proof = { verification: 'In person', ticket: 'INC-7' };

let house: House;
let technician: TeamsPerson;
let clock: MovableClock;
/** Resolves once so many calls to Partner Center have begun since the press. */
let begun: (calls: number) => Promise<void>;

beforeEach(async () => {
  let calls = 0;
  let waiting: { readonly calls: number; readonly resolve: () => void } | undefined;
  begun = (wanted) => {
    calls = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting = { calls: wanted, resolve };
    return promise;
  };
  clock = createMovableClock();
  house = await startHouse({
    platform: {
      clock,
      fetch: (input, init) => {
        calls += 1;
        if (waiting !== undefined && calls === waiting.calls) waiting.resolve();
        return realPlatform.fetch(input, init);
      },
    },
  });
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

/** Asks and presses while Partner Center holds its answers about the user back. */
async function pressWhileHeld() {
  await technician.say(exampleSentence);
  const asked = await technician.card('confirmation');
  const before = house.partnerCenter.calls.length;
  const answers = Promise.withResolvers<void>();
  house.partnerCenter.faults.next({
    method: 'GET',
    times: 2,
    fault: { kind: 'held', until: answers.promise, effect: 'after' },
  });
  const bothRead = begun(2);
  const pressed = technician.press(asked, 'Reset password', proof);
  await bothRead;
  return {
    pressed,
    answer: answers.resolve,
    calls: () =>
      house.partnerCenter.calls.slice(before).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`),
  };
}

describe('from the press to the direct message', () => {
  it('there are two trips to Partner Center, one after the other: user and roles at once, and the reset', async () => {
    const { pressed, answer, calls } = await pressWhileHeld();
    // Both are under way, and the placeholder is posted meanwhile.
    const placeholder = await technician.card('direct-message', technician.directChat);
    expect(passwordIn(placeholder.card)).toBeUndefined();
    answer();
    await technician.card('outcome-reset');
    await pressed;
    expect(calls().toSorted()).toEqual([
      expect.stringMatching(/^GET [0-9a-f-]{36}$/),
      'GET directoryroles',
      'PATCH resetpassword',
    ]);
    expect((await technician.card('direct-message', technician.directChat)).id).toBe(placeholder.id);
  });

  it('there is one more where reading took five seconds: what is that old is read again', async () => {
    const { pressed, answer, calls } = await pressWhileHeld();
    clock.advance(5000);
    answer();
    await technician.card('outcome-reset');
    await pressed;
    expect(calls().filter((call) => call.startsWith('GET'))).toHaveLength(4);
    expect(calls().at(-1)).toBe('PATCH resetpassword');
  });

  it('the placeholder is taken back where the user was renamed meanwhile', async () => {
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    house.partnerCenter.faults.next({ method: 'GET', fault: { kind: 'another-id' } });
    await technician.press(asked, 'Reset password', proof);
    await technician.card('outcome-refused');
    const shown = house.connector.shown(technician.directChat);
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(shown)).not.toContain('in a moment');
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
});
