import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createResetWorld, robin, said, type Process, type ResetWorld } from '../../support/reset-world.ts';

const second = 1000;
const never = new Promise<void>(() => undefined);

describe('stopping while a reset is under way', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld();
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(async () => {
    expect(await world.readEverySink()).not.toContain('CANARY');
    expect(world.partner.broken).toStrictEqual([]);
    expect(world.chats.broken).toStrictEqual([]);
    await world.close();
  });

  const begin = async () => {
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') confirmed.done.catch(() => undefined);
    await world.settle();
    return id;
  };

  /** Says after how many seconds it had stopped. */
  const stop = async (): Promise<number> => {
    let stopped = false;
    void process.resets.stop().then(() => (stopped = true));
    for (let seconds = 0; seconds <= 10; seconds += 1) {
      await world.settle();
      if (stopped) return seconds;
      await world.pass(second);
    }
    return Infinity;
  };

  it('waits for what is done in a moment, and hands nothing over', async () => {
    let answer = (): void => undefined;
    world.partner.next({ until: new Promise((resolve) => (answer = resolve)) });
    const id = await begin();
    const stopped = stop();
    await world.settle();
    answer();
    expect(await stopped).toBeLessThan(4);
    expect((await world.stands(id)).state).toBe('delivered');
    expect((await world.readTrail()).map(({ kind }) => kind)).not.toContain('handed-over');
  });

  it('gives up a PATCH that hangs, which then counts as unclear, and another sends the same password', async () => {
    world.partner.next({ until: never });
    const id = await begin();
    expect(await stop()).toBeLessThan(6);
    expect(await world.stands(id)).toMatchObject({
      state: 'sealed',
      lease: undefined,
      tries: [{ outcome: 'unknown' }],
    });
    world.boot('second').resets.start();
    await world.pass(5 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.partner.tries).toHaveLength(2);
    expect(new Set(world.partner.tries.map(({ password }) => password)).size).toBe(1);
    expect(new Set(world.partner.tries.map(({ operationId }) => operationId)).size).toBe(1);
  });

  it('leaves a message that hangs to whoever comes when its lease has ended, and is over within eight seconds', async () => {
    world.chats.nextPuts({ until: never });
    const id = await begin();
    expect(await stop()).toBeLessThan(10);
    expect((await world.stands(id)).state).toBe('delivering');
    world.boot('second').resets.start();
    await world.pass(50 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.partner.tries).toHaveLength(1);
  });

  it('begins nothing that is pressed after the end has begun, and hands it over at once', async () => {
    const { id } = await world.ask(process);
    void process.resets.stop();
    await world.pass(5 * second);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect(await world.stands(id)).toMatchObject({ state: 'proposed', lease: undefined });
    expect((await world.readTrail()).at(-1)?.kind).toBe('handed-over');
    world.boot('second').resets.start();
    await world.pass(2 * second);
    expect((await world.stands(id)).state).toBe('delivered');
  });
});
