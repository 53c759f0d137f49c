import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ResetRequestId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import { createPrivateFactsMemory, type PrivateFacts } from '../../src/reset/private-facts.ts';
import { buildGraphFinding } from '../support/graph-findings.ts';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said } from '../support/reset-world.ts';

const minute = 60_000;

describe('private facts in memory', () => {
  it('are gone when they are forgotten, and when the time to confirm is over', () => {
    let now = 1000;
    const memory = createPrivateFactsMemory({ now: () => now });
    const facts: PrivateFacts = { lastPasswordChange: 1, methods: [], numbers: [] };
    const [one, two] = [asId<ResetRequestId>('one'), asId<ResetRequestId>('two')];
    memory.keep(one, facts, 2000);
    memory.keep(two, facts, 3000);
    expect(memory.of(one)).toBe(facts);
    memory.forget(one);
    expect(memory.of(one)).toBeUndefined();
    now = 3000;
    expect(memory.of(two)).toBeUndefined();
    memory.forgetEnded();
    now = 2000;
    expect(memory.of(two)).toBeUndefined();
  });
});

describe('a reset of somebody of whom Microsoft Graph tells', () => {
  const number = '+31 20 000 0147';
  const finding = buildGraphFinding(
    { isBlocked: true, numbers: [new Secret(number)], lastPasswordChange: 1_700_000_000_123 },
    {
      methods: { kind: 'read', value: ['passkey'] },
      eligibleRoles: { kind: 'read', value: [{ id: 'r', name: 'Exchange Administrator', by: 'eligible' }] },
    },
  );
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld({ policy: { approval: 'never' } });
    process = world.boot('first');
    process.resets.start();
    world.partner.tellGraph(finding);
  });

  afterEach(() => world.close());

  const kept = (id: ResetRequestId) => world.privateFacts.of(id);
  const group = { ...askedIn, id: '19:group@thread.v2', kind: 'group-chat' } as const;
  const askInGroup = () => world.ask(process, robin, group);

  it('asks Graph wherever Partner Center is asked about the person, and nowhere else', async () => {
    world.partner.tellGraph(buildGraphFinding());
    const { id } = await world.ask(process);
    await process.resets.confirm(id, robin, said);
    await world.pass(30_000);
    const asked = world.journal.filter((what) => what === 'graph' || what === 'look-up');
    // Before the card and at the press; what was read at the press counts for the PATCH right after it.
    expect([asked.slice(0, 2).toSorted(), asked.slice(2).toSorted()]).toEqual([
      ['graph', 'look-up'],
      ['graph', 'look-up'],
    ]);
    expect((await world.stands(id)).state).toBe('delivered');
  });

  it('keeps what is private until the press, and no longer', async () => {
    const { id } = await askInGroup();
    expect(kept(id)?.methods).toEqual(['passkey']);
    await process.resets.confirm(id, robin, said);
    expect(kept(id)).toBeUndefined();
  });

  it('keeps it until it is cancelled, or until its time is over', async () => {
    const { id } = await askInGroup();
    await process.resets.cancel(id, robin);
    expect(kept(id)).toBeUndefined();
    const second = await askInGroup();
    await world.pass(11 * minute);
    expect(kept(second.id)).toBeUndefined();
  });

  it('keeps it in no row, no record and no log, and the kind of power alone in the trail', async () => {
    const { id } = await askInGroup();
    await process.resets.confirm(id, robin, said);
    await world.pass(2 * minute);
    const everything = await world.readEverySink();
    for (const secret of [number, '0147', 'passkey', '1700000000123']) expect(everything).not.toContain(secret);
    const proposed = (await world.readTrail()).find(({ kind }) => kind === 'proposed');
    expect(proposed?.facts).toMatchObject({ protection: 'eligible blocked' });
    expect(JSON.stringify(await world.readTrail())).not.toContain('Exchange Administrator');
  });

  it('tells it in the own chat of whoever asks among others', async () => {
    const { id } = await askInGroup();
    expect(world.chats.privateDetails).toEqual([
      { request: id, told: expect.objectContaining({ methods: ['passkey'] }) },
    ]);
  });
});
