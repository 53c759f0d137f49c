import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitsForSignIn } from '../../src/reset/waits-for-sign-in.ts';
import { renderWorking } from '../../src/teams/cards/render-working.ts';
import { trouble } from '../support/pretend-partner.ts';
import { createResetWorld, robin, said, type Process, type ResetWorld } from '../support/reset-world.ts';

const minute = 60_000;

describe('a reset while there is no sign-in to Partner Center', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld();
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(async () => {
    expect(world.partner.broken).toStrictEqual([]);
    expect(new Set(world.partner.tries.map((one) => one.password)).size).toBeLessThanOrEqual(1);
    await world.close();
  });

  it.each(['sign-in-failed', 'mfa-required'])(
    'waits once confirmed, and goes on when it is mended: %s',
    async (code) => {
      const { id } = await world.ask(process);
      world.partner.answerLookUp({ kind: 'trouble', trouble: trouble(code) });
      await process.resets.confirm(id, robin, said);
      await world.pass(30 * minute);
      const waiting = await world.stands(id);
      expect([waiting.state, waitsForSignIn(waiting)]).toEqual(['proposed', true]);
      expect(JSON.stringify(renderWorking(waiting))).toContain('resets pause');
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
    world.partner.next('no-sign-in');
    await process.resets.confirm(id, robin, said);
    world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('mfa-required') });
    await world.pass(20 * minute);
    expect(waitsForSignIn(await world.stands(id))).toBe(true);
    process.power.cut();
    const next = world.boot('second');
    next.resets.start();
    world.partner.answerLookUp(undefined);
    await world.pass(3 * minute);
    await expect(world.stands(id)).resolves.toMatchObject({ state: 'delivered' });
    expect(world.made).toHaveLength(1);
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
