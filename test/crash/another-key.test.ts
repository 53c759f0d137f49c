import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResetRequestId } from '../../src/base/ids.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said } from '../support/reset-world.ts';
import { closeUnbroken } from '../support/started-world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What a request may not go through because an instance lacks the key it is sealed with. */
const spoiled = new Set(['refused', 'needs-attention', 'delivery-put-off', 'given-up', 'hidden', 'hiding-put-off']);

function describeRotation(address: () => Promise<string | undefined>): void {
  let world: ResetWorld;
  let behind: Process;

  const open = async (delivery: 'message' | 'reveal' = 'message'): Promise<void> => {
    world = await createResetWorld({ delivery, postgres: await address() });
    behind = world.boot('behind', ['old']);
  };
  beforeEach(() => open());

  afterEach(async () => {
    expect(new Set(world.partner.tries.map((one) => one.password)).size).toBeLessThanOrEqual(1);
    await closeUnbroken(world);
  });

  /** A reset whose process seals with the new key, and dies right after that step; the one behind goes on then. */
  const dieAt = async (step: string): Promise<ResetRequestId> => {
    const ahead = world.boot('ahead', ['new', 'old']);
    const { id } = await world.ask(ahead);
    ahead.power.onStep(step, () => {
      ahead.power.cut();
    });
    void ahead.resets.confirm(id, robin, said);
    await world.settle();
    behind.resets.start();
    return id;
  };
  const startAhead = (): void => {
    world.boot('ahead-again', ['new', 'old']).resets.start();
  };
  const missing = () => world.alarms.filter(({ kind }) => kind === 'sealing-key-missing');

  it.each(['sealed', 'try-started', 'try-ended', 'delivery-begun'])(
    'an instance without it leaves alone what died at %s, and one that has it brings the one password',
    async (step) => {
      const id = await dieAt(step);
      const tries = world.partner.tries.length;
      await world.pass(3 * minute);
      const left = await world.stands(id);
      expect(world.journal.filter((made) => spoiled.has(made))).toEqual([]);
      expect(left.lease?.owner).not.toBe('behind');
      expect(left.attention).toBeUndefined();
      expect(world.partner.tries).toHaveLength(tries);
      startAhead();
      await world.pass(20 * second);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: undefined, refusal: undefined });
      expect(world.chats.shown()).toMatchObject([{ password: world.partner.passwordInForce }]);
    },
  );

  it('is an alarm once, and a line with the correlation id now and then', async () => {
    const id = await dieAt('sealed');
    await world.pass(5 * minute);
    const { correlationId, sealedPassword } = await world.stands(id);
    expect(missing()).toEqual([{ kind: 'sealing-key-missing', keyId: sealedPassword?.keyId }]);
    const lines = world.logged.filter((line) => line.includes('"seal-key-missing"'));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.length).toBeLessThan(20);
    expect(lines.every((line) => line.includes(correlationId))).toBe(true);
  });

  it('keeps no time limit from ending what nobody can go on with: sealed, and its try begun in the same step', async () => {
    const id = await dieAt('sealed');
    await world.pass(hour + 5 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'needs-attention', attention: { kind: 'unclear' } });
  });

  it('keeps no time limit from ending what nobody can go on with: a try without an answer, then eight hours', async () => {
    const id = await dieAt('try-started');
    await world.pass(20 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'needs-attention', attention: { kind: 'unclear' } });
    await world.pass(8 * hour);
    expect((await world.stands(id)).sealedPassword).toBeDefined();
    await world.pass(hour);
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined, dueAt: undefined });
    expect(world.alarms.at(-1)).toMatchObject({ kind: 'given-up', why: 'undelivered' });
  });

  it('is still brought by whoever has the key while its time runs', async () => {
    const id = await dieAt('try-started');
    await world.pass(7 * hour);
    startAhead();
    await world.pass(minute);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    expect(world.chats.delivered).toHaveLength(1);
  });

  it('keeps a set password for eight hours, and then says that nobody could bring it', async () => {
    const id = await dieAt('delivery-begun');
    await world.pass(8 * hour + 15 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'delivering' });
    await world.pass(hour);
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', sealedPassword: undefined });
  });

  it('is brought at once by whoever has the key when its person writes to an instance without it', async () => {
    const ahead = world.boot('ahead', ['new', 'old']);
    ahead.resets.start();
    const { id } = await world.ask(ahead);
    world.chats.nextPuts(...Array<'refused'>(7).fill('refused'));
    await ahead.resets.confirm(id, robin, said);
    await world.pass(70 * second);
    expect((await world.stands(id)).state).toBe('delivering');
    behind.resets.onUserMessage(robin, askedIn);
    await world.pass(2 * second);
    expect((await world.stands(id)).state).toBe('delivered');
  });

  it('is not closed by an instance without it, which could not try it once more', async () => {
    const id = await dieAt('try-started');
    await world.pass(20 * minute);
    const { correlationId } = await world.stands(id);
    expect((await behind.resets.close(robin, correlationId)).kind).toBe('under-way');
    expect((await world.stands(id)).sealedPassword).toBeDefined();
  });

  it('keeps an instance without it from showing the password, which tells the person to press again', async () => {
    await world.close();
    await open('reveal');
    const ahead = world.boot('ahead', ['new', 'old']);
    const { id } = await world.ask(ahead);
    await ahead.resets.confirm(id, robin, said);
    await world.settle();
    const { version, correlationId } = await world.stands(id);
    expect((await behind.resets.reveal(id, robin)).kind).toBe('not-here');
    expect((await world.stands(id)).version).toBe(version);
    expect(missing()).toHaveLength(1);
    expect(world.logged.some((line) => line.includes('"seal-key-missing"') && line.includes(correlationId))).toBe(true);
    expect((await ahead.resets.reveal(id, robin)).kind).toBe('revealed');
  });
}

describe('a sealing key that only some instances have, on SQLite', () => {
  describeRotation(() => Promise.resolve(undefined));
});

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'a sealing key that only some instances have, on PostgreSQL']
    : [describe.skip, `a sealing key that only some instances have, on PostgreSQL (skipped: ${programs.why})`];

suite(name, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  describeRotation(() => server.createDatabase());
});
