import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/base/ids.ts';
import { waitsForSignIn } from '../../../src/reset/request-status.ts';
import { renderApproval } from '../../../src/teams/cards/approval.ts';
import { renderRequestCard } from '../../../src/teams/cards/confirmation.ts';
import { formatCardTime } from '../../../src/texts/formatting.ts';
import { describeOpenRequest } from '../../../src/texts/open-requests.ts';
import { trouble } from '../../support/pretend-partner.ts';
import { askedIn, type Process, type ResetWorld, robin, said, sam } from '../../support/reset-world.ts';
import { startResetWorld } from '../../support/started-world.ts';

const second = 1000;
const minute = 60_000;
const noProof = { verification: { required: false, methods: [] }, ticket: 'off', needsApproval: false } as const;
const kim = { ...sam, objectId: asId<ObjectId>('c1c00000-0000-4000-8000-000000000003'), teamsUserId: '29:kim' };

describe('a reset while there is no sign-in to Partner Center', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(async () => {
    expect(world.partner.broken).toStrictEqual([]);
    expect(new Set(world.partner.tries.map((one) => one.password)).size).toBeLessThanOrEqual(1);
    await world.close();
  });

  const loseSignInAt = (step: string): void => {
    process.power.onStep(step, () => {
      world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('mfa-required') });
      // What was read at the press does not count any more.
      if (step === 'message-opened') world.clock.advance(5 * second);
    });
  };

  it.each(['sign-in-failed', 'mfa-required'])(
    'waits once confirmed, and goes on when it is mended: %s',
    async (code) => {
      const { id } = await world.ask(process);
      world.partner.answerLookUp({ kind: 'trouble', trouble: trouble(code) });
      await process.resets.confirm(id, robin, said);
      await world.pass(30 * minute);
      const waiting = await world.stands(id);
      expect([waiting.state, waitsForSignIn(waiting)]).toEqual(['proposed', true]);
      expect(JSON.stringify(renderRequestCard(waiting, noProof, waiting.proposedAt))).toContain('resets pause');
      expect(world.partner.tries).toEqual([]);
      world.partner.answerLookUp(undefined);
      await world.pass(2 * minute);
      const { state, putOff } = await world.stands(id);
      expect([state, putOff]).toEqual(['delivered', 0]);
      expect(world.partner.tries).toHaveLength(1);
    },
  );

  it('waits where the sign-in is lost right before the reset, goes on with the same password, over a restart too', async () => {
    const { id } = await world.ask(process);
    loseSignInAt('message-opened');
    await process.resets.confirm(id, robin, said);
    await world.pass(20 * minute);
    const waiting = await world.stands(id);
    expect([waiting.state, waiting.tries, waitsForSignIn(waiting)]).toEqual(['sealed', [], true]);
    process.power.cut();
    const next = world.boot('second');
    next.resets.start();
    world.partner.answerLookUp(undefined);
    await world.pass(3 * minute);
    await expect(world.stands(id)).resolves.toMatchObject({ state: 'delivered' });
    expect(world.made).toHaveLength(1);
  });

  it('waits where Partner Center itself says so, and goes on with the same password', async () => {
    const { id } = await world.ask(process);
    world.partner.next('no-sign-in');
    await process.resets.confirm(id, robin, said);
    await world.pass(3 * minute);
    await expect(world.stands(id)).resolves.toMatchObject({ state: 'delivered' });
    expect([world.made.length, world.partner.tries.length]).toEqual([1, 1]);
  });

  it.each(['confirmed', 'message-opened'])('can be taken back while it waits since it was %s', async (step) => {
    const { id, correlationId } = await world.ask(process);
    loseSignInAt(step);
    await process.resets.confirm(id, robin, said);
    await world.pass(5 * minute);
    const waits = await world.stands(id);
    expect(describeOpenRequest(waits)).toContain('no sign-in to Partner Center just now');
    const card = JSON.stringify(renderRequestCard(waits, noProof, world.clock.now()));
    expect(card).toContain(`Waiting since ${formatCardTime(waits.confirmedAt ?? 0)}: Locksmith has no sign-in`);
    const reference = step === 'message-opened' ? correlationId : undefined;
    await expect(process.resets.close(robin, reference)).resolves.toMatchObject({ kind: 'closed' });
    world.partner.answerLookUp(undefined);
    await world.pass(5 * minute);
    await expect(world.stands(id)).resolves.toMatchObject({ state: 'cancelled', sealedPassword: undefined });
    expect(world.partner.tries).toEqual([]);
    expect([...world.chats.shown(), ...world.chats.shownCards()].map((shown) => shown?.state)).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('says on every card that it waits where a second person has approved it', async () => {
    world.change({ approval: 'always', approvers: [sam, kim].map(({ objectId }) => ({ kind: 'person', objectId })) });
    const { id } = await world.ask(process);
    await process.resets.confirm(id, robin, said);
    await world.pass(5 * minute);
    const { approval } = await world.stands(id);
    const chat = approval?.places[0]?.card?.conversation ?? askedIn;
    world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('mfa-required') });
    const from = world.journal.length;
    await process.resets.decideApproval(id, sam, chat, 'approved');
    await world.pass(20 * minute);
    const puts = world.journal.slice(from).filter((one) => one.startsWith('put'));
    expect(puts.toSorted()).toEqual(['put approval', 'put approval', 'put card']);
    const waiting = await world.stands(id);
    const since = formatCardTime(waiting.approval?.decision?.at ?? 0);
    expect(since).not.toBe(formatCardTime(waiting.confirmedAt ?? 0));
    expect(JSON.stringify(renderApproval(waiting, world.clock.now()))).toContain(`Waiting since ${since}: Locksmith`);
    await expect(process.resets.close(robin, undefined)).resolves.toMatchObject({ kind: 'closed' });
    await world.pass(2000);
    expect(world.chats.shownApprovals()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
  });

  it('ends after an hour with nothing changed', async () => {
    const { id } = await world.ask(process);
    world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('sign-in-failed') });
    await process.resets.confirm(id, robin, said);
    await world.pass(63 * minute);
    await expect(world.stands(id)).resolves.toMatchObject({ state: 'refused', refusal: { kind: 'too-old' } });
    expect(world.partner.tries).toEqual([]);
  });

  it('is refused at once for any other trouble', async () => {
    const { id } = await world.ask(process);
    world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('service-fault') });
    await process.resets.confirm(id, robin, said);
    await world.settle();
    await expect(world.stands(id)).resolves.toMatchObject({ state: 'refused', refusal: { kind: 'partner-center' } });
  });
});
