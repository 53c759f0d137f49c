import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type UserId } from '../../../src/base/ids.ts';
import { askedIn, type Process, type ResetWorld, robin, said, target } from '../../support/reset-world.ts';
import { startResetWorld } from '../../support/started-world.ts';

const second = 1000;
const minute = 60 * second;

describe('a card whose address the store does not take', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(() => world.close());

  const propose = async () => {
    const proposal = await process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId: 'f:late',
      text: 'reset password for Ann Lee at Contoso Bikes',
    });
    if (proposal.kind !== 'proposed') throw new Error(proposal.kind);
    return proposal.request;
  };

  it('leaves what failed alone for as long, though the address of its card waits as well', async () => {
    const { id } = await propose();
    process.power.failSteps('card-posted', 'message-opened', 'taken-over');
    await process.resets.rememberCard(id, world.chats.postCard());
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done.catch(() => undefined);
    await world.pass(44 * second);
    const count = (what: string) => world.logged.filter((line) => line.includes(what)).length;
    expect(world.journal.filter((line) => line === 'placeholder')).toHaveLength(1);
    expect(count('carry-out-failed')).toBeLessThan(8);
    expect(count('card-address-late')).toBe(1);
  });

  it('writes down what it knows of a card before it ends', async () => {
    const { id } = await propose();
    process.power.failSteps('card-posted');
    const card = world.chats.postCard();
    await process.resets.rememberCard(id, card);
    process.power.failSteps();
    await process.resets.stop();
    expect((await world.stands(id)).card?.activityId).toBe(card.activityId);
  });

  it('believes the posting and not a press about where a card stands', async () => {
    const { id } = await propose();
    process.power.failSteps('card-posted');
    const posted = world.chats.postCard();
    await process.resets.rememberCard(id, posted);
    process.resets.rememberCardAddress(await world.stands(id), world.chats.postCard());
    await world.settle();
    process.power.failSteps();
    await world.pass(10 * second);
    expect((await world.stands(id)).card?.activityId).toBe(posted.activityId);
  });
  it('is told how it ended also after a restart, when it was the card of a question', async () => {
    const other = {
      ...target.user,
      id: asId<UserId>('e5000000-0000-4000-8000-000000000002'),
      userPrincipalName: 'ann2@x.example',
    };
    world.partner.find({
      kind: 'which-user',
      typed: 'Ann Lee',
      customerInferred: false,
      choices: [target, { customer: target.customer, user: other }],
    });
    const asked = await process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId: 'f:question',
      text: 'reset password for Ann Lee at Contoso',
    });
    if (asked.kind !== 'asked') throw new Error(asked.kind);
    await process.resets.rememberQuestionCard(asked.question.id, world.chats.postCard());
    process.power.failSteps('card-posted');
    const chosen = await process.resets.choose(asked.question.id, robin, asked.question.choices[0]?.key ?? '');
    if (chosen.kind === 'taken') await Promise.resolve(chosen.done).catch(() => undefined);
    await world.settle();
    process.power.cut();
    world.boot('second').resets.start();
    await world.pass(20 * minute);
    expect((await world.stands(asked.question.becomes)).state).toBe('expired');
    expect(world.chats.shownCards()).toMatchObject([{ state: 'expired' }]);
  });

  it('holds up no other while its own takes long', async () => {
    world.chats.nextCards({ until: new Promise(() => undefined) });
    const slow = await propose();
    await process.resets.rememberCard(slow.id, world.chats.postCard());
    const pressed = await process.resets.confirm(slow.id, robin, said);
    if (pressed.kind === 'begun') pressed.done.catch(() => undefined);
    await world.settle();
    process.power.failSteps('card-posted');
    const other = await process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId: 'f:other',
      text: 'reset password for Ann Lee at Contoso Bikes',
    });
    if (other.kind !== 'proposed') throw new Error(other.kind);
    const card = world.chats.postCard();
    await process.resets.rememberCard(other.request.id, card);
    process.power.failSteps();
    await world.pass(5 * second);
    expect((await world.stands(other.request.id)).card?.activityId).toBe(card.activityId);
  });
});
