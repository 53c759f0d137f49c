import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { wasGivenUp } from '../../../../src/reset/request-status.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said, sam } from '../../../support/reset-world.ts';
import { closeUnbroken } from '../../../support/started-world.ts';

const second = 1000;

const minute = 60 * second;

describe('delivering a password', () => {
  let world: ResetWorld;
  let process: Process;

  const open = async (delivery: 'message' | 'reveal') => {
    world = await createResetWorld({ delivery });
    process = world.boot('first');
    process.resets.start();
  };

  afterEach(async () => {
    expect(new Set(world.partner.tries.map(({ password }) => password)).size).toBe(world.partner.tries.length);
    await closeUnbroken(world);
  });

  const reset = async (before: () => void = () => undefined) => {
    const { id } = await world.ask(process);
    before();
    await process.resets.confirm(id, robin, said);
    await world.settle();
    return id;
  };

  describe('in the message', () => {
    beforeEach(() => open('message'));

    it('tries again, in the same message, when the chat says so', async () => {
      world.chats.nextPuts('try-again', 'done-unanswered', 'try-again');
      const id = await reset();
      expect((await world.stands(id)).state).toBe('delivering');
      await world.pass(20 * second);
      expect((await world.stands(id)).state).toBe('delivered');
      expect(world.chats.shown()).toMatchObject([{ password: world.partner.passwordInForce }]);
      expect(world.chats.said).toHaveLength(0);
    });

    it('posts another placeholder and uses that when the message is gone', async () => {
      process.power.onStep('delivery-begun', () => {
        world.chats.nextPuts('gone');
      });
      const id = await reset();
      expect((await world.stands(id)).state).toBe('delivered');
      expect(world.chats.shown()).toMatchObject([{ password: world.partner.passwordInForce }]);
      expect(world.chats.said).toHaveLength(0);
    });

    it.each([
      [
        'is refused',
        () => {
          world.chats.nextPuts('refused', 'refused', 'refused');
        },
      ],
      [
        'is refused after it was put off',
        () => {
          world.chats.nextPuts('try-again', 'refused', 'refused');
        },
      ],
      [
        'is gone and no other can be opened',
        () => {
          world.chats.nextPuts('gone', 'gone');
          process.power.onStep('delivery-begun', () => {
            world.chats.nextOpenings('blocked', 'blocked');
          });
        },
      ],
      [
        'is gone and the next one is refused',
        () => {
          world.chats.nextPuts('gone', 'refused', 'refused');
        },
      ],
    ])('says once in the chat where it was asked that it %s, and delivers it when it can', async (_what, fault) => {
      const id = await reset(fault);
      await world.pass(30 * second);
      expect(world.chats.said).toStrictEqual([id]);
      const request = await world.stands(id);
      expect(request.state).toBe('delivered');
      expect(world.chats.shown().at(-1)?.password).toBe(world.partner.passwordInForce);
    });

    it('is never given up, however long the person keeps the bot blocked', async () => {
      world.chats.nextPuts(...Array<'refused'>(60).fill('refused'));
      const id = await reset();
      await world.pass(3 * 60 * minute);
      expect(await world.stands(id)).toMatchObject({ state: 'delivering' });
      expect(world.chats.said).toHaveLength(1);
      await world.pass(3 * 60 * minute);
      expect(world.chats.delivered).toStrictEqual([world.partner.passwordInForce]);
    });

    it('shows the outcome on the card though the card had to be put three times', async () => {
      world.chats.nextCards('try-again', 'try-again');
      const id = await reset();
      await world.pass(20 * second);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'delivered' }]);
      expect((await world.stands(id)).cardIsOwed).toBe(false);
    });

    it('hides the password on time though the card cannot be put', async () => {
      world.chats.nextCards(...Array<'try-again'>(100).fill('try-again'));
      const id = await reset();
      await world.pass(15 * minute + 3 * second);
      expect((await world.stands(id)).state).toBe('hidden');
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('erases the sealed password at the first attempt to hide it, and goes on until it is hidden', async () => {
      const id = await reset();
      world.chats.nextPuts('try-again', 'refused', 'try-again');
      await world.pass(15 * minute + second);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', sealedPassword: undefined });
      await world.pass(20 * second);
      expect((await world.stands(id)).state).toBe('hidden');
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
      const put = (await world.readTrail()).filter((record) => record.kind === 'hiding-put-off');
      expect(put).toHaveLength(3);
    });

    it('asks a chat that stays blocked once an hour after a day of work, and hides it when it may', async () => {
      const id = await reset();
      const attempts = async () =>
        (await world.readTrail()).filter((record) => record.kind === 'hiding-put-off').length;
      world.chats.nextPuts(...Array<'refused'>(110).fill('refused'));
      await world.pass(12 * 60 * minute);
      const inTwelveHours = await attempts();
      expect(inTwelveHours).toBeGreaterThanOrEqual(100);
      await world.pass(3 * 60 * minute);
      expect(await attempts()).toBe(inTwelveHours + 3);
      expect((await world.stands(id)).state).toBe('delivered');
      await world.pass(12 * 60 * minute);
      expect((await world.stands(id)).state).toBe('hidden');
    });

    it('tries to hide again after a second though the card was put off for minutes', async () => {
      world.chats.nextCards(...Array<'try-again'>(100).fill('try-again'));
      const id = await reset();
      world.chats.nextPuts('try-again');
      await world.pass(15 * minute + 4 * second);
      expect((await world.stands(id)).state).toBe('hidden');
    });

    it('hides a password whose time ran out while nothing was running', async () => {
      const id = await reset();
      process.power.cut();
      world.clock.advance(3 * 60 * minute);
      const next = world.boot('second');
      next.resets.start();
      await world.pass(3 * second);
      expect((await world.stands(id)).state).toBe('hidden');
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('believes of a message that it is gone when that was said four times, and calls the password hidden then', async () => {
      const id = await reset();
      world.chats.remove(await world.stands(id));
      await world.pass(15 * minute + 5 * second);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', sealedPassword: undefined });
      await world.pass(5 * second);
      expect((await world.stands(id)).state).toBe('hidden');
      const putOff = (await world.readTrail()).filter((record) => record.kind === 'hiding-put-off');
      expect(putOff.map(({ facts }) => facts['why'])).toStrictEqual(['gone', 'gone', 'gone']);
    });

    it('does not believe it because other attempts failed before', async () => {
      const id = await reset();
      world.chats.nextPuts('try-again', 'try-again', 'try-again', 'try-again', 'seems-gone', 'try-again', 'seems-gone');
      await world.pass(40 * minute);
      expect((await world.stands(id)).state).toBe('hidden');
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('stays with its message when that seems gone after a put without an answer, until it was said four times', async () => {
      world.chats.nextPuts('done-unanswered', 'seems-gone', 'seems-gone');
      const id = await reset();
      await world.pass(20 * second);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', heldBy: [{}] });
      expect(world.chats.shown()).toMatchObject([{ password: world.partner.passwordInForce }]);
    });

    it('counts a message that is gone as hidden', async () => {
      const id = await reset();
      world.chats.remove(await world.stands(id));
      await world.pass(16 * minute);
      expect((await world.stands(id)).state).toBe('hidden');
    });

    it('hides it though the message seems to be gone for a moment', async () => {
      await reset();
      world.chats.nextPuts('seems-gone', 'seems-gone');
      await world.pass(15 * minute + 10 * second);
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('hides it at once when it is passed on, however often that is pressed', async () => {
      const id = await reset();
      const presses = await Promise.all(Array.from({ length: 5 }, () => process.resets.acknowledge(id, robin)));
      await world.settle();
      expect(presses.map((one) => one.kind)).toStrictEqual(Array(5).fill('as-it-stands'));
      expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined });
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
      expect(await process.resets.acknowledge(id, robin)).toMatchObject({ request: { state: 'hidden' } });
    });

    it('hides it though it is passed on before it is written down that it was delivered', async () => {
      let passed: Promise<unknown> = Promise.resolve();
      const { id } = await world.ask(process);
      process.power.overtake('delivered', () => {
        passed = process.resets.acknowledge(id, robin);
        return world.settle();
      });
      await process.resets.confirm(id, robin, said);
      await world.settle();
      expect(await passed).toMatchObject({ kind: 'as-it-stands', request: { state: 'hidden' } });
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('hides it though it is passed on while the card is being answered', async () => {
      let letGo = (): void => undefined;
      world.chats.nextCards({ until: new Promise((resolve) => (letGo = resolve)) });
      const id = await reset();
      const passed = process.resets.acknowledge(id, robin);
      letGo();
      expect(await passed).toMatchObject({ request: { state: 'hidden' } });
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('hides it again when a process that slept puts it back', async () => {
      let letGo = (): void => undefined;
      world.chats.nextPuts({ until: new Promise((resolve) => (letGo = resolve)) });
      const id = await reset();
      const other = world.boot('second');
      other.resets.start();
      await world.pass(50 * second);
      await other.resets.acknowledge(id, robin);
      expect((await world.stands(id)).state).toBe('hidden');
      letGo();
      await world.settle();
      expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
    });

    it('shows to its requester what stands in that chat anyway, so that a change of the setting loses nothing', async () => {
      const id = await reset();
      expect((await process.resets.reveal(id, robin)).kind).toBe('revealed');
      expect((await process.resets.reveal(id, sam)).kind).toBe('not-yours');
    });
  });

  describe('by a button', () => {
    beforeEach(() => open('reveal'));

    const seen = async (id: Parameters<ResetWorld['stands']>[0], who = robin) => {
      const shown = await process.resets.reveal(id, who);
      return shown.kind === 'revealed' ? shown.password.reveal((value) => value) : shown.kind;
    };

    it('puts no password into the message, and shows it to each press of the requester', async () => {
      const id = await reset();
      expect(world.chats.delivered).toHaveLength(0);
      const views = await Promise.all(Array.from({ length: 10 }, () => seen(id)));
      expect(views).toStrictEqual(Array(10).fill(world.partner.passwordInForce));
      const revealed = (await world.readTrail()).filter((record) => record.kind === 'revealed');
      expect(revealed).toHaveLength(10);
      expect(revealed.map((record) => record.facts['view'])).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect((await world.stands(id)).views).toBe(10);
      expect(revealed.filter((record) => record.facts['first'] === true)).toHaveLength(1);
    });

    it('starts its minutes at the first press, and not again at the next', async () => {
      const id = await reset();
      await world.pass(60 * minute);
      expect(await seen(id)).toBe(world.partner.passwordInForce);
      await world.pass(10 * minute);
      expect(await seen(id)).toBe(world.partner.passwordInForce);
      await world.pass(5 * minute + 3 * second);
      expect(await seen(id)).toBe('as-it-stands');
      expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined });
    });

    it('shows nothing at the tick of its end, though nobody has hidden it yet', async () => {
      const id = await reset();
      await seen(id);
      await process.resets.stop();
      world.clock.advance(15 * minute);
      expect(await seen(id)).toBe('as-it-stands');
    });

    it('waits eight hours for the first press', async () => {
      const id = await reset();
      await world.pass(8 * 60 * minute - 5 * second);
      expect((await world.stands(id)).state).toBe('delivered');
      await world.pass(10 * second);
      expect((await world.stands(id)).state).toBe('hidden');
    });

    it('never shows it to anybody else, and records that', async () => {
      const id = await reset();
      expect(await seen(id, sam)).toBe('not-yours');
      expect((await world.stands(id)).revealedAt).toBeUndefined();
      expect((await world.readTrail()).at(-1)).toMatchObject({ kind: 'click-refused', actor: sam.objectId });
    });

    describe('where the requester lost the right meanwhile', () => {
      const endRight = () => {
        world.change({ technicians: [{ kind: 'person', objectId: sam.objectId }] });
      };
      const entriesOf = async (kind: string) => (await world.readTrail()).filter((record) => record.kind === kind);

      it('erases it unseen, says that it was not delivered, and alarms once', async () => {
        const id = await reset();
        endRight();
        expect(await Promise.all([seen(id), seen(id)])).toStrictEqual(['as-it-stands', 'as-it-stands']);
        expect(await world.stands(id)).toMatchObject({ sealedPassword: undefined, deliveredAt: undefined });
        await world.pass(10 * second);
        const request = await world.stands(id);
        expect(request.state).toBe('hidden');
        expect(wasGivenUp(request)).toBe(true);
        expect(world.alarms).toMatchObject([{ kind: 'given-up', why: 'right-ended', technician: robin.objectId }]);
        expect(world.chats.said).toStrictEqual([id]);
        expect(world.chats.shown()).toMatchObject([{ state: 'hidden', password: undefined }]);
        expect(await entriesOf('click-refused')).toContainEqual(expect.objectContaining({ actor: robin.objectId }));
        expect(await entriesOf('given-up')).toMatchObject([{ requestId: id, facts: { why: 'right-ended' } }]);
        // The right that comes back brings no password back.
        world.change({ technicians: [{ kind: 'everyone' }] });
        expect(await seen(id)).toBe('as-it-stands');
      });

      it('only hides it where it was seen before', async () => {
        const id = await reset();
        await seen(id);
        endRight();
        expect(await seen(id)).toBe('as-it-stands');
        expect((await world.stands(id)).sealedPassword).toBeUndefined();
        await world.pass(10 * second);
        const request = await world.stands(id);
        expect(request.state).toBe('hidden');
        expect(wasGivenUp(request)).toBe(false);
        expect(world.alarms).toStrictEqual([]);
      });
    });

    it('shows it no more once it is passed on', async () => {
      const id = await reset();
      await seen(id);
      await process.resets.acknowledge(id, robin);
      expect(await seen(id)).toBe('as-it-stands');
    });

    it('shows nothing when hiding was written down between the look and the view, at the first view and at any later one', async () => {
      const other = world.boot('second');
      for (const before of [0, 1]) {
        const id = await reset();
        for (let view = 0; view < before; view += 1) await seen(id);
        process.power.overtake('revealed', async () => {
          await other.resets.acknowledge(id, robin);
        });
        expect(await seen(id)).toBe('as-it-stands');
        expect(await world.stands(id)).toMatchObject({ state: 'hidden', views: before });
      }
    });

    it('shows nothing when the view cannot be written down', async () => {
      const id = await reset();
      await seen(id);
      process.power.failSteps('revealed');
      await expect(process.resets.reveal(id, robin)).rejects.toThrow('cannot write');
      expect((await world.stands(id)).views).toBe(1);
    });

    it('goes on after a restart', async () => {
      const id = await reset();
      process.power.cut();
      process = world.boot('second');
      process.resets.start();
      expect(await seen(id)).toBe(world.partner.passwordInForce);
    });
  });
});
