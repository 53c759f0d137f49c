import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson, robin } from '../support/teams-person.ts';

const proof = { verification: 'In person', ticket: 'INC-7' };

let house: House;
afterEach(() => house.stop());

/** Addresses of people whom nothing stops. */
function ordinaryPeople(count: number): readonly string[] {
  const { data } = house.partnerCenter;
  const [customer] = data.customers;
  const users = data.users(customer?.id ?? '')?.slice('active', undefined, 0, 140) ?? [];
  return users
    .filter(({ userDomainType, roles, lastDirectorySyncTime: synchronised, userPrincipalName }) => {
      const isOrdinary = userDomainType === 'managed' && roles.length === 0 && synchronised === null;
      return isOrdinary && !/#ext#/i.test(userPrincipalName);
    })
    .map(({ userPrincipalName }) => userPrincipalName)
    .slice(0, count);
}

describe('a limit, over HTTP', () => {
  it('lets two of twenty presses at once reset where two are left, and is remembered after a restart', async () => {
    house = await startHouse({ policy: { limits: { ...sandboxPolicy.limits, perTechnicianPerHour: 2 } } });
    const technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
    const ask = async (address: string) => {
      await technician.say(`reset password for ${address}`);
      for (;;) {
        const card = await technician.card('confirmation');
        if (JSON.stringify(card.card).includes(address)) return card;
        await wait(10);
      }
    };
    const [last = '', ...people] = ordinaryPeople(21);
    const cards = [];
    for (const address of people) cards.push(await ask(address));
    expect(cards).toHaveLength(20);

    await Promise.all(cards.map((card) => technician.press(card, 'Reset password', proof)));
    const ended = () =>
      technician
        .shown()
        .map(({ card }) => cardId(card))
        .filter((id) => id !== 'confirmation');
    while (ended().length < 20) await wait(20);
    expect(ended().filter((id) => id === 'outcome-reset')).toHaveLength(2);
    expect(ended().filter((id) => id === 'outcome-refused')).toHaveLength(18);
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
    expect(house.alarms.filter(({ kind }) => kind === 'limit-reached')).toHaveLength(18);

    await house.restart();
    const answer = await technician.press(await ask(last), 'Reset password', proof);
    expect(JSON.stringify(answer.value)).toMatch(
      /You have confirmed 2 resets in the last 60 minutes.*possible again at \{\{DATE\([^)]+\)\}\} \{\{TIME\([^)]+\)\}\}/s,
    );
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
  }, 60_000);
});
