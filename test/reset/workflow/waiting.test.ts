import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findWaiting } from '../../../src/reset/workflow/waiting.ts';
import { renderRequestCard } from '../../../src/teams/cards/confirmation.ts';
import { type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';
import { startResetWorld } from '../../support/started-world.ts';

const second = 1000;
const noProof = { verification: { required: false, methods: [] }, ticket: 'off', needsApproval: false } as const;

let world: ResetWorld;
let process: Process;

beforeEach(async () => {
  ({ world, process } = await startResetWorld());
});
afterEach(() => world.close());

const puts = (): number => world.journal.filter((entry) => entry === 'put card').length;
/** What the card says now. */
async function card(id: Parameters<ResetWorld['stands']>[0]): Promise<string> {
  return JSON.stringify(renderRequestCard(await world.stands(id), noProof, world.clock.now()));
}

describe('a reset that waits', () => {
  it.each([
    [
      'a throttle',
      ['throttled', 'throttled', 'throttled', 'throttled', 'throttled'],
      /no more calls for now.*passes by itself/,
    ],
    [
      'an outage',
      ['lost', 'lost', 'lost', 'lost', 'lost'],
      /gives no answer that can be used.*Only Microsoft can mend it/,
    ],
  ] as const)(
    'says on its card after ten seconds that it waits for %s, since when, and who ends it',
    async (_, faults, says) => {
      const { id } = await world.ask(process);
      world.partner.next(...faults);
      await process.resets.confirm(id, robin, said);
      await world.pass(9 * second);
      expect([puts(), await card(id)]).toEqual([0, expect.stringContaining('Working on it')]);
      await world.pass(2 * second);
      expect(puts()).toBeGreaterThan(0);
      expect(await card(id)).toMatch(/Waiting since [^"]*:/);
      expect(await card(id)).toMatch(says);
    },
  );

  it('says so of an answer that is still awaited', async () => {
    const { id } = await world.ask(process);
    const held = Promise.withResolvers<void>();
    world.partner.next({ until: held.promise });
    void process.resets.confirm(id, robin, said);
    await world.pass(11 * second);
    expect(puts()).toBeGreaterThan(0);
    expect(await card(id)).toContain('no answer has come yet');
    held.resolve();
    await world.pass(second);
    expect((await world.stands(id)).state).toBe('delivered');
  });

  it('says nothing of the kind where it is done within ten seconds', async () => {
    const { id } = await world.ask(process);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    const before = puts();
    await world.pass(11 * second);
    expect(puts()).toBe(before);
    expect(findWaiting(await world.stands(id), world.clock.now())).toBeUndefined();
  });

  it('for want of MFA says who signs in again', async () => {
    const { id } = await world.ask(process);
    const { confirmBy: _left, ...request } = await world.stands(id);
    const at = world.clock.now();
    const attempt = {
      number: 1,
      at,
      deadline: at,
      outcome: 'not-tried',
      httpStatus: 401,
      partnerCode: '900421',
    } as const;
    const waits = { ...request, confirmBy: at, state: 'sealed', confirmedAt: at, tries: [attempt] } as const;
    const shown = JSON.stringify(renderRequestCard(waits, noProof, at + 10 * second));
    expect(shown).toMatch(/multifactor authentication.*npm run consent/);
  });
});
