import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ResetRequestId } from '../../src/base/ids.ts';
import { makeStep } from '../../src/reset/step.ts';
import { askedIn, type Process, type ResetWorld, robin, said, sam, stranger } from '../support/reset-world.ts';
import { startResetWorld } from '../support/started-world.ts';

const minute = 60_000;

describe('a reset', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(async () => {
    const everything = await world.readEverySink();
    expect(everything).not.toContain('CANARY');
    expect(world.partner.broken).toStrictEqual([]);
    expect(world.chats.broken).toStrictEqual([]);
    await world.close();
  });

  const press = async (id: ResetRequestId, by = process) => {
    const confirmation = await by.resets.confirm(id, robin, said);
    await world.settle();
    return confirmation;
  };
  const kinds = async (id: ResetRequestId) =>
    (await world.readTrail()).filter((record) => record.requestId === id).map((record) => record.kind);

  describe('that goes well', () => {
    it('does everything outside in the one safe order', async () => {
      const { id } = await world.ask(process);
      await press(id);
      await world.pass(16 * minute);
      expect(world.journal).toStrictEqual([
        'find',
        'look-up',
        'card-posted',
        'confirmed',
        'placeholder',
        'look-up',
        'approved',
        'message-opened',
        'sealed',
        'try-started',
        'PATCH',
        'try-ended',
        'delivery-begun',
        'readers',
        'put password',
        'delivered',
        'put card',
        'card-answered',
        'put message',
        'hidden',
      ]);
      const request = await world.stands(id);
      expect(request).toMatchObject({ state: 'hidden', sealedPassword: undefined, dueAt: undefined, lease: undefined });
      expect(world.chats.shown()).toStrictEqual([{ state: 'hidden', password: undefined }]);
    });

    it('delivers the password that is in force, to one message, and hides it after its minutes', async () => {
      const { id } = await world.ask(process);
      await press(id);
      expect(world.chats.shown()).toStrictEqual([{ state: 'delivered', password: world.partner.passwordInForce }]);
      await world.pass(15 * minute - 2000);
      expect(world.chats.shown()[0]?.password).toBe(world.partner.passwordInForce);
      await world.pass(4000);
      expect(world.chats.shown()[0]?.password).toBeUndefined();
    });

    it('writes exactly one entry for every version', async () => {
      const { id } = await world.ask(process);
      await press(id);
      await world.pass(16 * minute);
      const { version } = await world.stands(id);
      expect(await kinds(id)).toHaveLength(version);
      const trail = await world.readTrail();
      expect(trail.map((record) => record.number)).toStrictEqual(trail.map((_, index) => index + 1));
    });

    it('keeps how the caller was verified, and the ticket', async () => {
      const { id } = await world.ask(process);
      await press(id);
      expect((await world.stands(id)).proof).toStrictEqual(said);
      const confirmed = (await world.readTrail()).find((record) => record.kind === 'confirmed');
      expect(confirmed).toMatchObject({ actor: robin.objectId, facts: said });
    });
  });

  describe('whose button is pressed', () => {
    it('twenty times at once is done once, and every press is answered with the same request', async () => {
      const { id } = await world.ask(process);
      const presses = await Promise.all(Array.from({ length: 20 }, () => process.resets.confirm(id, robin, said)));
      const ends = await Promise.all(
        presses.map((one) => {
          if (one.kind === 'begun') return one.done;
          if (one.kind === 'as-it-stands') return process.resets.run(one.request);
          throw new Error(one.kind);
        }),
      );
      expect(presses.filter((one) => one.kind === 'begun')).toHaveLength(1);
      expect(ends.map((request) => request.state)).toStrictEqual(Array(20).fill('delivered'));
      expect(world.partner.tries).toHaveLength(1);
      expect(world.chats.shown()).toHaveLength(1);
      expect(world.chats.delivered).toHaveLength(1);
    });

    it('twenty times at once in each of two processes is done once', async () => {
      const other = world.boot('second');
      other.resets.start();
      const { id } = await world.ask(process);
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => (index % 2 ? process : other).resets.confirm(id, robin, said)),
      );
      await world.pass(2000);
      expect(world.partner.tries).toHaveLength(1);
      expect(world.chats.shown()).toHaveLength(1);
      expect((await world.stands(id)).state).toBe('delivered');
    });

    it('again after the end changes nothing', async () => {
      const { id } = await world.ask(process);
      await press(id);
      const { version } = await world.stands(id);
      expect(await press(id)).toMatchObject({ kind: 'as-it-stands', request: { state: 'delivered' } });
      expect((await world.stands(id)).version).toBe(version);
    });

    it.each([
      ['somebody else', sam],
      ['somebody of another tenant with the same object id', stranger],
    ])('by %s has no effect and is recorded', async (_who, person) => {
      const { id } = await world.ask(process);
      expect(await process.resets.confirm(id, person, said)).toStrictEqual({ kind: 'not-yours' });
      expect(await process.resets.cancel(id, person)).toStrictEqual({ kind: 'not-yours' });
      await press(id);
      expect(await process.resets.acknowledge(id, person)).toStrictEqual({ kind: 'not-yours' });
      expect(await process.resets.reveal(id, person)).toStrictEqual({ kind: 'not-yours' });
      expect((await world.stands(id)).state).toBe('delivered');
      const refused = (await world.readTrail()).filter((record) => record.kind === 'click-refused');
      expect(refused).toHaveLength(4);
      expect(refused[0]).toMatchObject({ actor: person.objectId, requestId: id });
    });

    it('for a request that nobody made is answered, and changes nothing', async () => {
      expect(await press(asId<ResetRequestId>('nothing'))).toStrictEqual({ kind: 'unknown' });
      expect(await world.readTrail()).toHaveLength(0);
    });

    it.each([
      ['no verification', { verification: ' ', ticket: '' }, 'verification-missing'],
      [
        'a verification that the policy does not name',
        { verification: 'By voice', ticket: '' },
        'verification-unknown',
      ],
      ['no ticket', { verification: 'In person', ticket: '' }, 'ticket-missing'],
      ['an essay as a ticket', { verification: 'In person', ticket: 'T'.repeat(65) }, 'ticket-too-long'],
    ])('with %s changes nothing and says so', async (_what, lacking, lack) => {
      world.change({ ticket: 'required' });
      const { id } = await world.ask(process);
      const before = await world.stands(id);
      expect(await process.resets.confirm(id, robin, lacking)).toStrictEqual({ kind: 'proof-lacking', lack });
      await world.pass(2000);
      expect(await world.stands(id)).toStrictEqual(before);
      expect(await press(id)).toMatchObject({ kind: 'begun' });
    });
  });

  describe('that is not wanted any more', () => {
    it('is cancelled, its card says so, and a press after it does nothing', async () => {
      const { id } = await world.ask(process);
      expect(await process.resets.cancel(id, robin)).toMatchObject({
        request: { state: 'cancelled', endedBy: robin.name },
      });
      await press(id);
      await world.pass(2000);
      expect((await world.stands(id)).state).toBe('cancelled');
      expect(world.chats.shownCards()).toStrictEqual([{ state: 'cancelled', password: undefined }]);
      expect(world.journal).not.toContain('PATCH');
    });

    it('is either cancelled or reset when both are pressed at once, never both', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id } = await world.ask(process);
        const before = world.partner.tries.length;
        const presses: (() => Promise<unknown>)[] = [
          () => process.resets.cancel(id, robin),
          () => process.resets.confirm(id, robin, said),
        ];
        await Promise.all((round % 2 ? presses : presses.toReversed()).map((one) => one()));
        await world.settle();
        const { state } = await world.stands(id);
        expect(['cancelled', 'delivered']).toContain(state);
        expect(world.partner.tries.length - before).toBe(state === 'delivered' ? 1 : 0);
      }
    });

    it('is cancelled though the address of its card is written down at the same moment', async () => {
      const proposal = await process.resets.propose(question('f:both'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      process.power.overtake('cancelled', () => process.resets.rememberCard(id, world.chats.postCard()));
      const cancelled = await process.resets.cancel(id, robin);
      await world.pass(2000);
      expect(cancelled).toMatchObject({ request: { state: 'cancelled' } });
      expect(world.chats.shownCards()).toMatchObject([{ state: 'cancelled' }]);
    });

    it('expires by itself, and its card says so', async () => {
      const { id } = await world.ask(process);
      await world.pass(10 * minute + 1000);
      expect((await world.stands(id)).state).toBe('expired');
      expect(world.chats.shownCards()).toStrictEqual([{ state: 'expired', password: undefined }]);
    });

    it('may be confirmed until the last millisecond, and not at the tick of its end', async () => {
      await process.resets.stop();
      // No one polls here, so it is the press that finds out.
      process = world.boot('second');
      const first = await world.ask(process);
      world.clock.advance(10 * minute - 1);
      expect((await press(first.id)).kind).toBe('begun');
      const second = await world.ask(process);
      world.clock.advance(10 * minute);
      expect(await press(second.id)).toMatchObject({ kind: 'as-it-stands', request: { state: 'expired' } });
      expect(world.partner.tries).toHaveLength(1);
    });

    it('is expired by a newer question of the same person, and its card says so', async () => {
      const first = await world.ask(process);
      const second = await world.ask(process);
      await world.pass(2000);
      expect((await world.stands(first.id)).state).toBe('expired');
      expect((await world.stands(second.id)).state).toBe('proposed');
      expect(world.chats.shownCards()[0]).toMatchObject({ state: 'expired' });
    });

    it('is one request when Teams delivers the sentence twice', async () => {
      const twice = await Promise.all([1, 2].map(() => process.resets.propose(question('f:again'))));
      expect(twice.map((one) => one.kind).toSorted()).toStrictEqual(['already-answered', 'proposed']);
    });
  });

  describe('for somebody who is busy being reset', () => {
    it('is refused to who comes second, with the name of the first', async () => {
      let letGo = (): void => undefined;
      world.partner.next({ until: new Promise((resolve) => (letGo = resolve)) });
      const first = await world.ask(process);
      const second = await world.ask(process, sam);
      await press(first.id);
      await process.resets.confirm(second.id, sam, said);
      await world.settle();
      expect(await world.stands(second.id)).toMatchObject({
        state: 'refused',
        refusal: { kind: 'under-way', by: robin.name },
      });
      letGo();
      await world.settle();
      expect((await world.stands(first.id)).state).toBe('delivered');
      expect(world.partner.tries).toHaveLength(1);
    });

    it('is not held up by a card that nobody presses', async () => {
      await world.ask(process, sam);
      const { id } = await world.ask(process);
      await press(id);
      expect((await world.stands(id)).state).toBe('delivered');
    });
  });

  describe('whose card is pressed before anybody knows where it stands', () => {
    it('shows the outcome on it afterwards', async () => {
      const proposal = await process.resets.propose(question('f:fast'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      const confirmation = process.resets.confirm(id, robin, said);
      await process.resets.rememberCard(id, world.chats.postCard());
      await confirmation;
      await world.pass(2000);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
      expect(world.partner.tries).toHaveLength(1);
    });

    it('has its card where the button was pressed, written down together with the press', async () => {
      const proposal = await process.resets.propose(question('f:press'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      process.power.failSteps('card-posted');
      await process.resets.confirm(id, robin, said, world.chats.postCard());
      await world.pass(2000);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
    });

    it('takes no message of another conversation for its card', async () => {
      const proposal = await process.resets.propose(question('f:elsewhere'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      const { conversation, activityId } = world.chats.postCard();
      await process.resets.confirm(id, robin, said, {
        conversation: { ...conversation, id: 'a:elsewhere' },
        activityId,
      });
      await world.pass(2000);
      expect((await world.stands(id)).card).toBeUndefined();
    });

    it('shows the outcome also when the store was away as its address came', async () => {
      const proposal = await process.resets.propose(question('f:away'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      process.power.failSteps('card-posted');
      await process.resets.rememberCard(id, world.chats.postCard());
      await process.resets.confirm(id, robin, said);
      await world.pass(5000);
      expect(world.chats.shownCards()).toStrictEqual([undefined]);
      process.power.failSteps();
      await world.pass(5000);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
      expect(world.partner.tries).toHaveLength(1);
    });

    it('leaves the try of another process alone', async () => {
      const other = world.boot('second');
      let letGo = (): void => undefined;
      world.partner.next({ until: new Promise((resolve) => (letGo = resolve)) });
      const proposal = await process.resets.propose(question('f:far'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      await other.resets.confirm(id, robin, said);
      await world.settle();
      void process.resets.rememberCard(id, world.chats.postCard());
      await world.pass(3000);
      expect(world.partner.tries).toHaveLength(1);
      expect(world.chats.delivered).toHaveLength(0);
      letGo();
      await world.pass(3000);
      expect(world.partner.tries).toHaveLength(1);
      expect((await world.stands(id)).state).toBe('delivered');
      expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
    });

    it('is not taken over before the lease ends, though the row is due', async () => {
      let letGo = (): void => undefined;
      world.partner.next({ until: new Promise((resolve) => (letGo = resolve)) });
      const { id } = await world.ask(process);
      await press(id);
      const before = await world.stands(id);
      const entry = { at: world.clock.now(), kind: 'card-posted', actor: 'locksmith' } as const;
      await world.resets.swap(before, makeStep(before, { dueAt: world.clock.now() }, entry));
      const other = world.boot('second');
      expect(await other.resets.run(before)).toMatchObject({ state: 'resetting', lease: { owner: 'first' } });
      letGo();
      await world.pass(50_000);
      expect((await world.stands(id)).state).toBe('delivered');
      expect(new Set(world.partner.tries.map((one) => one.password)).size).toBe(1);
    });

    it('does not bring forward a try that has to wait', async () => {
      world.partner.next({ retryAfterMilliseconds: 30_000 });
      const proposal = await process.resets.propose(question('f:wait'));
      if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
      const { id } = proposal.request;
      await press(id);
      await process.resets.rememberCard(id, world.chats.postCard());
      await world.pass(29_000);
      expect(world.partner.tries).toHaveLength(1);
      await world.pass(3000);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
    });
  });

  describe('when several are due', () => {
    it('is not held up by a slow answer to another', async () => {
      world.chats.nextCards({ until: new Promise(() => undefined) });
      const first = await world.ask(process);
      await world.pass(5000);
      const second = await world.ask(process, sam);
      await world.pass(11 * minute);
      expect((await world.stands(first.id)).state).toBe('expired');
      expect((await world.stands(second.id)).state).toBe('expired');
      expect(world.chats.shownCards()).toStrictEqual([undefined, { state: 'expired', password: undefined }]);
    });
  });

  function question(activityId: string) {
    return {
      technician: robin,
      conversation: askedIn,
      activityId,
      text: 'reset password for Ann Lee at Contoso Bikes',
    };
  }
});
