import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askedIn, type Process, type ResetWorld, robin, said, sam } from '../../../support/reset-world.ts';
import { startResetWorld } from '../../../support/started-world.ts';

const second = 1000;

describe.each(['message', 'reveal'] as const)('the same user, reset twice, with delivery %s', (delivery) => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld({ delivery }));
  });

  afterEach(async () => {
    expect(world.partner.broken).toStrictEqual([]);
    expect(world.chats.broken).toStrictEqual([]);
    await world.close();
  });

  const reset = async (technician = robin) => {
    const { id } = await world.ask(process, technician, askedIn);
    const pressed = await process.resets.confirm(id, technician, said);
    expect(pressed.kind).toBe('begun');
    await world.settle();
    return id;
  };
  const kindsOf = async (id: string) =>
    (await world.readTrail()).filter(({ requestId }) => requestId === id).map(({ kind }) => kind);

  it('hides the older password at once, though somebody else asked for the newer one', async () => {
    const older = await reset();
    await world.pass(5 * second);
    const newer = await reset(sam);
    await world.pass(3 * second);
    const { resetAt } = await world.stands(newer);
    expect(await world.stands(older)).toMatchObject({
      state: 'hidden',
      replacedAt: resetAt,
      sealedPassword: undefined,
    });
    expect(await world.stands(newer)).toMatchObject({ state: 'delivered' });
    expect((await world.stands(newer)).replacedAt).toBeUndefined();
    expect((await kindsOf(older)).slice(-2)).toStrictEqual(['replaced', 'hidden']);
    const inForce = delivery === 'message' ? world.partner.passwordInForce : undefined;
    expect(world.chats.shown().map((one) => one?.password)).toStrictEqual([undefined, inForce]);
  });

  it('no longer lists the older one, even while the chat does not take the update', async () => {
    const older = await reset();
    world.chats.nextPuts('done', 'done');
    const newer = await reset();
    world.chats.nextPuts('refused', 'refused', 'refused');
    await world.pass(2 * second);
    const { requests, withheld } = await process.resets.unfinished(robin);
    expect(requests.map(({ id }) => id)).toStrictEqual([newer]);
    expect(withheld).toBe(0);
    expect((await world.stands(older)).replacedAt).toBeDefined();
  });

  it('does not give the older password to a press that comes before it is hidden', async () => {
    const older = await reset();
    await reset();
    const pressed = await process.resets.reveal(older, robin);
    expect(pressed.kind).toBe('as-it-stands');
  });

  it('hides the older password after the death of the process that set the newer one', async () => {
    const older = await reset();
    const { id } = await world.ask(process, robin, askedIn);
    process.power.onStep('try-ended', () => {
      process.power.cut();
    });
    void process.resets.confirm(id, robin, said).catch(() => undefined);
    await world.settle();
    expect((await world.stands(older)).replacedAt).toBeUndefined();
    const next = world.boot('second');
    next.resets.start();
    await world.pass(60 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
    expect(await world.stands(older)).toMatchObject({ state: 'hidden' });
    expect((await world.stands(older)).replacedAt).toBeDefined();
  });

  it('lets the older password stand while the newer reset is refused', async () => {
    const older = await reset();
    world.partner.next('refused');
    await reset();
    await world.pass(2 * second);
    expect(await world.stands(older)).toMatchObject({ state: 'delivered' });
    expect((await world.stands(older)).replacedAt).toBeUndefined();
  });
});
