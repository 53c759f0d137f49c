import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Directory } from '../../../src/reset/ports/partner-center.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { makeStep } from '../../../src/reset/step.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { trouble, type TryFault } from '../../support/pretend-partner.ts';
import { type Process, type ResetWorld, robin, said, sam, target } from '../../support/reset-world.ts';
import { closeUnbroken, startResetWorld } from '../../support/started-world.ts';

const second = 1000;
const minute = 60 * second;

describe('carrying a reset out', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(async () => {
    expect(new Set(world.partner.tries.map((one) => one.password)).size).toBeLessThanOrEqual(1);
    expect(new Set(world.partner.tries.map((one) => one.operationId)).size).toBeLessThanOrEqual(1);
    await closeUnbroken(world);
  });

  const begin = async (meanwhile: () => void = () => undefined) => {
    const { id } = await world.ask(process);
    meanwhile();
    await process.resets.confirm(id, robin, said);
    await world.settle();
    return id;
  };

  const changes: [string, Partial<CustomerUser>, string][] = [
    ['was renamed', { userPrincipalName: 'ann.other@contosobikes.example' }, 'target-changed'],
    ['shows another name', { displayName: 'Ann Other' }, 'target-changed'],
    ['was deleted', { state: 'deleted' }, 'deleted'],
    ['was deleted, with another address', { state: 'deleted', userPrincipalName: '0aann@x.example' }, 'deleted'],
    [
      'was made an administrator',
      { roles: [{ id: '62e90394-69f5-4237-9190-012177145e10', name: 'Company' }] },
      'approval-needed',
    ],
    ['got a role that nobody knows', { roles: [{ id: 'new', name: 'New' }] }, 'approval-needed'],
    ['has roles that cannot be read', { roles: 'unknown' }, 'approval-needed'],
    ['signs in elsewhere now', { domainType: 'federated' }, 'federated'],
    ['is synchronised now', { synchronised: true }, 'synchronised'],
  ];
  const answers: [string, Awaited<ReturnType<Directory['lookUp']>>, string][] = [
    ['is gone', { kind: 'gone' }, 'target-changed'],
    ['is gone and stands among the deleted', { kind: 'gone', deleted: { ...target.user, deletedAt: 5 } }, 'deleted'],
    ['cannot be looked up', { kind: 'trouble', trouble: trouble('unreachable') }, 'partner-center'],
  ];

  it('says at the press when the account was deleted, where that is known', async () => {
    const id = await begin(() => {
      world.partner.answerLookUp({ kind: 'gone', deleted: { ...target.user, deletedAt: 5 } });
    });
    expect((await world.stands(id)).refusal).toStrictEqual({ kind: 'deleted', at: 5 });
  });

  describe('refuses and sends nothing when between card and press the user', () => {
    it.each(changes)('%s', async (_what, change, refusal) => {
      const id = await begin(() => {
        world.partner.change(change);
      });
      // Before anything is begun it is asked who may approve it, and here there is no one.
      await expectNothingSent(id, refusal === 'approval-needed' ? 'approval-not-possible' : refusal);
      // The placeholder that was posted meanwhile is taken back.
      const [taken, ...others] = world.chats.shown();
      expect(others).toEqual([]);
      expect(taken?.state).toBe(refusal === 'approval-needed' ? 'expired' : 'refused');
    });

    it.each(answers)('%s', async (_what, answer, refusal) => {
      const id = await begin(() => {
        world.partner.answerLookUp(answer);
      });
      await expectNothingSent(id, refusal);
    });
  });

  describe('refuses and sends nothing when between press and PATCH, which took five seconds, the user', () => {
    it.each(changes)('%s', async (_what, change, refusal) => {
      process.power.onStep('message-opened', () => {
        world.partner.change(change);
        world.clock.advance(5 * second);
      });
      await expectNothingSent(await begin(), refusal);
      expect(world.chats.shown()).toStrictEqual([{ state: 'refused', password: undefined }]);
    });

    it.each(answers)('%s', async (_what, answer, refusal) => {
      process.power.onStep('message-opened', () => {
        world.partner.answerLookUp(answer);
        world.clock.advance(5 * second);
      });
      await expectNothingSent(await begin(), refusal);
    });
  });

  it('looks the user up once before the PATCH and makes no password where that ends the request', async () => {
    const asked = world.partner.lookUps;
    process.power.onStep('message-opened', () => {
      world.partner.answerLookUp({ kind: 'gone' });
      world.clock.advance(5 * second);
    });
    await begin();
    // One was for the card, and one for the press.
    expect(world.partner.lookUps - asked - 2).toBe(1);
    expect(world.made).toEqual([]);
    expect(world.journal).not.toContain('sealed');
  });

  describe('reads the user at the press, and', () => {
    it.each([
      ['counts that for the PATCH while it is younger than five seconds', 4999, 1],
      ['reads again before the PATCH once it is five seconds old', 5000, 2],
    ])('%s', async (_what, milliseconds, readings) => {
      const asked = world.partner.lookUps;
      process.power.onStep('message-opened', () => {
        world.clock.advance(milliseconds);
      });
      const id = await begin();
      expect((await world.stands(id)).state).toBe('delivered');
      // One of them was for the card.
      expect(world.partner.lookUps - asked - 1).toBe(readings);
    });

    it('reads again before the PATCH if the clock was set back', async () => {
      const asked = world.partner.lookUps;
      process.power.onStep('message-opened', () => {
        world.clock.advance(-1);
      });
      await begin();
      expect(world.partner.lookUps - asked - 1).toBe(2);
    });

    it('reads again in another process, however short the stop was', async () => {
      process.power.onStep('message-opened', () => {
        process.power.cut();
      });
      const id = await begin();
      const asked = world.partner.lookUps;
      world.partner.change({ displayName: 'Ann Other' });
      world.boot('second').resets.start();
      await world.pass(60 * second);
      expect(world.partner.lookUps - asked).toBe(1);
      await expectNothingSent(id, 'target-changed');
    });
  });

  it('refuses when the technician lost their right between card and press, and between press and PATCH', async () => {
    const nobody = { technicians: [] };
    await expectNothingSent(
      await begin(() => {
        world.change(nobody);
      }),
      'not-a-technician',
    );
    world.change({ technicians: [{ kind: 'everyone' }] });
    process.power.onStep('message-opened', () => {
      world.change(nobody);
    });
    await expectNothingSent(await begin(), 'not-a-technician');
  });

  describe('posts the placeholder', () => {
    const placeholdersBeforeFacts = async (policy: Partial<Policy> = {}): Promise<boolean> => {
      const asked = Promise.withResolvers<void>();
      const { id } = await world.ask(process);
      world.change(policy);
      world.partner.holdLookUps(asked.promise);
      const confirmed = process.resets.confirm(id, robin, said);
      await world.settle();
      const isThere = world.journal.includes('placeholder');
      asked.resolve();
      await confirmed;
      await world.settle();
      return isThere;
    };

    it('while the user is read, where the card leads to a reset', async () => {
      await expect(placeholdersBeforeFacts()).resolves.toBe(true);
      expect(world.journal.filter((line) => line === 'placeholder')).toHaveLength(1);
    });

    it('for nobody whom the policy does not permit, and not where a second person is asked first', async () => {
      await expect(placeholdersBeforeFacts({ approval: 'always' })).resolves.toBe(false);
      world.change({ approval: 'never' });
      const { id } = await world.ask(process);
      world.change({ technicians: [] });
      await process.resets.confirm(id, robin, said);
      await world.settle();
      expect(world.journal).not.toContain('placeholder');
    });

    it('only after the user was read, where another process went on with the request', async () => {
      process.power.onStep('confirmed', () => {
        process.power.cut();
      });
      const { id } = await world.ask(process);
      void process.resets.confirm(id, robin, said);
      await world.settle();
      world.partner.change({ displayName: 'Ann Other' });
      world.boot('second').resets.start();
      await world.pass(60 * second);
      expect(world.journal).not.toContain('placeholder');
    });

    it('and takes it back where reading the user failed by a defect', async () => {
      const { id } = await world.ask(process);
      world.partner.answerLookUp('throws');
      const confirmed = await process.resets.confirm(id, robin, said);
      if (confirmed.kind !== 'begun') throw new Error(confirmed.kind);
      await expect(confirmed.done).rejects.toThrow('a defect');
      expect(world.chats.shown().map((shown) => shown?.state)).toEqual(['expired']);
    });

    it('and takes it back where the request was taken over meanwhile', async () => {
      const { id } = await world.ask(process);
      process.power.overtake('approved', async () => {
        const now = await world.stands(id);
        const entry = { at: world.clock.now(), kind: 'taken-over', actor: 'locksmith' } as const;
        await world.resets.swap(now, makeStep(now, { lease: { owner: 'other', until: now.dueAt ?? 0 } }, entry));
      });
      await process.resets.confirm(id, robin, said);
      await world.settle();
      expect(world.chats.shown().map((shown) => shown?.state)).toEqual(['expired']);
    });

    it('and takes it back where everything was frozen meanwhile', async () => {
      const { id } = await world.ask(process);
      process.power.overtake('approved', async () => {
        await process.resets.freeze(sam, undefined);
      });
      await process.resets.confirm(id, robin, said);
      await world.pass(2 * second);
      expect((await world.stands(id)).state).toBe('refused');
      expect(world.chats.shown().every((shown) => shown?.state === 'refused' || shown?.state === 'expired')).toBe(true);
    });
  });

  it('commits five times from the press to the password, each before what happens outside next', async () => {
    const { id } = await world.ask(process);
    const before = world.commits.length;
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect(world.commits.slice(before)).toEqual([
      ['confirmed'],
      ['approved', 'message-opened'],
      ['sealed', 'try-started'],
      ['try-ended', 'delivery-begun'],
      ['delivered'],
      ['card-answered'],
    ]);
    const trail = (await world.readTrail()).filter(({ requestId }) => requestId === id);
    expect(trail.map(({ kind }) => kind)).toEqual(['proposed', 'card-posted', ...world.commits.slice(before).flat()]);
  });

  it('looks again before a try that had to wait', async () => {
    world.partner.next({ retryAfterMilliseconds: 30 * second });
    const id = await begin();
    world.partner.change({ displayName: 'Ann Other' });
    await world.pass(35 * second);
    expect(world.partner.tries).toHaveLength(1);
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'target-changed' } });
  });

  it.each(['not-installed', 'blocked', 'unreachable'] as const)(
    'makes no password and sends nothing when the direct message is %s',
    async (why) => {
      world.chats.nextOpenings(why);
      const id = await begin();
      await expectNothingSent(id, 'no-direct-message');
      expect(world.made).toHaveLength(0);
    },
  );

  describe('when Partner Center', () => {
    it('refuses, ends with nothing changed and nothing kept', async () => {
      world.partner.next('refused');
      const id = await begin();
      expect(await world.stands(id)).toMatchObject({
        state: 'refused',
        refusal: { kind: 'partner-center', trouble: { code: 'bad-input' } },
        sealedPassword: undefined,
      });
      expect(world.chats.delivered).toHaveLength(0);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'refused' }]);
    });

    it.each(['applied-unanswered', 'lost'] as const)(
      'gives no answer (%s), is asked again with the same password and operation id',
      async (fault) => {
        world.partner.next(fault);
        const id = await begin();
        expect(world.chats.delivered).toHaveLength(0);
        await world.pass(3 * second);
        expect(world.partner.tries).toHaveLength(2);
        expect((await world.stands(id)).tries.map((one) => one.outcome)).toStrictEqual(['unknown', 'applied']);
        expect(world.chats.delivered).toStrictEqual([world.partner.passwordInForce]);
        expect((await world.stands(id)).attention).toBeUndefined();
      },
    );

    it('refuses after no answer, delivers the password marked as unclear', async () => {
      world.partner.next('applied-unanswered', 'refused');
      const id = await begin();
      await world.pass(3 * second);
      expect(await world.stands(id)).toMatchObject({
        state: 'delivered',
        refusal: undefined,
        attention: { kind: 'unclear', trouble: { code: 'bad-input' } },
      });
      expect(world.chats.delivered).toStrictEqual([world.partner.passwordInForce]);
      await world.pass(16 * minute);
      expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined });
    });

    it('never answers, is asked eight times further and further apart, and then a person has to look', async () => {
      world.partner.next(...Array<TryFault>(20).fill('lost'));
      const id = await begin();
      await world.pass(12 * minute);
      const at = world.partner.tries.map((one) => one.at);
      const apart = at.slice(1).map((one, index) => one - (at[index] ?? 0));
      expect(world.partner.tries).toHaveLength(8);
      expect(apart[0]).toBeGreaterThanOrEqual(second);
      expect(apart.at(-1)).toBeGreaterThanOrEqual(60 * second);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    });

    it('points elsewhere, is not asked again, and a person has to look', async () => {
      world.partner.next('redirected');
      const id = await begin();
      await world.pass(12 * minute);
      expect(world.partner.tries).toHaveLength(1);
      expect(await world.stands(id)).toMatchObject({
        state: expect.stringMatching(/^(?:delivered|hidden)$/),
        refusal: undefined,
        attention: { kind: 'unclear', trouble: { code: 'unknown-result', httpStatus: 302 } },
        tries: [{ outcome: 'unknown', httpStatus: 302 }],
      });
      expect(world.chats.delivered).toStrictEqual([world.partner.tries[0]?.password]);
    });

    it('points elsewhere after no answer, is not asked a third time', async () => {
      world.partner.next('applied-unanswered', 'redirected');
      const id = await begin();
      await world.pass(12 * minute);
      expect(world.partner.tries).toHaveLength(2);
      expect(await world.stands(id)).toMatchObject({ refusal: undefined, attention: { kind: 'unclear' } });
      expect(world.chats.delivered).toStrictEqual([world.partner.passwordInForce]);
    });

    it('says to wait, is asked no sooner', async () => {
      world.partner.next({ retryAfterMilliseconds: 40 * second }, { retryAfterMilliseconds: 0 });
      const id = await begin();
      await world.pass(39 * second);
      expect(world.partner.tries).toHaveLength(1);
      await world.pass(5 * second);
      const [first = 0, next = 0, last = 0] = world.partner.tries.map((one) => one.at);
      expect(next - first).toBeGreaterThanOrEqual(40 * second);
      expect(last - next).toBeGreaterThanOrEqual(second);
      expect((await world.stands(id)).state).toBe('delivered');
    });

    it('says to wait longer than anybody would, ends with nothing changed', async () => {
      world.partner.next({ retryAfterMilliseconds: 60 * minute });
      const id = await begin();
      expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'partner-center' } });
    });

    it('never takes a try, ends with nothing changed and nothing kept', async () => {
      world.partner.next(...Array<TryFault>(20).fill('throttled'));
      const id = await begin();
      await world.pass(12 * minute);
      expect(world.partner.tries).toHaveLength(8);
      expect(await world.stands(id)).toMatchObject({
        state: 'refused',
        attention: undefined,
        sealedPassword: undefined,
      });
    });

    it('throttles after no answer until the tries are used up, leaves it to a person', async () => {
      world.partner.next('lost', ...Array<TryFault>(20).fill('throttled'));
      const id = await begin();
      await world.pass(12 * minute);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    });

    it('is asked for the eighth time by a process that dies, is not asked a ninth time', async () => {
      const lost = Array<TryFault>(7).fill('lost');
      world.partner.next(...lost, { until: new Promise(() => undefined) });
      const id = await begin();
      while (world.partner.tries.length < 8) await world.pass(second);
      process.power.cut();
      world.boot('second').resets.start();
      await world.pass(50 * second);
      expect(world.partner.tries).toHaveLength(8);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    });

    it('gave no answer before a long downtime, is not asked again: the user may have a password of their own by now', async () => {
      world.partner.next({ until: new Promise(() => undefined) });
      const id = await begin();
      while (world.partner.tries.length < 1) await world.pass(second);
      process.power.cut();
      world.clock.advance(3 * 60 * minute);
      world.boot('second').resets.start();
      await world.pass(50 * second);
      expect(world.partner.tries).toHaveLength(1);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    });

    it('stays silent, is waited for no longer than the deadline', async () => {
      world.partner.next({ until: new Promise(() => undefined) });
      const id = await begin();
      await world.pass(24 * second);
      expect((await world.stands(id)).state).toBe('resetting');
      await world.pass(4 * second);
      expect((await world.stands(id)).state).toBe('delivered');
      expect(world.partner.tries).toHaveLength(2);
    });
  });

  describe('when this process was frozen between the claim and the call', () => {
    it('sends nothing with a deadline that has passed', async () => {
      let frozen = 0;
      process.power.onStep('try-started', () => {
        if ((frozen += 1) === 1) world.clock.advance(26 * second);
      });
      const id = await begin();
      expect(world.partner.tries).toHaveLength(0);
      await world.pass(5 * second);
      expect(world.partner.tries).toHaveLength(1);
      expect((await world.stands(id)).state).toBe('delivered');
    });

    it('refuses when it slept so long that asking again would surprise', async () => {
      process.power.onStep('try-started', () => {
        world.clock.advance(11 * minute);
      });
      const id = await begin();
      await expectNothingSent(id, 'partner-center');
      expect((await world.stands(id)).attention).toBeUndefined();
    });
  });

  it('refuses when the seal does not open before anything was sent, says so, and lets the user be reset again', async () => {
    const id = await begin(() => {
      world.breakSeals();
    });
    await expectNothingSent(id, 'seal-broken');
    expect(world.chats.shown()).toStrictEqual([{ state: 'refused', password: undefined }]);
    expect(world.alarms).toMatchObject([{ kind: 'given-up', why: 'seal-broken' }]);
    world.mendSeals();
    expect((await world.stands(await begin())).state).toBe('delivered');
  });

  it('asks for a person when the seal breaks after an unclear try, and lets the user be reset again after eight hours', async () => {
    world.partner.next('lost');
    const id = await begin();
    world.breakSeals();
    await world.pass(5 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'needs-attention', attention: { kind: 'seal-broken' } });
    await world.pass(7 * 60 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'needs-attention' });
    await world.pass(2 * 60 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined, dueAt: undefined });
    expect(world.alarms.at(-1)).toMatchObject({ kind: 'given-up', why: 'undelivered' });
    expect(world.partner.tries).toHaveLength(1);
  });

  it('asks for a person when the seal breaks after the reset, and brings the password once a key is back', async () => {
    const answer = Promise.withResolvers<void>();
    world.partner.next({ until: answer.promise });
    const id = await begin();
    world.breakSeals();
    answer.resolve();
    await world.pass(5 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'needs-attention', attention: { kind: 'seal-broken' } });
    expect(world.chats.shownCards().at(-1)).toMatchObject({ state: 'needs-attention' });
    world.mendSeals();
    await world.pass(31 * minute);
    expect(world.chats.delivered).toHaveLength(1);
    expect(world.partner.tries).toHaveLength(1);
  });

  it('waits between its tries to say that the seal does not open', async () => {
    world.breakSeals();
    world.chats.nextCards('try-again', 'try-again', 'try-again');
    const id = await begin();
    expect(world.journal.filter((what) => what === 'put card')).toHaveLength(1);
    await world.pass(20 * second);
    expect(world.journal.filter((what) => what === 'put card')).toHaveLength(4);
    expect((await world.stands(id)).cardIsOwed).toBe(false);
  });

  async function expectNothingSent(id: Parameters<ResetWorld['stands']>[0], refusal: string): Promise<void> {
    await world.pass(2 * second);
    const request = await world.stands(id);
    expect(request).toMatchObject({ state: 'refused', sealedPassword: undefined, lease: undefined, dueAt: undefined });
    expect(request.refusal?.kind).toBe(refusal);
    expect(world.partner.tries).toHaveLength(0);
    expect(world.chats.delivered).toHaveLength(0);
    expect(world.chats.shownCards().at(-1)).toMatchObject({ state: 'refused' });
  }
});
