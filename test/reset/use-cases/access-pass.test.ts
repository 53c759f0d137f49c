import { describe, expect, it } from '@jest/globals';
import { assert, asyncProperty, constantFrom, record } from 'fast-check';
import { Secret } from '../../../src/base/secret.ts';
import type { AccessPassOutcome, MakeAccessPass } from '../../../src/reset/ports/graph-actions.ts';
import {
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  said,
  sam,
  target,
} from '../../support/reset-world.ts';

const allowed = { signOut: 'allow', accessPass: 'allow' } as const;
const off = { signOut: 'allow', accessPass: 'off' } as const;
const pass = 'CANARY-PASS-1';
const refused = (code: string): AccessPassOutcome => ({ kind: 'refused', trouble: { code, httpStatus: undefined } });
const made = (): AccessPassOutcome => ({ kind: 'made', pass: new Secret(pass), lifetimeInMinutes: 60 });
const administrator = { id: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' };
const seconds = 1000;

/** A port that answers in turn, and keeps what it was asked for. */
function playPass(...answers: readonly (AccessPassOutcome | Promise<AccessPassOutcome>)[]) {
  const asked: Parameters<MakeAccessPass>[0][] = [];
  const accessPass: MakeAccessPass = async (operation) => {
    asked.push(operation);
    return (await answers[asked.length - 1]) ?? made();
  };
  return { asked, accessPass };
}

type Given = Parameters<typeof createResetWorld>[0];
type Id = Awaited<ReturnType<ResetWorld['ask']>>['id'];

/** A world in which one reset was delivered, and the policy lets passes be made. */
async function withDelivered(
  given: Given,
  test: (world: ResetWorld, process: Process, id: Id) => Promise<void>,
): Promise<void> {
  const world = await createResetWorld({ ...given, policy: { followUps: allowed, ...given?.policy } });
  try {
    const process = world.boot('first');
    process.resets.start();
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done;
    await test(world, process, id);
    await world.settle();
    expect(await world.readEverySink()).not.toContain('CANARY');
    expect(world.chats.broken).toEqual([]);
  } finally {
    await world.close();
  }
}

const kindsOf = async (world: ResetWorld) =>
  (await world.readTrail()).map(({ kind }) => kind).filter((kind) => kind.startsWith('access-pass'));

describe('a Temporary Access Pass', () => {
  it('is made once, put into the direct message beside the password, and stands in the trail without the pass', async () => {
    const { asked, accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      const got = await resets.getAccessPass(id, robin);
      expect(got).toMatchObject({ kind: 'pressed', outcome: { outcome: 'made', lifetimeInMinutes: 60 } });
      expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0], pass }]);
      await Promise.all([1, 2, 3].map(() => resets.getAccessPass(id, robin)));
      await world.pass(20 * seconds);
      await resets.getAccessPass(id, robin);
      expect(asked).toMatchObject([{ replaces: false, user: target.user.id }]);
      expect(await kindsOf(world)).toEqual(['access-pass-begun', 'access-pass-ended', 'access-pass-put']);
    });
  });

  it.each(['refused', 'try-again'] as const)(
    'is put again after a pause where the chat says %s once, and no record is made meanwhile',
    async (fault) => {
      const { accessPass } = playPass();
      await withDelivered({ accessPass }, async (world, { resets }, id) => {
        world.chats.nextPuts(fault);
        await resets.getAccessPass(id, robin);
        expect(await kindsOf(world)).toHaveLength(3);
        await world.pass(60 * seconds);
        expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0], pass }]);
        expect(await kindsOf(world)).toHaveLength(4);
      });
    },
  );

  it('is made once however many press at once', async () => {
    const { asked, accessPass } = playPass();
    await withDelivered({ accessPass }, async (_world, { resets }, id) => {
      await Promise.all([1, 2, 3, 4].map(() => resets.getAccessPass(id, robin)));
      expect(asked).toHaveLength(1);
    });
  });

  it('is hidden with the password, and its sealed copy is erased', async () => {
    const { accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      await resets.getAccessPass(id, robin);
      expect((await world.stands(id)).accessPass?.sealed).toBeDefined();
      await resets.acknowledge(id, robin);
      expect(world.chats.shown()).toEqual([{ state: 'hidden', password: undefined }]);
      expect((await world.stands(id)).accessPass).toMatchObject({ outcome: 'made', sealed: undefined });
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ kind: 'pressed', outcome: { outcome: 'made' } });
    });
  });

  it('goes with reveal to the client that pressed alone, and only once the password is shown', async () => {
    const { asked, accessPass } = playPass();
    await withDelivered({ accessPass, delivery: 'reveal' }, async (world, { resets }, id) => {
      expect(await resets.getAccessPass(id, robin)).toEqual({ kind: 'not-now', why: 'over' });
      await resets.reveal(id, robin);
      const got = await resets.getAccessPass(id, robin);
      expect(got.kind === 'shown' && got.pass.reveal((text) => text)).toBe(pass);
      // A second press asks for no right, so it shows nothing.
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ kind: 'pressed', outcome: { outcome: 'made' } });
      const again = await resets.reveal(id, robin);
      expect(again.kind === 'revealed' && again.accessPass?.reveal((text) => text)).toBe(pass);
      expect(asked).toHaveLength(1);
      expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    });
  });

  it.each<[string, AccessPassOutcome, object]>([
    [
      'cannot be used',
      { kind: 'unusable', reason: 'DisabledByPolicy' },
      { outcome: 'unusable', code: 'DisabledByPolicy' },
    ],
  ])('that %s is told, not shown, and not asked for again', async (_which, answer, outcome) => {
    const { asked, accessPass } = playPass(answer);
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ kind: 'pressed', outcome });
      await world.pass(60 * seconds);
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ kind: 'pressed', outcome });
      expect(asked).toHaveLength(1);
      expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0] }]);
    });
  });

  it.each<[string, AccessPassOutcome]>([
    ['is refused', refused('forbidden')],
    ['is asked for too often', refused('throttled')],
    ['cannot be asked for', refused('not-connected')],
    ['is at a customer without consent', { kind: 'not-asked' }],
  ])('that %s was certainly not made, so another press asks again', async (_which, answer) => {
    const { asked, accessPass } = playPass(answer);
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ outcome: { outcome: answer.kind } });
      // A press that is delivered twice is one press.
      await resets.getAccessPass(id, robin);
      expect(asked).toHaveLength(1);
      await world.pass(6 * seconds);
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ outcome: { outcome: 'made' } });
      expect(asked.map(({ replaces }) => replaces)).toEqual([false, false]);
    });
  });

  it('that is there already is told, and replaced by another press alone', async () => {
    const { asked, accessPass } = playPass({ kind: 'exists' });
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ outcome: { outcome: 'exists' } });
      await resets.getAccessPass(id, robin);
      expect(asked).toHaveLength(1);
      await world.pass(6 * seconds);
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ outcome: { outcome: 'made' } });
      expect(asked.map(({ replaces }) => replaces)).toEqual([false, true]);
    });
  });

  it.each<[string, AccessPassOutcome]>([
    ['exists', { kind: 'exists' }],
    ['is unclear', { kind: 'unknown', trouble: { code: 'unknown-result', httpStatus: undefined } }],
  ])(
    'that %s, which came too late to be told, is told by the next press before anything is replaced',
    async (_which, answer) => {
      const late = Promise.withResolvers<AccessPassOutcome>();
      const { asked, accessPass } = playPass(late.promise);
      await withDelivered({ accessPass }, async (world, { resets }, id) => {
        const first = resets.getAccessPass(id, robin, world.clock.now() + 2500);
        await world.pass(4 * seconds);
        late.resolve(answer);
        await first;
        await world.pass(60 * seconds);
        const second = await resets.getAccessPass(id, robin, world.clock.now() + 2500);
        expect(second).toMatchObject({ kind: 'pressed', outcome: { outcome: answer.kind } });
        expect(asked).toHaveLength(1);
        await world.pass(6 * seconds);
        await resets.getAccessPass(id, robin, world.clock.now() + 2500);
        // What is unclear is looked up, and not replaced unseen.
        expect(asked.map(({ replaces }) => replaces)).toEqual([false, answer.kind === 'exists']);
      });
    },
  );

  it('that may have been made is looked up by another press, and what is there is told before it is replaced', async () => {
    const unknown = { kind: 'unknown', trouble: { code: 'unknown-result', httpStatus: undefined } } as const;
    const { asked, accessPass } = playPass(unknown, { kind: 'exists' });
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      const outcomes: unknown[] = [];
      for (let press = 1; press <= 3; press += 1) {
        const got = await resets.getAccessPass(id, robin);
        outcomes.push(got.kind === 'pressed' && got.outcome.outcome);
        await world.pass(6 * seconds);
      }
      expect(outcomes).toEqual(['unknown', 'exists', 'made']);
      expect(asked.map(({ replaces }) => replaces)).toEqual([false, false, true]);
    });
  });

  it('is asked for three times at most while it stays unclear what came of it', async () => {
    const unknown = { kind: 'unknown', trouble: { code: 'unknown-result', httpStatus: undefined } } as const;
    const { asked, accessPass } = playPass(...Array.from({ length: 10 }, () => unknown));
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      let last: unknown;
      for (let press = 1; press <= 10; press += 1) {
        last = await resets.getAccessPass(id, robin);
        await world.pass(6 * seconds);
      }
      expect(asked).toHaveLength(3);
      expect(last).toEqual({ kind: 'not-now', why: 'too-many' });
    });
  });

  it.each([
    ['the right has ended', { technicians: [] }],
    ['the policy allows none', { followUps: off }],
  ] as const)('is not put where %s since it was made, and its sealed copy is erased', async (_why, change) => {
    const { accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      world.chats.nextPuts('try-again');
      await resets.getAccessPass(id, robin);
      world.change(change);
      await world.pass(60 * seconds);
      expect(JSON.stringify(world.chats.shown())).not.toContain(pass);
      expect((await world.stands(id)).accessPass).toMatchObject({ outcome: 'unseen', sealed: undefined });
    });
  });

  it('is not put while resets are frozen', async () => {
    const { accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      world.chats.nextPuts('try-again');
      await resets.getAccessPass(id, robin);
      await resets.freeze(sam, undefined);
      await world.pass(60 * seconds);
      expect(JSON.stringify(world.chats.shown())).not.toContain(pass);
    });
  });

  it('with reveal, that came too late gives the message its button again', async () => {
    const late = Promise.withResolvers<AccessPassOutcome>();
    const { accessPass } = playPass(late.promise);
    await withDelivered({ accessPass, delivery: 'reveal' }, async (world, { resets }, id) => {
      await resets.reveal(id, robin);
      const getting = resets.getAccessPass(id, robin, world.clock.now() + 2500);
      await world.pass(4 * seconds);
      const puts = world.journal.filter((one) => one === 'put message').length;
      late.resolve(made());
      expect(await getting).toMatchObject({ kind: 'pressed', outcome: { outcome: 'made' } });
      expect(world.journal.filter((one) => one === 'put message').length).toBe(puts + 1);
      expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
      const again = await resets.reveal(id, robin);
      expect(again.kind === 'revealed' && again.accessPass?.reveal((text) => text)).toBe(pass);
    });
  });

  it('whose maker died is told as unclear, and replaced by another press alone', async () => {
    const { asked, accessPass } = playPass(new Promise(() => undefined));
    await withDelivered({ accessPass }, async (world, first, id) => {
      void first.resets.getAccessPass(id, robin);
      await world.settle();
      first.power.cut();
      const { resets } = world.boot('second');
      resets.start();
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ outcome: { outcome: 'pending' } });
      await world.pass(50 * seconds);
      expect(await resets.getAccessPass(id, robin)).toMatchObject({
        outcome: { outcome: 'unknown', code: 'no-answer' },
      });
      expect(asked).toHaveLength(1);
      await world.pass(6 * seconds);
      expect(await resets.getAccessPass(id, robin)).toMatchObject({ outcome: { outcome: 'made' } });
      expect(asked).toHaveLength(2);
    });
  });

  it.each(['access-pass-ended', 'access-pass-put'] as const)(
    'that is sealed is put by another instance where the first one dies after %s',
    async (kind) => {
      const { asked, accessPass } = playPass();
      await withDelivered({ accessPass }, async (world, first, id) => {
        first.power.onStep(kind, () => {
          first.power.cut();
        });
        void first.resets.getAccessPass(id, robin).catch(() => undefined);
        await world.settle();
        world.boot('second').resets.start();
        // The first one may hold the lease.
        await world.pass(50 * seconds);
        expect(asked).toHaveLength(1);
        expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0], pass }]);
      });
    },
  );

  it('that comes after the password was hidden is shown to nobody, and not kept', async () => {
    let answer: (outcome: AccessPassOutcome) => void = () => undefined;
    const { accessPass } = playPass(new Promise((resolve) => (answer = resolve)));
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      const getting = resets.getAccessPass(id, robin);
      await world.settle();
      await resets.acknowledge(id, robin);
      answer(made());
      expect(await getting).toMatchObject({ kind: 'pressed', outcome: { outcome: 'unseen', sealed: undefined } });
      expect(world.chats.shown()).toEqual([{ state: 'hidden', password: undefined }]);
    });
  });

  it('is put again where the chat does not take it, until the password is hidden', async () => {
    const { accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      world.chats.nextPuts('try-again', 'try-again');
      await resets.getAccessPass(id, robin);
      expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0] }]);
      await world.pass(120 * seconds);
      expect(world.chats.shown()).toEqual([{ state: 'delivered', password: world.made[0], pass }]);
      await world.pass(15 * 60 * seconds);
      expect(world.chats.shown()).toEqual([{ state: 'hidden', password: undefined }]);
    });
  });

  it('is not put where others read the chat, and the password is hidden then', async () => {
    const { accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      world.chats.nextReaders('others');
      await resets.getAccessPass(id, robin);
      await world.pass(5 * seconds);
      expect(world.chats.shown()).toEqual([{ state: 'hidden', password: undefined }]);
    });
  });

  it('is held against the limits as another reset would be', async () => {
    const { asked, accessPass } = playPass();
    const limits = { perTechnicianPerHour: 10, perCustomerPerHour: 10, perUserPerDay: 1, overallPerHour: 10 };
    await withDelivered({ accessPass, policy: { limits } }, async (world, { resets }, id) => {
      expect(await resets.getAccessPass(id, robin)).toMatchObject({
        kind: 'stopped',
        refusal: { kind: 'over-limit', limit: 'user', most: 1 },
      });
      expect(asked).toEqual([]);
      const refused = (await world.readTrail()).filter(({ kind }) => kind === 'click-refused');
      expect(refused.map(({ facts }) => facts['reason'])).toEqual(['access-pass-over-limit']);
    });
  });

  it('needs a second person for an administrator, as the reset did', async () => {
    const { asked, accessPass } = playPass();
    await withDelivered({ accessPass }, async (world, { resets }, id) => {
      world.partner.change({ roles: [administrator] });
      expect(await resets.getAccessPass(id, robin)).toMatchObject({
        kind: 'stopped',
        refusal: { kind: 'approval-needed' },
      });
      expect(asked).toEqual([]);
    });
  });
});

describe('who may get a pass, and when', () => {
  it('is what the policy, the time, the freeze, the right, the roles and the approval say, in every combination', async () => {
    const cases = record({
      policy: constantFrom(allowed, off),
      by: constantFrom(robin, sam),
      isFrozen: constantFrom(true, false),
      hasRight: constantFrom(true, false),
      isPassedOn: constantFrom(true, false),
      isGraphOn: constantFrom(true, false),
      wantsApproval: constantFrom(true, false),
    });
    let made = 0;
    await assert(
      asyncProperty(cases, async ({ policy, by, isFrozen, hasRight, isPassedOn, isGraphOn, wantsApproval }) => {
        const { asked, accessPass } = playPass();
        await withDelivered({ ...(isGraphOn && { accessPass }) }, async (world, { resets }, id) => {
          if (isFrozen) await resets.freeze(sam, undefined);
          if (isPassedOn) await resets.acknowledge(id, robin);
          world.change({
            followUps: policy,
            ...(!hasRight && { technicians: [] }),
            ...(wantsApproval && { approval: 'always' as const }),
          });
          await resets.getAccessPass(id, by);
          const may =
            policy === allowed && by === robin && !isFrozen && hasRight && !isPassedOn && isGraphOn && !wantsApproval;
          expect(asked.length).toBe(may ? 1 : 0);
          if (may) made += 1;
        });
      }),
      {
        numRuns: 40,
        seed: 20_261_201,
        examples: [
          [
            {
              policy: allowed,
              by: robin,
              isFrozen: false,
              hasRight: true,
              isPassedOn: false,
              isGraphOn: true,
              wantsApproval: false,
            },
          ],
        ],
      },
    );
    expect(made).toBeGreaterThan(0);
  }, 60_000);
});
