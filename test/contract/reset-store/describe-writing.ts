import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ObjectId, type ResetRequestId, type TenantId } from '../../../src/base/ids.ts';
import type { Limit, LimitKind } from '../../../src/reset/policy/policy.ts';
import type { ResetStore } from '../../../src/reset/ports/request-store.ts';
import { makeReference } from '../../../src/reset/reference.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { ResetState } from '../../../src/reset/states.ts';
import { joinSteps, makeStep, type Step } from '../../../src/reset/step.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const minute = 60_000;

/** How every store takes requests. */
export function describeAdding(bench: StoreBench): void {
  describe('adding', () => {
    it('takes one activity once, however often it is delivered', async () => {
      const copies = Array.from({ length: 10 }, (_, index) =>
        buildResetRequest({ id: asId<ResetRequestId>(`copy-${index}`) }),
      );
      const outcomes = await Promise.all(copies.map((copy) => bench.store().resets.add(copy, bench.entry('proposed'))));
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
      expect(await bench.readTrail()).toHaveLength(1);
    });

    it('tells the same activity id in two conversations apart', async () => {
      const request = await bench.add(buildNumberedRequest(1));
      await bench.add(
        buildNumberedRequest(2, { askedBy: request.askedBy, askedIn: { ...request.askedIn, id: 'another' } }),
      );
    });

    it('gives each request a reference of its own, which it keeps', async () => {
      const ids = [1, 2, 3].map((number) => buildNumberedRequest(number).id);
      for (const number of [1, 2, 3]) await bench.add(buildNumberedRequest(number));
      const references = await bench.store().resets.references(ids);
      expect([...references]).toStrictEqual(ids.map((id) => [id, makeReference(id)]));
    });

    it('gives another reference where the first one is taken', async () => {
      const { id } = await bench.add(buildNumberedRequest(1));
      const next = buildNumberedRequest(2, { target: retarget(buildNumberedRequest(2), 'another-user') });
      await bench.house().run(`update reset_requests set reference = '${makeReference(next.id)}' where id = '${id}'`);
      await bench.add(next);
      const references = await bench.store().resets.references([next.id]);
      expect(references.get(next.id)).toBe(makeReference(next.id, 1));
    });

    it('refuses a request whose reference is that of another, and does not speak of it', async () => {
      const { id } = await bench.add(buildNumberedRequest(1));
      await bench.house().run(`update reset_requests set reference = 'K7QM-3XWD' where id = '${id}'`);
      await expect(bench.store().resets.find(id)).rejects.toMatchObject({ code: 'row-altered' });
      const references = await bench.store().resets.references([id]);
      expect(references.get(id)).toBe(makeReference(id));
    });

    it('expires what the same person has proposed for the same user', async () => {
      const first = await bench.add(buildNumberedRequest(1, { lease: { owner: 'one', until: bench.now + minute } }));
      await bench.add(buildNumberedRequest(2));
      await expect(bench.store().resets.find(first.id)).resolves.toStrictEqual({
        ...first,
        version: 2,
        state: 'expired',
        endedAt: bench.now,
        cardIsOwed: true,
        lease: undefined,
        dueAt: bench.now,
      });
      expect(
        (await bench.readTrail()).map((record) => [record.kind, record.requestId, record.stateAfter]),
      ).toStrictEqual([
        ['proposed', 'request-1', 'proposed'],
        ['expired', 'request-1', 'expired'],
        ['proposed', 'request-2', 'proposed'],
      ]);
    });

    it('leaves alone what others have proposed, what is for others and what has gone on', async () => {
      const request = buildNumberedRequest(0);
      const others = [
        buildNumberedRequest(1, { technician: { ...request.technician, objectId: asId('somebody-else') } }),
        buildNumberedRequest(2, { technician: { ...request.technician, tenantId: asId('another-tenant') } }),
        buildNumberedRequest(3, { target: retarget(request, 'another-user') }),
        buildNumberedRequest(4, {
          target: { ...request.target, customer: { ...request.target.customer, id: asId<CustomerId>('another') } },
        }),
        buildNumberedRequest(5, { state: 'cancelled' }),
        buildNumberedRequest(6, { state: 'approved' }),
      ];
      for (const other of others) await bench.add(other);
      await bench.add(request);
      for (const other of others) expect((await bench.store().resets.find(other.id))?.version).toBe(1);
    });

    it('leaves one proposal open when two are made at once', async () => {
      await Promise.all([1, 2, 3, 4].map((number) => bench.add(buildNumberedRequest(number))));
      const found = await Promise.all(
        [1, 2, 3, 4].map((number) => bench.store().resets.find(buildNumberedRequest(number).id)),
      );
      expect(found.filter((request) => request?.state === 'proposed')).toHaveLength(1);
    });

    it('wants a request to begin at version 1', async () => {
      await expect(
        bench.store().resets.add(buildResetRequest({ version: 2 }), bench.entry('proposed')),
      ).rejects.toThrow('version 1');
    });
  });
}

/** How every store swaps one version for the next. */
export function describeSwapping(bench: StoreBench): void {
  describe('swapping', () => {
    it('lets one of twenty steps at once win, and writes down one', async () => {
      const request = await bench.add(buildResetRequest());
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => bench.step(request, { state: 'approved', endedBy: `click ${index}` })),
      );
      expect(outcomes.map((outcome) => outcome.kind).sort()).toStrictEqual([
        ...Array<string>(19).fill('stale'),
        'swapped',
      ]);
      const winner = outcomes.find((outcome) => outcome.kind === 'swapped');
      await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(winner?.request);
      expect(await bench.readTrail()).toHaveLength(2);
    });

    it('is stale for whoever has read an older version, and for a request that nobody added', async () => {
      const request = await bench.add(buildResetRequest());
      await bench.step(request, { putOff: 1 });
      await expect(bench.step(request, { state: 'cancelled' })).resolves.toStrictEqual({ kind: 'stale' });
      await expect(bench.step(buildNumberedRequest(9), { state: 'cancelled' })).resolves.toStrictEqual({
        kind: 'stale',
      });
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
      const busy = await bench.add(buildNumberedRequest(1, { state }));
      const second = await bench.add(buildNumberedRequest(2));
      await expect(bench.step(second, { state: 'approved' })).resolves.toStrictEqual({ kind: 'user-busy' });
      await expect(bench.step(second, { state: 'awaiting-approval' })).resolves.toStrictEqual({ kind: 'user-busy' });
      await expect(bench.store().resets.find(second.id)).resolves.toStrictEqual(second);
      await expect(
        bench.store().resets.underWay(second.target.customer.id, second.target.user.id),
      ).resolves.toStrictEqual(busy);
      expect(await bench.readTrail()).toHaveLength(2);
    });

    it.each<[ResetState]>([['delivered'], ['hidden'], ['refused'], ['cancelled'], ['declined'], ['expired']])(
      'finds the user free while another request is %s',
      async (state) => {
        const other = await bench.add(buildNumberedRequest(1, { state }));
        await expect(
          bench.store().resets.underWay(other.target.customer.id, other.target.user.id),
        ).resolves.toBeUndefined();
        const second = await bench.add(buildNumberedRequest(2));
        await expect(bench.step(second, { state: 'approved' })).resolves.toMatchObject({ kind: 'swapped' });
      },
    );

    it('lets one of two requests for a user win when both are confirmed at once', async () => {
      const requests = await Promise.all(
        ['ann', 'bea', 'cem'].map((name, index) => {
          const { technician } = buildResetRequest();
          return bench.add(buildNumberedRequest(index, { technician: { ...technician, objectId: asId(name) } }));
        }),
      );
      const outcomes = await Promise.all(requests.map((request) => bench.step(request, { state: 'approved' })));
      expect(outcomes.map((outcome) => outcome.kind).sort()).toStrictEqual(['swapped', 'user-busy', 'user-busy']);
    });

    it('tells whoever is both late and second that they are late', async () => {
      const late = await bench.add(buildNumberedRequest(1));
      await bench.step(late, { state: 'expired' });
      await bench.add(buildNumberedRequest(2, { state: 'approved' }));
      await expect(bench.step(late, { state: 'approved' })).resolves.toStrictEqual({ kind: 'stale' });
    });

    it('makes no step that the states do not know, or that is for somebody else', async () => {
      const before = await bench.add(buildResetRequest());
      const next = { ...before, version: 2 };
      for (const after of [
        { ...next, state: 'delivered' as const },
        { ...next, version: 3 },
        { ...next, version: 1 },
        { ...next, id: asId<ResetRequestId>('other') },
        { ...next, target: retarget(before, 'other') },
        { ...next, technician: { ...before.technician, objectId: asId<typeof before.technician.objectId>('other') } },
      ]) {
        await expect(bench.store().resets.swap(before, { after, entry: bench.entry('confirmed') })).rejects.toThrow(
          'step',
        );
      }
      await expect(bench.store().resets.find(before.id)).resolves.toStrictEqual(before);
    });

    describe('writes joined steps in one commit', () => {
      const join = (before: ResetRequest, first: ResetState, ...more: readonly ResetState[]): Step => {
        const stepTo = (from: ResetRequest, state: ResetState): Step =>
          makeStep(from, { state }, { at: bench.now, kind: 'approved', actor: 'robin' });
        return more.reduce((step, state) => joinSteps(step, stepTo(step.after, state)), stepTo(before, first));
      };

      it('the row at its last version, and a record of each version in order', async () => {
        const before = await bench.add(buildResetRequest());
        const step = join(before, 'approved', 'message-open', 'sealed');
        await expect(bench.store().resets.swap(before, step)).resolves.toMatchObject({
          kind: 'swapped',
          request: { version: 4, state: 'sealed' },
        });
        await expect(bench.store().resets.find(before.id)).resolves.toStrictEqual(step.after);
        const trail = (await bench.readTrail(1)).map((record) => [record.stateBefore, record.stateAfter]);
        expect(trail).toEqual([
          ['proposed', 'approved'],
          ['approved', 'message-open'],
          ['message-open', 'sealed'],
        ]);
      });

      it('or none of them: where the row has changed, a freeze is in force, or the user is under way', async () => {
        const { freezes, resets } = bench.store();
        const freeze = { customer: undefined, by: robin, at: bench.now };
        await freezes.add(freeze, bench.entry('frozen'), () => {
          throw new Error('nothing is there yet');
        });
        const before = await bench.add(buildResetRequest());
        const step = join(before, 'approved', 'message-open', 'refused');
        const late = { ...before, version: 7 };
        await expect(resets.swap(late, join(late, 'approved'))).resolves.toEqual({ kind: 'stale' });
        await expect(resets.swap(before, step)).resolves.toMatchObject({ kind: 'frozen' });
        await freezes.lift(freeze, bench.entry('thawed'));
        const objectId = asId<ObjectId>('somebody-else');
        const other = await bench.add(buildNumberedRequest(2, { technician: { ...robin, objectId } }));
        await bench.step(other, { state: 'approved' });
        await expect(resets.swap(before, step)).resolves.toEqual({ kind: 'user-busy' });
        await expect(resets.find(before.id)).resolves.toStrictEqual(before);
      });

      it('only where each follows from the one before', async () => {
        const before = await bench.add(buildResetRequest());
        const first = join(before, 'approved');
        expect(() => joinSteps(first, join(before, 'approved'))).toThrow('step');
        const skipping = { ...join(before, 'approved', 'message-open', 'sealed'), earlier: first.earlier };
        await expect(bench.store().resets.swap(before, skipping)).rejects.toThrow('step');
        await expect(bench.store().resets.find(before.id)).resolves.toStrictEqual(before);
      });
    });
  });
}

const hour = 60 * 60_000;
const { technician: robin, target } = buildResetRequest();
const elsewhere = { ...target.customer, id: asId<typeof target.customer.id>('c5000000-0000-4000-8000-000000000009') };

/** How every store keeps confirmations within their limits. */
export function describeLimits(bench: StoreBench): void {
  const limit = (kind: LimitKind, most: number): Limit => ({ kind, most, windowMilliseconds: hour });
  const confirm = (resets: ResetStore, request: ResetRequest, within: readonly Limit[], at = bench.now) =>
    resets.swap(request, {
      ...makeStep(request, { confirmedAt: at }, { at, kind: 'confirmed', actor: 'robin' }),
      within,
    });
  /** For a user of its own each, so that no two of them are in each other's way. */
  const proposed = (number: number, given: Partial<ResetRequest> = {}) =>
    bench.add(buildNumberedRequest(number, { target: retarget(buildResetRequest(), `user-${number}`), ...given }));

  describe('limits', () => {
    it('let two of twenty confirmations at once through where two are left, and change nothing for the others', async () => {
      const requests = await Promise.all(Array.from({ length: 20 }, (_, index) => proposed(index)));
      const within = [limit('technician', 2)];
      const second = (await bench.openSecond()) ?? bench.store();
      const outcomes = await Promise.all(
        requests.map((request, index) => confirm((index % 2 === 0 ? bench.store() : second).resets, request, within)),
      );
      if (second !== bench.store()) await second.close();
      expect(outcomes.filter(({ kind }) => kind === 'swapped')).toHaveLength(2);
      expect(outcomes.filter(({ kind }) => kind === 'over-limit')).toHaveLength(18);
      const found = await Promise.all(requests.map(({ id }) => bench.store().resets.find(id)));
      expect(found.filter((request) => request?.version === 1)).toHaveLength(18);
      expect(await bench.readTrail()).toHaveLength(22);
    });

    it('are remembered after a restart', async () => {
      await confirm(bench.store().resets, await proposed(1), [limit('overall', 1)]);
      await bench.store().close();
      await bench.reopen();
      await expect(confirm(bench.store().resets, await proposed(2), [limit('overall', 1)])).resolves.toMatchObject({
        kind: 'over-limit',
      });
    });

    it('are windows that slide: there is room when the oldest that counts has left, and it is said when', async () => {
      await confirm(bench.store().resets, await proposed(1), [], bench.now - hour + 5);
      await confirm(bench.store().resets, await proposed(2), [], bench.now - 10);
      const third = await proposed(3);
      const within = [limit('overall', 2)];
      await expect(confirm(bench.store().resets, third, within)).resolves.toEqual({
        kind: 'over-limit',
        limit: within[0],
        againAt: bench.now + 5,
      });
      await expect(confirm(bench.store().resets, third, within, bench.now + 4)).resolves.toMatchObject({
        kind: 'over-limit',
      });
      await expect(confirm(bench.store().resets, third, within, bench.now + 5)).resolves.toMatchObject({
        kind: 'swapped',
      });
    });

    it.each<[LimitKind, string, Partial<ResetRequest>, 'swapped' | 'over-limit']>([
      ['overall', 'anybody at any customer', { technician: someoneElse(), target: at(elsewhere) }, 'over-limit'],
      ['technician', 'the same person at another customer', { target: at(elsewhere) }, 'over-limit'],
      ['technician', 'somebody else', { technician: someoneElse() }, 'swapped'],
      ['technician', 'the same id of another tenant', { technician: ofOtherTenant() }, 'swapped'],
      ['customer', 'somebody else at the same customer', { technician: someoneElse() }, 'over-limit'],
      ['customer', 'the same person at another customer', { target: at(elsewhere) }, 'swapped'],
      ['user', 'the same user, asked for by somebody else', { technician: someoneElse(), target }, 'over-limit'],
      ['user', 'another user of the same customer', {}, 'swapped'],
      [
        'user',
        'a user with the same id at another customer',
        { target: { ...target, customer: elsewhere } },
        'swapped',
      ],
    ])('of kind %s: after one confirmation, %s is %s', async (kind, _whose, given, outcome) => {
      await confirm(bench.store().resets, await proposed(1, { target }), []);
      const second = await proposed(2, given);
      await expect(confirm(bench.store().resets, second, [limit(kind, 1)])).resolves.toMatchObject({ kind: outcome });
    });

    it('count what was confirmed whatever became of it, and nothing that was not confirmed', async () => {
      await proposed(1, { state: 'refused' });
      await proposed(2);
      await proposed(3, { state: 'refused', confirmedAt: bench.now });
      const next = await proposed(4);
      await expect(confirm(bench.store().resets, next, [limit('overall', 1)])).resolves.toMatchObject({
        kind: 'over-limit',
      });
      await expect(confirm(bench.store().resets, next, [limit('overall', 2)])).resolves.toMatchObject({
        kind: 'swapped',
      });
    });

    it('name the one that keeps it out the longest where several are reached', async () => {
      await confirm(bench.store().resets, await proposed(1), [], bench.now - 1000);
      const within: readonly Limit[] = [
        limit('technician', 1),
        { kind: 'user', most: 5, windowMilliseconds: 24 * hour },
        { kind: 'customer', most: 1, windowMilliseconds: 2 * hour },
        limit('overall', 1),
      ];
      await expect(confirm(bench.store().resets, await proposed(2), within)).resolves.toEqual({
        kind: 'over-limit',
        limit: within[2],
        againAt: bench.now - 1000 + 2 * hour,
      });
    });

    it('tell whoever comes late that they are late', async () => {
      const late = await proposed(1);
      await confirm(bench.store().resets, late, []);
      await expect(confirm(bench.store().resets, late, [limit('overall', 1)])).resolves.toEqual({ kind: 'stale' });
    });
  });
}

function someoneElse(): ResetRequest['technician'] {
  return { ...robin, objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002') };
}

function ofOtherTenant(): ResetRequest['technician'] {
  return { ...robin, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') };
}

function at(customer: typeof target.customer): ResetRequest['target'] {
  return { customer, user: { ...target.user, id: asId<typeof target.user.id>('user-at-another-customer') } };
}
