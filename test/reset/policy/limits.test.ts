import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/reset/policy/sandbox-policy.ts';
import { createResetWorld, robin, said, sam, type Process, type ResetWorld } from '../../support/reset-world.ts';

const hour = 60 * 60_000;

describe('a limit of resets', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld();
    world.change({ limits: { ...sandboxPolicy.limits, perUserPerDay: 2 } });
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(async () => {
    expect(await world.readEverySink()).not.toContain('CANARY');
    expect(world.partner.broken).toStrictEqual([]);
    expect(world.chats.broken).toStrictEqual([]);
    await world.close();
  });

  /** A whole reset, to the hidden password. */
  const reset = async (by = process) => {
    const { id } = await world.ask(by);
    const confirmation = await by.resets.confirm(id, robin, said);
    if (confirmation.kind === 'begun') await confirmation.done;
    await world.pass(20 * 60_000);
    return { id, confirmation };
  };

  it('ends what is confirmed beyond it as refused, with the limit and when it is possible again', async () => {
    await reset();
    await reset();
    const tries = world.partner.tries.length;
    const { id, confirmation } = await reset();
    expect(confirmation).toMatchObject({ kind: 'as-it-stands', request: { state: 'refused' } });
    const request = await world.stands(id);
    const first = (await world.readTrail()).find(({ kind }) => kind === 'confirmed');
    expect(request).toMatchObject({
      state: 'refused',
      confirmedAt: undefined,
      proof: said,
      cardIsOwed: false,
      refusal: { kind: 'over-limit', limit: 'user', most: 2, againAt: (first?.at ?? 0) + 24 * hour },
    });
    expect(world.partner.tries).toHaveLength(tries);
    expect((await world.readTrail()).filter(({ requestId }) => requestId === id).at(-2)).toMatchObject({
      kind: 'refused',
      facts: { reason: 'over-limit', limit: 'user', most: 2 },
    });
    expect(world.alarms).toStrictEqual([
      {
        kind: 'limit-reached',
        limit: 'user',
        most: 2,
        correlationId: request.correlationId,
        technician: robin.objectId,
        customer: request.target.customer.id,
        user: request.target.user.id,
      },
    ]);
  });

  it('holds for another instance, and is over when the window has passed', async () => {
    await reset();
    await reset();
    const other = world.boot('second');
    other.resets.start();
    expect((await reset(other)).confirmation).toMatchObject({ kind: 'as-it-stands' });
    await world.pass(24 * hour);
    expect((await reset(other)).confirmation).toMatchObject({ kind: 'begun' });
  });

  it('comes after a word on the card of a user who was reset on the same day', async () => {
    expect((await world.ask(process)).resetBefore).toBeUndefined();
    const { id } = await reset();
    const { resetAt } = await world.stands(id);
    expect((await world.ask(process)).resetBefore).toStrictEqual({ at: resetAt, by: robin.name });
    await world.pass(24 * hour);
    expect((await world.ask(process)).resetBefore).toBeUndefined();
  });

  it('does not count what it refused', async () => {
    for (const _ of Array.from({ length: 4 })) await reset();
    await world.pass(23 * hour);
    expect((await reset()).confirmation).toMatchObject({ kind: 'begun' });
  });

  it('raises an alarm when somebody else presses the button', async () => {
    const { id, correlationId } = await world.ask(process);
    await expect(process.resets.confirm(id, sam, said)).resolves.toStrictEqual({ kind: 'not-yours' });
    expect(world.alarms).toMatchObject([{ kind: 'foreign-press', correlationId, technician: sam.objectId }]);
  });
});
