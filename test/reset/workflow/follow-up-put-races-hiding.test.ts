import { expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { Secret } from '../../../src/base/secret.ts';
import { createResetWorld, robin, said } from '../../support/reset-world.ts';

const followUps = { signOut: 'allow', accessPass: 'allow' } as const;

it('a password and a pass are hidden in the end, in every order of two instances and whatever the chat refuses', async () => {
  const orders = record({
    button: constantFrom('getAccessPass' as const, 'signOut' as const),
    /** Milliseconds from the put that hangs to the hiding by the other instance: within the lease, and after it. */
    untilHiding: constantFrom(0, 20_000, 50_000),
    untilAnswer: constantFrom(0, 10_000, 50_000),
    faults: array(constantFrom('try-again' as const, 'refused' as const, 'seems-gone' as const), { maxLength: 4 }),
  });
  let races = 0;
  await assert(
    asyncProperty(orders, async ({ button, untilHiding, untilAnswer, faults }) => {
      const world = await createResetWorld({
        policy: { followUps },
        signOut: () => Promise.resolve({ kind: 'done' }),
        accessPass: () => Promise.resolve({ kind: 'made', pass: new Secret('CANARY-PASS-1'), lifetimeInMinutes: 10 }),
      });
      try {
        const first = world.boot('first');
        const second = world.boot('second');
        for (const { resets } of [first, second]) resets.start();
        const { id } = await world.ask(first);
        const confirmed = await first.resets.confirm(id, robin, said);
        if (confirmed.kind === 'begun') await confirmed.done;
        await world.settle();
        const hangs = Promise.withResolvers<void>();
        world.chats.nextPuts({ until: hangs.promise });
        void first.resets[button](id, robin);
        await world.settle();
        await world.pass(untilHiding);
        void second.resets.acknowledge(id, robin);
        await world.settle();
        await world.pass(untilAnswer);
        if ((await world.stands(id)).state === 'hidden') races += 1;
        world.chats.nextPuts(...faults);
        hangs.resolve();
        await world.settle();
        await world.pass(10 * 60_000);
        expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
        expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined, heldBy: [] });
      } finally {
        await world.close();
      }
    }),
    {
      numRuns: 25,
      seed: 20_261_201,
      examples: [
        [{ button: 'getAccessPass', untilHiding: 50_000, untilAnswer: 10_000, faults: ['try-again', 'try-again'] }],
        [{ button: 'signOut', untilHiding: 0, untilAnswer: 50_000, faults: ['refused', 'try-again'] }],
      ],
    },
  );
  // The put of the one came after the hiding of the other, which is what the test is for.
  expect(races).toBeGreaterThan(2);
}, 120_000);
