import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../../src/reset/request.ts';
import { askedIn, type Process, type ResetWorld, robin, said, sam, stranger } from '../../../support/reset-world.ts';
import { closeUnbroken, startResetWorld } from '../../../support/started-world.ts';

const second = 1000;

const minute = 60 * second;

const hour = 60 * minute;

describe('a password that cannot be delivered', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld({
      policy: { auditors: [{ kind: 'person', objectId: sam.objectId }] },
    }));
  });

  afterEach(() => closeUnbroken(world));

  const refuse = (times: number) => {
    world.chats.nextPuts(...Array<'refused'>(times).fill('refused'));
  };

  const reset = async (refusals: number): Promise<ResetRequest> => {
    const { id } = await world.ask(process);
    refuse(refusals);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    return world.stands(id);
  };

  const expectGivenUp = async ({ id }: ResetRequest, kind: 'given-up' | 'closed') => {
    expect(await world.stands(id)).toMatchObject({
      state: 'hidden',
      sealedPassword: undefined,
      deliveredAt: undefined,
      lease: undefined,
    });
    expect(world.chats.delivered).toHaveLength(0);
    expect(world.chats.shownCards().at(-1)?.state).toBe('hidden');
    expect((await world.readTrail()).filter((record) => record.kind === kind)).toHaveLength(1);
  };

  const expectUserIsFree = async () => {
    world.chats.clearFaults();
    const { id } = await world.ask(process);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).not.toBe('refused');
  };

  it('is kept for eight hours, then erased with an alarm and a word where it was asked, and the user is free', async () => {
    const request = await reset(400);
    await world.pass(7 * hour + 55 * minute);
    expect(await world.stands(request.id)).toMatchObject({ state: 'delivering' });
    expect((await world.stands(request.id)).sealedPassword).toBeDefined();
    await world.pass(15 * minute);
    await expectGivenUp(request, 'given-up');
    expect(world.chats.said).toStrictEqual([request.id, request.id]);
    expect(world.alarms).toMatchObject([{ kind: 'given-up', why: 'undelivered' }]);
    await expectUserIsFree();
  });

  it('is delivered though its time is long over when the bot was down, since it can be', async () => {
    const { id } = await reset(4);
    process.power.cut();
    world.clock.advance(20 * hour);
    world.boot('second').resets.start();
    await world.pass(20 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.delivered).toStrictEqual([world.partner.passwordInForce]);
  });

  it('is told of after some minutes of a chat that takes nothing for the moment', async () => {
    const { id } = await world.ask(process);
    world.chats.nextPuts(...Array<'try-again'>(30).fill('try-again'));
    await process.resets.confirm(id, robin, said);
    await world.pass(30 * second);
    expect(world.chats.said).toHaveLength(0);
    await world.pass(15 * minute);
    expect(world.chats.said).toStrictEqual([id]);
    expect((await world.stands(id)).state).toBe('delivering');
  });

  it('is closed by its requester when one more attempt is refused, and the user is free', async () => {
    const request = await reset(9);
    await world.pass(20 * second);
    const closing = await process.resets.close(robin, request.correlationId);
    expect(closing).toMatchObject({ kind: 'closed', request: { state: 'hidden', endedBy: robin.name } });
    await expectGivenUp(request, 'closed');
    expect(world.chats.said).toStrictEqual([request.id]);
    await expectUserIsFree();
  });

  it('is delivered and not erased when its requester closes it and it can be', async () => {
    const request = await reset(4);
    await world.pass(2 * second);
    world.chats.clearFaults();
    const closing = await process.resets.close(robin, request.correlationId);
    expect(closing.kind).toBe('under-way');
    expect((await world.stands(request.id)).state).toBe('delivered');
    expect(world.chats.delivered).toStrictEqual([world.partner.passwordInForce]);
  });

  it('is closed by an auditor by its reference, and its requester is told', async () => {
    const request = await reset(20);
    await world.pass(20 * second);
    const closing = await process.resets.close(sam, request.correlationId);
    expect(closing).toMatchObject({ kind: 'closed', request: { endedBy: sam.name } });
    await expectGivenUp(request, 'closed');
    expect(world.chats.said).toStrictEqual([request.id, request.id]);
    expect((await world.readTrail()).find(({ kind }) => kind === 'closed')?.actor).toBe(sam.objectId);
  });

  it('is not closed by anybody else, nor by an auditor without its reference', async () => {
    const request = await reset(20);
    await world.pass(20 * second);
    expect(await process.resets.close(sam, undefined)).toStrictEqual({ kind: 'nothing-there' });
    world.change({ auditors: [] });
    expect(await process.resets.close(sam, request.correlationId)).toStrictEqual({ kind: 'nothing-there' });
    expect((await world.stands(request.id)).state).toBe('delivering');
  });

  it('is hidden, if a put without an answer may have left it in the message, when it is given up', async () => {
    const { id, correlationId } = await world.ask(process);
    world.chats.nextPuts('done-unanswered', ...Array<'refused'>(30).fill('refused'));
    await process.resets.confirm(id, robin, said);
    await world.pass(5 * second);
    expect(world.chats.shown().at(-1)?.password).toBe(world.partner.passwordInForce);
    await process.resets.close(robin, correlationId);
    expect(await world.stands(id)).toMatchObject({
      state: 'delivered',
      sealedPassword: undefined,
      deliveredAt: undefined,
    });
    await world.pass(3 * hour);
    expect((await world.stands(id)).state).toBe('hidden');
    expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
  });

  describe('and a second direct message', () => {
    it('is hidden in both when the first one only seemed to be gone', async () => {
      const { id } = await world.ask(process);
      const gone = Array<'seems-gone'>(4).fill('seems-gone');
      world.chats.nextPuts('done-unanswered', ...gone);
      await process.resets.confirm(id, robin, said);
      await world.pass(60 * second);
      expect((await world.stands(id)).state).toBe('delivered');
      const password = world.partner.passwordInForce;
      expect(world.chats.shown().map((message) => message?.password)).toStrictEqual([password, password]);
      expect((await world.stands(id)).heldBy).toHaveLength(2);
      await world.pass(16 * minute);
      expect(world.chats.shown().map((message) => message?.password)).toStrictEqual([undefined, undefined]);
      expect(await world.stands(id)).toMatchObject({ state: 'hidden', heldBy: [] });
    });

    it('is tried on until the last of them is hidden', async () => {
      const { id } = await world.ask(process);
      world.chats.nextPuts('done-unanswered', ...Array<'seems-gone'>(4).fill('seems-gone'));
      await process.resets.confirm(id, robin, said);
      await world.pass(60 * second);
      world.chats.nextPuts('done', 'try-again', 'done', 'refused');
      await process.resets.acknowledge(id, robin);
      expect((await world.stands(id)).state).toBe('delivered');
      await world.pass(10 * second);
      expect((await world.stands(id)).state).toBe('hidden');
      expect(world.chats.shown().map((message) => message?.password)).toStrictEqual([undefined, undefined]);
    });

    it('says of a placeholder that came second that nothing will appear in it', async () => {
      const { id } = await world.ask(process);
      const other = world.boot('second');
      process.power.overtake('message-opened', async () => {
        world.clock.advance(46 * second);
        other.resets.start();
        await world.pass(5 * second);
      });
      void process.resets.confirm(id, robin, said);
      await world.pass(60 * second);
      expect((await world.stands(id)).state).toBe('delivered');
      expect(world.chats.shown().map((message) => message?.state)).toStrictEqual(['expired', 'delivered']);
      expect(world.partner.tries).toHaveLength(1);
    });
  });
});

describe('a password that waits because the person does not let the bot write', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(() => closeUnbroken(world));

  const resetWhileBlocked = async (refusals: number) => {
    const { id } = await world.ask(process);
    world.chats.nextPuts(...Array<'refused'>(refusals).fill('refused'));
    await process.resets.confirm(id, robin, said);
    await world.pass(40_000);
    expect((await world.stands(id)).state).toBe('delivering');
    return id;
  };

  it('is delivered as soon as they write, not when its next try is due', async () => {
    const id = await resetWhileBlocked(6);
    process.resets.onUserMessage(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.shown()).toMatchObject([{ password: world.partner.passwordInForce }]);
    expect(world.partner.tries).toHaveLength(1);
  });

  it('waits on when somebody else writes, or somebody of another tenant', async () => {
    const id = await resetWhileBlocked(6);
    process.resets.onUserMessage(sam, askedIn);
    process.resets.onUserMessage(stranger, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
  });

  it('waits on, and is tried again, when they write and the bot is still blocked', async () => {
    const id = await resetWhileBlocked(7);
    process.resets.onUserMessage(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
    process.resets.onUserMessage(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.said).toStrictEqual([id]);
  });

  it('is put once when they write many times at once', async () => {
    const id = await resetWhileBlocked(6);
    const before = world.journal.length;
    for (let time = 0; time < 20; time += 1) process.resets.onUserMessage(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.journal.slice(before).filter((kind) => kind === 'delivered')).toHaveLength(1);
    expect(world.journal.slice(before).filter((kind) => kind === 'taken-over')).toHaveLength(1);
  });

  it('is delivered before the bot stops when they wrote just then', async () => {
    const id = await resetWhileBlocked(6);
    process.resets.onUserMessage(robin, askedIn);
    await process.resets.stop();
    expect((await world.stands(id)).state).toBe('delivered');
  });
});
