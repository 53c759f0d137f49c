import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResetRequestId } from '../../../src/base/ids.ts';
import type { Conversation } from '../../../src/reset/identity.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';
import {
  askedIn,
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  said,
  sam,
} from '../../support/reset-world.ts';

const minute = 60_000;

const group: Conversation = { ...askedIn, id: '19:group@thread.v2', kind: 'group-chat' };

function describeReminder(address: () => Promise<string | undefined>): void {
  describe('the reminder', () => {
    let world: ResetWorld;
    let first: Process;
    beforeEach(async () => {
      world = await createResetWorld({ policy: { approval: 'always' }, postgres: await address() });
      first = world.boot('first');
      first.resets.start();
    });
    afterEach(() => world.close());

    const wait = async (): Promise<ResetRequestId> => {
      const { id } = await world.ask(first, robin, group);
      await first.resets.confirm(id, robin, said);
      await world.settle();
      return id;
    };
    const reminders = async (id: ResetRequestId) =>
      (await world.readTrail()).filter(({ kind: what, requestId }) => what === 'approval-reminded' && requestId === id);

    it('comes once, after half of the time, though two instances poll and both are started anew', async () => {
      const id = await wait();
      const second = world.boot('second');
      second.resets.start();
      await world.pass(29 * minute);
      expect(world.chats.reminded).toEqual([]);
      first.power.cut();
      second.power.cut();
      for (const name of ['third', 'fourth']) world.boot(name).resets.start();
      await world.pass(2 * minute);
      expect(world.chats.reminded).toEqual([id]);
      await world.pass(20 * minute);
      world.boot('fifth').resets.start();
      await world.pass(5 * minute);
      expect(world.chats.reminded).toEqual([id]);
      expect(await reminders(id)).toMatchObject([{ actor: 'locksmith', facts: { cards: 1 } }]);
      expect(await world.stands(id)).toMatchObject({ state: 'awaiting-approval' });
      await world.pass(10 * minute);
      expect(await world.stands(id)).toMatchObject({ state: 'expired' });
    });

    it('is not repeated where the instance dies at it', async () => {
      const id = await wait();
      first.power.onStep('approval-reminded', () => {
        first.power.cut();
      });
      await world.pass(31 * minute);
      world.boot('second').resets.start();
      await world.pass(10 * minute);
      expect(world.chats.reminded).toEqual([]);
      expect(await reminders(id)).toHaveLength(1);
    });

    it.each(['approved', 'declined', 'cancelled'] as const)('does not come once the request is %s', async (how) => {
      const id = await wait();
      if (how === 'cancelled') await first.resets.cancel(id, robin);
      else await first.resets.decideApproval(id, sam, group, how);
      await world.settle();
      await world.pass(45 * minute);
      expect([world.chats.reminded, await reminders(id)]).toEqual([[], []]);
    });
  });
}

describe('approvers who let a request wait, on SQLite', () => {
  describeReminder(() => Promise.resolve(undefined));
});

describeOnPostgres('approvers who let a request wait, on PostgreSQL', (server) => {
  describeReminder(() => server.createDatabase());
});
