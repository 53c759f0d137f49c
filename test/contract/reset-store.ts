import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ResetRequestId, type UserId } from '../../src/ids.ts';
import type { AuditEntry, AuditKind } from '../../src/reset/audit-entry.ts';
import { makeStep } from '../../src/reset/make-step.ts';
import type { ResetRequest } from '../../src/reset/reset-request.ts';
import type { ResetState } from '../../src/reset/reset-state.ts';
import type { Store } from '../../src/store/open-store.ts';
import { buildFullResetRequest } from '../support/build-full-reset-request.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';

/** One empty database: stores on it, and a hand that reaches past them. */
export type House = {
  openStore(): Promise<Store>;
  /** Runs a statement past the store. */
  tamper(statement: string): Promise<void>;
  remove(): Promise<void>;
};

/** What every store of requests promises. `build` gives an empty database; `now` is an instant that both sides call now. */
export function describeResetStore(build: () => Promise<House>): void {
  const now = Date.now();
  const minute = 60_000;
  let house: House;
  let store: Store;

  beforeEach(async () => {
    house = await build();
    store = await house.openStore();
  });

  afterEach(async () => {
    await store.close();
    await house.remove();
  });

  const numbered = (number: number, given: Partial<ResetRequest> = {}) =>
    buildResetRequest({ id: asId<ResetRequestId>(`request-${number}`), askedBy: `f:activity-${number}`, ...given });
  const add = async (request: ResetRequest) => {
    await expect(store.resets.add(request, entry('proposed'))).resolves.toBe('added');
    return request;
  };
  const step = (before: ResetRequest, change: Partial<ResetRequest>, kind: AuditKind = 'confirmed') =>
    store.resets.swap(before, makeStep(before, change, { at: now, kind, actor: 'robin' }));
  const otherUser = (request: ResetRequest, id: string): ResetRequest['target'] => ({
    ...request.target,
    user: { ...request.target.user, id: asId<UserId>(id) },
  });
  const readTrail = () => store.auditRecords(0, 1000);

  describe('finding', () => {
    it('gives back what was added, every field of it', async () => {
      for (const request of [buildResetRequest(), buildFullResetRequest()]) {
        await add(request);
        await expect(store.resets.find(request.id)).resolves.toStrictEqual(request);
      }
    });

    it('gives back what was swapped in, every field of it', async () => {
      const before = await add(buildResetRequest());
      const after = { ...buildFullResetRequest(), ...idsOf(before), state: 'approved' as const };
      const outcome = await step(before, after);
      expect(outcome.kind).toBe('swapped');
      await expect(store.resets.find(before.id)).resolves.toStrictEqual({ ...after, version: 2 });
    });

    it('gives back undefined again where a step takes something away', async () => {
      const full = await add({ ...buildFullResetRequest(), state: 'needs-attention' });
      const bare = { ...buildResetRequest(), ...idsOf(full), state: 'delivering' as const };
      await step(full, bare);
      await expect(store.resets.find(full.id)).resolves.toStrictEqual({ ...bare, version: 2 });
    });

    it('knows nothing of an id that nobody added', async () => {
      await expect(store.resets.find(asId<ResetRequestId>('nobody'))).resolves.toBeUndefined();
    });

    it('keeps names as they are written in any script', async () => {
      const request = buildResetRequest();
      const name = `Żółć 李 👩‍🔧 O'Brien \\ "quoted" \u2028 end`;
      const user = { ...request.target.user, displayName: name };
      await add({ ...request, target: { ...request.target, user } });
      expect((await store.resets.find(request.id))?.target.user.displayName).toBe(name);
    });

    it.each([
      ['details that lack a field', `update reset_requests set details = '{}'`],
      ['details that are no JSON', `update reset_requests set details = '{'`],
      ['a state that nobody knows', `update reset_requests set state = 'magic'`],
      ['another customer than its details', `update reset_requests set customer_id = 'other'`],
      ['half a sealed password', `update reset_requests set sealed_nonce = 'x'`],
      ['half a lease', `update reset_requests set lease_owner = 'x'`],
    ])('refuses a row with %s', async (_what, statement) => {
      const request = await add(buildResetRequest());
      await house.tamper(statement);
      await expect(store.resets.find(request.id)).rejects.toMatchObject({ name: 'StoreError', code: 'row-unreadable' });
    });
  });

  describe('adding', () => {
    it('takes one activity once, however often it is delivered', async () => {
      const copies = Array.from({ length: 10 }, (_, index) =>
        buildResetRequest({ id: asId<ResetRequestId>(`copy-${index}`) }),
      );
      const outcomes = await Promise.all(copies.map((copy) => store.resets.add(copy, entry('proposed'))));
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
      expect(await readTrail()).toHaveLength(1);
    });

    it('tells the same activity id in two conversations apart', async () => {
      const request = await add(numbered(1));
      await add(numbered(2, { askedBy: request.askedBy, askedIn: { ...request.askedIn, id: 'another' } }));
    });

    it('expires what the same person has proposed for the same user', async () => {
      const first = await add(numbered(1, { lease: { owner: 'one', until: now + minute } }));
      await add(numbered(2));
      await expect(store.resets.find(first.id)).resolves.toStrictEqual({
        ...first,
        version: 2,
        state: 'expired',
        endedAt: now,
        cardIsOwed: true,
        lease: undefined,
        dueAt: now,
      });
      expect((await readTrail()).map((record) => [record.kind, record.requestId, record.stateAfter])).toStrictEqual([
        ['proposed', 'request-1', 'proposed'],
        ['expired', 'request-1', 'expired'],
        ['proposed', 'request-2', 'proposed'],
      ]);
    });

    it('leaves alone what others have proposed, what is for others and what has gone on', async () => {
      const request = numbered(0);
      const others = [
        numbered(1, { technician: { ...request.technician, objectId: asId('somebody-else') } }),
        numbered(2, { technician: { ...request.technician, tenantId: asId('another-tenant') } }),
        numbered(3, { target: otherUser(request, 'another-user') }),
        numbered(4, {
          target: { ...request.target, customer: { ...request.target.customer, id: asId<CustomerId>('another') } },
        }),
        numbered(5, { state: 'cancelled' }),
        numbered(6, { state: 'approved' }),
      ];
      for (const other of others) await add(other);
      await add(request);
      for (const other of others) expect((await store.resets.find(other.id))?.version).toBe(1);
    });

    it('leaves one proposal open when two are made at once', async () => {
      await Promise.all([1, 2, 3, 4].map((number) => add(numbered(number))));
      const found = await Promise.all([1, 2, 3, 4].map((number) => store.resets.find(numbered(number).id)));
      expect(found.filter((request) => request?.state === 'proposed')).toHaveLength(1);
    });

    it('wants a request to begin at version 1', async () => {
      await expect(store.resets.add(buildResetRequest({ version: 2 }), entry('proposed'))).rejects.toThrow('version 1');
    });
  });

  describe('swapping', () => {
    it('lets one of twenty steps at once win, and writes down one', async () => {
      const request = await add(buildResetRequest());
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => step(request, { state: 'approved', endedBy: `click ${index}` })),
      );
      expect(outcomes.map((outcome) => outcome.kind).sort()).toStrictEqual([
        ...Array<string>(19).fill('stale'),
        'swapped',
      ]);
      const winner = outcomes.find((outcome) => outcome.kind === 'swapped');
      await expect(store.resets.find(request.id)).resolves.toStrictEqual(winner?.request);
      expect(await readTrail()).toHaveLength(2);
    });

    it('is stale for whoever has read an older version, and for a request that nobody added', async () => {
      const request = await add(buildResetRequest());
      await step(request, { putOff: 1 });
      await expect(step(request, { state: 'cancelled' })).resolves.toStrictEqual({ kind: 'stale' });
      await expect(step(numbered(9), { state: 'cancelled' })).resolves.toStrictEqual({ kind: 'stale' });
    });

    it.each<[ResetState]>([
      ['awaiting-approval'],
      ['approved'],
      ['message-open'],
      ['sealed'],
      ['resetting'],
      ['reset'],
      ['delivering'],
      ['needs-attention'],
    ])('finds the user busy while another request is %s', async (state) => {
      const busy = await add(numbered(1, { state }));
      const second = await add(numbered(2));
      await expect(step(second, { state: 'approved' })).resolves.toStrictEqual({ kind: 'user-busy' });
      await expect(step(second, { state: 'awaiting-approval' })).resolves.toStrictEqual({ kind: 'user-busy' });
      await expect(store.resets.find(second.id)).resolves.toStrictEqual(second);
      await expect(store.resets.underWay(second.target.customer.id, second.target.user.id)).resolves.toStrictEqual(
        busy,
      );
      expect(await readTrail()).toHaveLength(2);
    });

    it.each<[ResetState]>([['delivered'], ['hidden'], ['refused'], ['cancelled'], ['declined'], ['expired']])(
      'finds the user free while another request is %s',
      async (state) => {
        const other = await add(numbered(1, { state }));
        await expect(store.resets.underWay(other.target.customer.id, other.target.user.id)).resolves.toBeUndefined();
        const second = await add(numbered(2));
        await expect(step(second, { state: 'approved' })).resolves.toMatchObject({ kind: 'swapped' });
      },
    );

    it('lets one of two requests for a user win when both are confirmed at once', async () => {
      const requests = await Promise.all(
        ['ann', 'bea', 'cem'].map((name, index) => {
          const { technician } = buildResetRequest();
          return add(numbered(index, { technician: { ...technician, objectId: asId(name) } }));
        }),
      );
      const outcomes = await Promise.all(requests.map((request) => step(request, { state: 'approved' })));
      expect(outcomes.map((outcome) => outcome.kind).sort()).toStrictEqual(['swapped', 'user-busy', 'user-busy']);
    });

    it('tells whoever is both late and second that they are late', async () => {
      const late = await add(numbered(1));
      await step(late, { state: 'expired' });
      await add(numbered(2, { state: 'approved' }));
      await expect(step(late, { state: 'approved' })).resolves.toStrictEqual({ kind: 'stale' });
    });

    it('makes no step that the states do not know, or that is for somebody else', async () => {
      const before = await add(buildResetRequest());
      const next = { ...before, version: 2 };
      for (const after of [
        { ...next, state: 'delivered' as const },
        { ...next, version: 3 },
        { ...next, version: 1 },
        { ...next, id: asId<ResetRequestId>('other') },
        { ...next, target: otherUser(before, 'other') },
        { ...next, technician: { ...before.technician, objectId: asId<typeof before.technician.objectId>('other') } },
      ]) {
        await expect(store.resets.swap(before, { after, entry: entry('confirmed') })).rejects.toThrow('step');
      }
      await expect(store.resets.find(before.id)).resolves.toStrictEqual(before);
    });
  });

  describe('the trail', () => {
    it('says of every step who did what to which request', async () => {
      const request = await add(buildResetRequest());
      await store.resets.swap(
        request,
        makeStep(
          request,
          { state: 'approved' },
          { at: now, kind: 'confirmed', actor: 'robin', facts: { ticket: 'T-1', roles: 2, fresh: true, note: null } },
        ),
      );
      expect((await readTrail())[1]).toStrictEqual({
        number: 2,
        at: now,
        kind: 'confirmed',
        actor: 'robin',
        instance: 'first',
        requestId: request.id,
        correlationId: request.correlationId,
        operationId: request.operationId,
        customerId: request.target.customer.id,
        userId: request.target.user.id,
        stateBefore: 'proposed',
        stateAfter: 'approved',
        facts: { ticket: 'T-1', roles: 2, fresh: true, note: null },
      });
    });

    it('takes entries about a request that is not changed, and about none', async () => {
      const request = await add(buildResetRequest());
      await store.resets.record(entry('click-refused'), request.id);
      await store.resets.record(entry('question-refused'), undefined);
      const [, refusedClick, refusedQuestion] = await readTrail();
      expect(refusedClick).toMatchObject({ requestId: request.id, stateBefore: 'proposed', stateAfter: 'proposed' });
      expect(refusedQuestion).toMatchObject({ requestId: undefined, stateBefore: undefined, stateAfter: undefined });
      await expect(store.resets.find(request.id)).resolves.toStrictEqual(request);
    });

    it('has one record for each step and numbers without a gap, whoever loses', async () => {
      const outcomes = await Promise.all(
        [1, 2, 3, 4, 5].map(async (number) => {
          const request = numbered(number, { target: otherUser(buildResetRequest(), `user-${number}`) });
          await store.resets.add(request, entry('proposed'));
          const twice = await Promise.all([step(request, { state: 'approved' }), step(request, { putOff: 3 })]);
          return twice.filter((outcome) => outcome.kind === 'swapped').length;
        }),
      );
      expect(outcomes).toStrictEqual([1, 1, 1, 1, 1]);
      expect((await readTrail()).map((record) => record.number)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    it('keeps a step from happening that it cannot take down', async () => {
      const request = await add(buildResetRequest());
      await house.tamper(`insert into audit_records (number, at, kind, actor, instance, facts)
        values (2, 0, 'hidden', 'intruder', 'x', '{}')`);
      await expect(step(request, { state: 'approved' })).rejects.toMatchObject({ code: 'unexpected' });
      await expect(store.resets.add(numbered(2), entry('proposed'))).rejects.toMatchObject({ code: 'unexpected' });
      await expect(store.resets.find(request.id)).resolves.toStrictEqual(request);
      await expect(store.resets.find(numbered(2).id)).resolves.toBeUndefined();
      await house.tamper('delete from audit_records where number = 2');
      await expect(step(request, { state: 'approved' })).resolves.toMatchObject({ kind: 'swapped' });
      expect((await readTrail()).map((record) => record.number)).toStrictEqual([1, 2]);
    });

    it('is read in parts', async () => {
      for (const number of [1, 2, 3]) await add(numbered(number));
      const firstPart = await store.auditRecords(0, 2);
      const secondPart = await store.auditRecords(2, 2);
      expect([firstPart, secondPart].map((part) => part.map((record) => record.number))).toStrictEqual([
        [1, 2],
        [3, 4],
      ]);
    });
  });

  describe('what is due', () => {
    const due = async (atMost = 10) => (await store.resets.due(now, atMost)).map((request) => request.id);
    const addDue = (number: number, dueAt: number | undefined, given: Partial<ResetRequest> = {}) =>
      add(numbered(number, { dueAt, target: otherUser(buildResetRequest(), `user-${number}`), ...given }));

    it('comes with the longest due first, no more than asked for', async () => {
      await addDue(1, now - minute);
      await addDue(2, now - 3 * minute);
      await addDue(3, now - 2 * minute);
      await expect(due()).resolves.toStrictEqual(['request-2', 'request-3', 'request-1']);
      await expect(due(2)).resolves.toStrictEqual(['request-2', 'request-3']);
    });

    it('leaves out what is due later or never', async () => {
      await addDue(1, now + 60 * minute);
      await addDue(2, undefined);
      await expect(due()).resolves.toStrictEqual([]);
    });

    it('leaves out what somebody works on, until their lease has ended', async () => {
      await addDue(1, now - minute, { lease: { owner: 'other', until: now + 60 * minute } });
      await addDue(2, now - minute, { lease: { owner: 'other', until: now - 1 } });
      await expect(due()).resolves.toStrictEqual(['request-2']);
    });
  });

  describe('opening', () => {
    it('finds everything again that was there', async () => {
      const request = await add(buildFullResetRequest());
      await store.close();
      expect(store.isOpen()).toBe(false);
      store = await house.openStore();
      expect(store.isOpen()).toBe(true);
      expect((await store.resets.find(request.id))?.tries).toStrictEqual(request.tries);
      expect(await readTrail()).toHaveLength(1);
      await store.ping();
    });

    it('refuses tables that a newer program has changed', async () => {
      await store.close();
      await house.tamper(`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', 'x')`);
      await expect(house.openStore()).rejects.toMatchObject({ name: 'StoreError', code: 'schema-newer' });
    });
  });

  function entry(kind: AuditKind): AuditEntry {
    return { at: now, kind, actor: 'robin', facts: {} };
  }
}

function idsOf({ id, askedBy, askedIn, technician, target }: ResetRequest) {
  return { id, askedBy, askedIn, technician, target };
}
