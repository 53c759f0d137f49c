import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { realPlatform } from '../../src/app/platform.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Policy } from '../../src/reset/policy/policy.ts';
import { exampleSentence, findPerson } from '../../src/sandbox/partner-center/index.ts';
import { directMessageTexts } from '../../src/texts/index.ts';
import { own } from '../support/own.ts';
import { type House, startHouse } from '../support/start-house.ts';
import {
  createTeamsPerson,
  findIn,
  passwordIn,
  type PressAnswer,
  robin,
  sam,
  type TeamsPerson,
} from '../support/teams-person.ts';

const adele = 'adele.vance@contosobikes.onmicrosoft.com';
const minute = 60_000;

describe('a password that only goes to the client that asks for it, over HTTP', () => {
  let house: House;
  let technician: TeamsPerson;
  let ahead: number;
  let policy: { -readonly [Key in keyof Policy]?: Policy[Key] };
  let message: { readonly id: string; readonly card: object };

  beforeEach(async () => {
    ahead = 0;
    policy = { technicians: [{ kind: 'everyone' }] };
    house = await startHouse({
      delivery: 'reveal',
      policy,
      platform: {
        clock: { ...systemClock, now: () => Date.now() + ahead },
        durations: { ...realPlatform.durations, poll: 50 },
      },
    });
    technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
    await technician.say(exampleSentence);
    const proof = { verification: 'In person', ticket: 'INC-7' };
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    message = await technician.card('direct-message', technician.directChat);
  });

  afterEach(() => house.stop());

  const reveal = (person = technician, trigger: 'manual' | 'automatic' = 'manual'): Promise<PressAnswer> =>
    person.press(message, 'Show password', {}, technician.directChat, trigger);
  const isInForce = (password: string): boolean => {
    const { customer, user } = findPerson(house.partnerCenter.data, adele);
    return house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(password));
  };
  const everythingInChats = () => house.connector.received.map(({ body }) => body).join('\n');
  const stepsOf = (kind: string) => house.log.filter((line) => line.includes(`"kind":"${kind}"`));

  it('shows it to the requester, the same one as often as they ask, and puts it into no message', async () => {
    expect(passwordIn(message.card)).toBeUndefined();
    const shown = [];
    for (let time = 0; time < 3; time += 1) shown.push(passwordIn((await reveal()).value));
    const together = await Promise.all(Array.from({ length: 10 }, () => reveal()));
    const different = [...new Set([...shown, ...together.map(({ value }) => passwordIn(value))])];
    expect(different).toHaveLength(1);
    const password = different[0] ?? 'missing';
    expect(isInForce(password)).toBe(true);
    expect(everythingInChats()).not.toContain(password);
    expect(house.log.join('')).not.toContain(password);
    expect(house.data()).not.toContain(password);
    expect(stepsOf('revealed')).toHaveLength(13);
    expect(house.data().match(/revealed/g)?.length).toBeGreaterThanOrEqual(13);
  });

  it('shows it to nobody else, and writes down that they tried', async () => {
    const password = passwordIn((await reveal()).value) ?? 'missing';
    const other = createTeamsPerson(house, sam, { id: 'a:chat-sam', conversationType: 'personal' });
    const answer = await reveal(other);
    expect(answer).toMatchObject({ status: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(JSON.stringify(answer)).not.toContain(password);
    expect(house.data()).toContain('click-refused');
    expect(house.data()).toContain(sam.aadObjectId);
  });

  it('erases it, says so and alarms where the right of the requester has ended', async () => {
    policy.technicians = [];
    const answer = await reveal();
    expect(passwordIn(answer.value)).toBeUndefined();
    expect(JSON.stringify(answer.value)).toContain(directMessageTexts.givenUp.heading);
    await technician.text('was not delivered, and is erased');
    await untilHidden();
    expect(house.alarms).toMatchObject([{ kind: 'given-up', why: 'right-ended' }]);
    const card = await technician.card('outcome-attention');
    expect(JSON.stringify(card.card)).toContain('Ask for a reset again');
    policy.technicians = [{ kind: 'everyone' }];
    expect(passwordIn((await reveal()).value)).toBeUndefined();
  });

  it('shows nothing to a client that refreshes the card by itself, and does not count it as seen', async () => {
    const answer = await reveal(technician, 'automatic');
    expect(answer.status).toBe(200);
    expect(passwordIn(answer.value)).toBeUndefined();
    expect(stepsOf('revealed')).toEqual([]);
  });

  it('hides it when its minutes since the first look are over, and shows it no more', async () => {
    ahead = 60 * minute;
    const password = passwordIn((await reveal()).value) ?? 'missing';
    ahead += 14 * minute;
    expect(passwordIn((await reveal()).value)).toBe(password);
    ahead += 2 * minute;
    expect(passwordIn((await reveal()).value)).toBeUndefined();
    await untilHidden();
    expect(house.data()).not.toContain(password);
    expect(passwordIn((await reveal()).value)).toBeUndefined();
  });

  it('hides it at once when it was passed on', async () => {
    await reveal();
    await technician.press(message, 'I have passed it on', {}, technician.directChat);
    await untilHidden();
    expect(passwordIn((await reveal()).value)).toBeUndefined();
  });

  it('shows the same one after a restart', async () => {
    const password = passwordIn((await reveal()).value);
    await house.restart();
    expect(passwordIn((await reveal()).value)).toBe(password);
  });

  it('hides it, unseen, after eight hours', async () => {
    ahead = 8 * 60 * minute + 1000;
    await untilHidden();
    expect(passwordIn((await reveal()).value)).toBeUndefined();
  });

  /** The message loses its button when it is hidden. */
  async function untilHidden(): Promise<void> {
    const hasButton = (): boolean =>
      technician
        .direct()
        .some(({ card }) => findIn(card, (part) => own(part, 'title') === 'Show password') !== undefined);
    for (let calls = house.connector.received.length; hasButton(); calls += 1) await house.connector.arrived(calls + 1);
  }
});
