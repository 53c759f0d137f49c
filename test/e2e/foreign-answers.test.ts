import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { exampleSentence, findPerson, type PretendFault } from '../../src/sandbox/partner-center/index.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, passwordIn, robin, type TeamsPerson } from '../support/teams-person.ts';

const proof = { verification: 'In person' };
const page = { kind: 'proxy-page', status: 200, effect: 'none' } as const;

let house: House;
let technician: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

const writes = () => house.partnerCenter.calls.filter(({ method }) => method === 'PATCH');
const resets = () => {
  const { customer, user } = findPerson(house.partnerCenter.data, 'adele.vance@contosobikes.onmicrosoft.com');
  return {
    count: house.partnerCenter.resetCount(customer.id, user.id),
    isNow: (password: string) => house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(password)),
  };
};
const strike = (fault: PretendFault, method: 'GET' | 'PATCH') => {
  house.partnerCenter.faults.next({ method, fault, times: 20 });
};

async function press(fault: PretendFault, times = 1) {
  await technician.say(exampleSentence);
  const asked = await technician.card('confirmation');
  house.partnerCenter.faults.next({ method: 'PATCH', fault, times });
  await technician.press(asked, 'Reset password', proof);
}

describe('a reset that something else than Partner Center answers', () => {
  it.each<[string, PretendFault]>([
    ['the page of a sign-in with 200', page],
    ['the same after the effect', { ...page, effect: 'applied' }],
    ['nothing with 200', { kind: 'empty', status: 200, effect: 'none' }],
    ['a user who is another', { kind: 'another-id' }],
  ])('is told as done only once it is proven, by the same password and request id: %s', async (_what, fault) => {
    await press(fault);
    await technician.card('outcome-reset');
    const [first, second, ...others] = writes();
    expect([first?.fault, second?.fault, others]).toEqual([fault.kind, undefined, []]);
    expect(second?.requestId).toBe(first?.requestId);
    const direct = await technician.card('direct-message', technician.directChat);
    expect(resets().isNow(passwordIn(direct.card) ?? 'missing')).toBe(true);
  });

  it('is told as unclear at once after a redirect, with the password and who stands in between', async () => {
    await press({ kind: 'redirect', location: 'http://127.0.0.1:9/sign-in' }, 8);
    const told = JSON.stringify((await technician.card('outcome-attention')).card);
    expect(told).toContain('points elsewhere');
    expect(told).toContain('It is not certain whether the new password is in force');
    expect(told).not.toContain('othing was changed');
    expect(writes()).toHaveLength(1);
    expect(resets().count).toBe(0);
    const direct = await technician.card('direct-message', technician.directChat);
    expect(passwordIn(direct.card)).toBeDefined();
  });
});

describe('a reading that something else than Partner Center answers', () => {
  it.each<[string, PretendFault, string]>([
    ['a page with 200', page, 'Something other than Partner Center answered'],
    ['a page with 403', { ...page, status: 403 }, 'Something other than Partner Center answered'],
    ['an empty body', { kind: 'empty', status: 200, effect: 'none' }, 'cannot be read'],
    ['a list where an object belongs', { kind: 'as-list' }, 'cannot be read'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'points elsewhere'],
  ])('is told as that at once, and nothing was changed: %s', async (_what, fault, words) => {
    strike(fault, 'GET');
    await technician.say(exampleSentence);
    const told = technician.shown().at(-1)?.text ?? '';
    expect(told).toContain(words);
    expect(told.match(/Nothing was changed/g)).toHaveLength(1);
    expect(house.partnerCenter.calls).toHaveLength(1);
  });

  it('refuses a press, before anything is sent', async () => {
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    strike({ kind: 'another-id' }, 'GET');
    await technician.press(asked, 'Reset password', proof);
    const told = JSON.stringify((await technician.card('outcome-refused')).card);
    expect(told).toContain('cannot be read');
    expect(writes()).toEqual([]);
  });
});
