import { describe, expect, it } from '@jest/globals';
import { assert, asyncProperty, constantFrom, record } from 'fast-check';
import type { FollowUps, SignOut, SignOutOutcome } from '../../../src/reset/ports/graph-actions.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said, sam } from '../../support/reset-world.ts';

const minute = 60_000;
const refused: SignOutOutcome = { kind: 'refused', trouble: { code: 'forbidden', httpStatus: 403 } };

/** A port that answers in turn, and keeps what it was asked for. */
function playSignOut(...answers: readonly (SignOutOutcome | Promise<SignOutOutcome>)[]) {
  const asked: Parameters<SignOut>[0][] = [];
  const signOut: SignOut = async (operation) => {
    asked.push(operation);
    return (await answers[asked.length - 1]) ?? { kind: 'done' };
  };
  return { asked, signOut };
}

type Given = Parameters<typeof createResetWorld>[0];

/** A world in which one reset was delivered, and who was asked to sign out. */
async function withDelivered(
  given: Given,
  test: (world: ResetWorld, process: Process, id: Awaited<ReturnType<ResetWorld['ask']>>['id']) => Promise<void>,
): Promise<void> {
  const world = await createResetWorld(given);
  try {
    const process = world.boot('first');
    process.resets.start();
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done;
    await test(world, process, id);
    expect(await world.readEverySink()).not.toContain('CANARY');
  } finally {
    await world.close();
  }
}

const kindsOf = async (world: ResetWorld) => (await world.readTrail()).map(({ kind }) => kind);

describe('signing out everywhere', () => {
  it('is done once, by whoever asked for the reset, and is in the trail', async () => {
    const { asked, signOut } = playSignOut();
    await withDelivered({ signOut }, async (world, { resets }, id) => {
      const done = await resets.signOut(id, robin);
      expect(done).toMatchObject({ kind: 'pressed', outcome: { outcome: 'done' } });
      expect(asked).toHaveLength(1);
      const again = await resets.signOut(id, robin);
      expect('outcome' in again && again.outcome).toEqual('outcome' in done && done.outcome);
      expect(asked).toHaveLength(1);
      expect((await kindsOf(world)).filter((kind) => kind.startsWith('sign-out'))).toEqual([
        'sign-out-begun',
        'sign-out-ended',
      ]);
    });
  });

  it('is done once however many press at once', async () => {
    const { asked, signOut } = playSignOut();
    await withDelivered({ signOut }, async (_world, { resets }, id) => {
      await Promise.all([1, 2, 3, 4].map(() => resets.signOut(id, robin)));
      expect(asked).toHaveLength(1);
    });
  });

  it('is refused to anybody else', async () => {
    const { asked, signOut } = playSignOut();
    await withDelivered({ signOut }, async (_world, { resets }, id) => {
      expect(await resets.signOut(id, sam)).toEqual({ kind: 'not-yours' });
      expect(asked).toEqual([]);
    });
  });

  it('is refused once the password is hidden, and half an hour after the delivery', async () => {
    const { asked, signOut } = playSignOut();
    await withDelivered({ signOut }, async (_world, { resets }, id) => {
      await resets.acknowledge(id, robin);
      expect(await resets.signOut(id, robin)).toEqual({ kind: 'not-now', why: 'over' });
    });
    await withDelivered({ signOut, policy: { showPasswordForMinutes: 120 } }, async (world, { resets }, id) => {
      await world.pass(30 * minute);
      expect(await resets.signOut(id, robin)).toEqual({ kind: 'not-now', why: 'over' });
    });
    expect(asked).toEqual([]);
  });

  it('is refused while resets are frozen, and says by whom', async () => {
    const { asked, signOut } = playSignOut();
    await withDelivered({ signOut }, async (world, { resets }, id) => {
      await resets.freeze(sam, undefined);
      expect(await resets.signOut(id, robin)).toMatchObject({
        kind: 'frozen',
        refusal: { kind: 'frozen', by: sam.name },
      });
      expect(asked).toEqual([]);
      const refusals = (await world.readTrail()).filter(({ kind }) => kind === 'click-refused');
      expect(refusals.map(({ facts }) => facts['reason'])).toEqual(['frozen']);
    });
  });

  it('is refused by the policy, without Graph, and to somebody whose right has ended', async () => {
    const { asked, signOut } = playSignOut();
    await withDelivered({ signOut }, async (world, { resets }, id) => {
      world.change({ followUps: { signOut: 'off', accessPass: 'off' } });
      expect(await resets.signOut(id, robin)).toEqual({ kind: 'not-now', why: 'off' });
      world.change({ followUps: { signOut: 'allow', accessPass: 'off' }, technicians: [] });
      expect(await resets.signOut(id, robin)).toEqual({ kind: 'not-now', why: 'not-a-technician' });
    });
    await withDelivered({}, async (_world, { resets }, id) => {
      expect(await resets.signOut(id, robin)).toEqual({ kind: 'not-now', why: 'no-consent' });
    });
    expect(asked).toEqual([]);
  });

  it.each<SignOutOutcome>([
    refused,
    { kind: 'refused', trouble: { code: 'throttled', httpStatus: 429 } },
    { kind: 'refused', trouble: { code: 'not-connected', httpStatus: undefined } },
    { kind: 'not-asked' },
  ])('that was certainly not done is done by another press: %j', async (answer) => {
    const { asked, signOut } = playSignOut(answer);
    await withDelivered({ signOut }, async (world, { resets }, id) => {
      await resets.signOut(id, robin);
      // A press that is delivered twice is one press.
      await resets.signOut(id, robin);
      expect(asked).toHaveLength(1);
      expect((await world.stands(id)).signOut).toMatchObject({ outcome: answer.kind });
      await world.pass(6000);
      expect(await resets.signOut(id, robin)).toMatchObject({ outcome: { outcome: 'done' } });
      expect(asked).toHaveLength(2);
    });
  });

  const lost: SignOutOutcome = { kind: 'unknown', trouble: { code: 'unknown-result', httpStatus: undefined } };
  it.each<[when: string, before: number | undefined, after: number | undefined, outcome: string, asked: number]>([
    ['it was done', -60_000, 0, 'done', 1],
    ['it was not done', -60_000, -60_000, 'unknown', 2],
    ['the reset alone may have moved it', -1000, -1000, 'unknown', 1],
    ['nothing could be read before', undefined, 0, 'unknown', 1],
    ['nothing can be read now', -60_000, undefined, 'unknown', 1],
  ])(
    'whose answer was lost is looked up by another press, and sent again only where it was surely not done: %s',
    async (_when, before, after, outcome, count) => {
      const { asked, signOut } = playSignOut(lost, lost);
      const tells = [before, after];
      let pressedAt = 0;
      const sessionsValidFrom: FollowUps['sessionsValidFrom'] = () => {
        const told = tells.length > 1 ? tells.shift() : tells[0];
        return Promise.resolve(told === undefined ? undefined : pressedAt + told);
      };
      await withDelivered({ signOut, sessionsValidFrom }, async (world, { resets }, id) => {
        pressedAt = world.clock.now();
        await resets.signOut(id, robin);
        await world.pass(6000);
        expect(await resets.signOut(id, robin)).toMatchObject({ outcome: { outcome } });
        expect(asked).toHaveLength(count);
      });
    },
  );

  it('is told on the direct message, which keeps the password', async () => {
    const { signOut } = playSignOut();
    await withDelivered({ signOut }, async (world, { resets }, id) => {
      await resets.signOut(id, robin);
      expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0] }]);
      expect(await kindsOf(world)).toContain('follow-up-shown');
      await resets.acknowledge(id, robin);
      expect(world.chats.shown()).toEqual([{ state: 'hidden', password: undefined }]);
    });
  });

  it('is told on the direct message without the password with reveal', async () => {
    const { signOut } = playSignOut();
    await withDelivered({ signOut, delivery: 'reveal' }, async (world, { resets }, id) => {
      await resets.reveal(id, robin);
      await resets.signOut(id, robin);
      expect(await kindsOf(world)).toContain('follow-up-shown');
      expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    });
  });

  it('keeps what came of it where the password was hidden meanwhile', async () => {
    let answer: (outcome: SignOutOutcome) => void = () => undefined;
    const { signOut } = playSignOut(new Promise((resolve) => (answer = resolve)));
    await withDelivered({ signOut }, async (world, { resets }, id) => {
      const signing = resets.signOut(id, robin);
      await world.settle();
      await resets.acknowledge(id, robin);
      answer({ kind: 'done' });
      await signing;
      expect(await world.stands(id)).toMatchObject({ state: 'hidden', signOut: { outcome: 'done' } });
    });
  });

  it('is not sent again where the process died in between', async () => {
    const { asked, signOut } = playSignOut(new Promise(() => undefined));
    await withDelivered({ signOut }, async (world, first, id) => {
      void first.resets.signOut(id, robin);
      await world.settle();
      first.power.cut();
      const second = world.boot('second');
      expect(await second.resets.signOut(id, robin)).toMatchObject({ outcome: { outcome: 'pending' } });
      await world.pass(50_000);
      expect(await second.resets.signOut(id, robin)).toMatchObject({ outcome: { outcome: 'unknown' } });
      expect(asked).toHaveLength(1);
    });
  });
});

describe('who may sign out, and when', () => {
  it('is what the policy, the time, the freeze and the right say, in every combination', async () => {
    const cases = record({
      policy: constantFrom('allow' as const, 'off' as const),
      by: constantFrom(robin, sam),
      isFrozen: constantFrom(true, false),
      hasRight: constantFrom(true, false),
      isPassedOn: constantFrom(true, false),
      isGraphOn: constantFrom(true, false),
    });
    await assert(
      asyncProperty(cases, async ({ policy, by, isFrozen, hasRight, isPassedOn, isGraphOn }) => {
        const { asked, signOut } = playSignOut();
        await withDelivered({ ...(isGraphOn && { signOut }) }, async (world, { resets }, id) => {
          if (isFrozen) await resets.freeze(sam, undefined);
          if (isPassedOn) await resets.acknowledge(id, robin);
          world.change({ followUps: { signOut: policy, accessPass: 'off' }, ...(!hasRight && { technicians: [] }) });
          await resets.signOut(id, by);
          const may = policy === 'allow' && by === robin && !isFrozen && hasRight && !isPassedOn && isGraphOn;
          expect(asked.length).toBe(may ? 1 : 0);
        });
      }),
      { numRuns: 40, seed: 20_261_201, examples: [] },
    );
  }, 60_000);
});
