import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ObjectId, type ResetRequestId, type TenantId } from '../../../src/base/ids.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { type ResetState, states as table, statesWhere } from '../../../src/reset/states.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import { signAnew } from '../../support/sign-anew.ts';
import type { StoreBench } from './store-bench.ts';

/** How every store finds requests again as they were written. */
export function describeFinding(bench: StoreBench): void {
  describe('finding', () => {
    it('gives back what was added, every field of it', async () => {
      for (const request of [buildResetRequest(), buildFullResetRequest()]) {
        await bench.add(request);
        await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(request);
      }
    });

    it('gives back what was swapped in, every field of it', async () => {
      const before = await bench.add(buildResetRequest());
      const after = { ...buildFullResetRequest(), ...idsOf(before), state: 'approved' as const };
      const outcome = await bench.step(before, after);
      expect(outcome.kind).toBe('swapped');
      await expect(bench.store().resets.find(before.id)).resolves.toStrictEqual({ ...after, version: 2 });
    });

    it('gives back undefined again where a step takes something away', async () => {
      const full = await bench.add({ ...buildFullResetRequest(), state: 'needs-attention' });
      const {
        stated,
        outsiders,
        replaces,
        doubtedAt,
        signOut,
        accessPass,
        messageOwed,
        ticketFacts,
        writeBack,
        replacedAt,
        latePut,
      } = full;
      // A pass is erased with the password.
      const erased = accessPass && { ...accessPass, sealed: undefined };
      const followUps = { signOut, accessPass: erased, messageOwed, writeBack };
      const kept = { stated, outsiders, replaces, doubtedAt, ...followUps, ticketFacts, replacedAt, latePut };
      const bare = { ...buildResetRequest(), ...idsOf(full), ...kept, state: 'delivering' as const };
      await bench.step(full, bare);
      await expect(bench.store().resets.find(full.id)).resolves.toStrictEqual({ ...bare, version: 2 });
    });

    it('keeps the sentences of a row that an older version wrote, through every swap', async () => {
      const { refusal } = buildFullResetRequest();
      const trouble = { code: 'timed-out', httpStatus: 504, partnerCode: null, says: 'No answer.', next: 'Wait.' };
      const before = await bench.add({ ...buildFullResetRequest(), refusal, attention: undefined, state: 'approved' });
      await bench
        .house()
        .tamper(
          `update reset_requests set details = replace(details, '"attention":null', '"attention":${JSON.stringify({ kind: 'unclear', trouble })}')`,
        );
      await signAnew(bench.house().url);
      const found = await bench.store().resets.find(before.id);
      const read = {
        code: 'timed-out',
        signInCode: undefined,
        httpStatus: 504,
        partnerCode: undefined,
        storedWording: { problem: 'No answer.', advice: 'Wait.' },
      };
      expect(found?.attention).toStrictEqual({ kind: 'unclear', trouble: read });
      if (found === undefined) return;
      await bench.step(found, { ...found, state: 'message-open' });
      const swapped = await bench.store().resets.find(before.id);
      expect(swapped?.version).toBe(2);
      expect(swapped?.attention).toStrictEqual({ kind: 'unclear', trouble: read });
    });

    it('knows nothing of an id that nobody added', async () => {
      await expect(bench.store().resets.find(asId<ResetRequestId>('nobody'))).resolves.toBeUndefined();
    });

    it('keeps names as they are written in any script', async () => {
      const request = buildResetRequest();
      const name = `Żółć 李 👩‍🔧 O'Brien \\ "quoted" \u2028 end`;
      const user = { ...request.target.user, displayName: name };
      await bench.add({ ...request, target: { ...request.target, user } });
      expect((await bench.store().resets.find(request.id))?.target.user.displayName).toBe(name);
    });

    it.each([
      ['details that lack a field', `update reset_requests set details = '{}'`],
      ['details that are no JSON', `update reset_requests set details = '{'`],
      ['a state that nobody knows', `update reset_requests set state = 'magic'`],
      ['another customer than its details', `update reset_requests set customer_id = 'other'`],
      ['half a sealed password', `update reset_requests set sealed_nonce = 'x'`],
      ['half a lease', `update reset_requests set lease_owner = 'x'`],
    ])('refuses a row with %s, even where somebody with the key has signed it', async (_what, statement) => {
      const request = await bench.add(buildResetRequest());
      await bench.house().tamper(statement);
      await expect(bench.store().resets.find(request.id)).rejects.toMatchObject({
        name: 'StoreError',
        code: 'row-altered',
      });
      await signAnew(bench.house().url);
      await expect(bench.store().resets.find(request.id)).rejects.toMatchObject({
        name: 'StoreError',
        code: 'row-unreadable',
      });
    });
  });
}

function idsOf({ id, askedBy, askedIn, technician, target }: ResetRequest) {
  return { id, askedBy, askedIn, technician, target };
}

const minute = 60_000;

/** How every store says what is due. */
export function describeDue(bench: StoreBench): void {
  describe('what is due', () => {
    const due = async (atMost = 10) => (await bench.store().resets.due(bench.now, atMost)).map((request) => request.id);
    const addDue = (number: number, dueAt: number | undefined, given: Partial<ResetRequest> = {}) =>
      bench.add(
        buildNumberedRequest(number, { dueAt, target: retarget(buildResetRequest(), `user-${number}`), ...given }),
      );

    it('comes with the longest due first, no more than asked for', async () => {
      await addDue(1, bench.now - minute);
      await addDue(2, bench.now - 3 * minute);
      await addDue(3, bench.now - 2 * minute);
      await expect(due()).resolves.toStrictEqual(['request-2', 'request-3', 'request-1']);
      await expect(due(2)).resolves.toStrictEqual(['request-2', 'request-3']);
    });

    it('leaves out a row that cannot be read, and goes on with the others', async () => {
      await addDue(1, bench.now - 2 * minute);
      await addDue(2, bench.now - minute);
      await bench.house().tamper(`update reset_requests set details = '{}' where id = 'request-1'`);
      await expect(due()).resolves.toStrictEqual(['request-2']);
    });

    it('leaves out what is due later or never', async () => {
      await addDue(1, bench.now + 60 * minute);
      await addDue(2, undefined);
      await expect(due()).resolves.toStrictEqual([]);
    });

    it('leaves out what somebody works on, until their lease has ended', async () => {
      await addDue(1, bench.now - minute, { lease: { owner: 'other', until: bench.now + 60 * minute } });
      await addDue(2, bench.now - minute, { lease: { owner: 'other', until: bench.now - 1 } });
      await expect(due()).resolves.toStrictEqual(['request-2']);
    });
  });
}

const { technician: robin } = buildResetRequest();
const sam = asId<ObjectId>('5a500000-0000-4000-8000-000000000002');
const elsewhere = asId<TenantId>('0ff00000-0000-4000-8000-000000000003');
const states = statesWhere(() => true);

/** How every store says what of one person is not over. */
export function describeUnfinished(bench: StoreBench): void {
  describe('what of somebody is not over', () => {
    it('is everything from which a step leads on, the latest first, and nothing of anybody else', async () => {
      for (const [index, state] of states.entries()) {
        await bench.add(
          buildNumberedRequest(index, {
            state,
            proposedAt: bench.now + index,
            target: retarget(buildResetRequest(), `user-${index}`),
          }),
        );
      }
      const open = states.filter((state) => table[state].next.length > 0).toReversed();
      const found = await bench.store().resets.unfinished(robin.objectId, robin.tenantId);
      expect(found.map(({ state }) => state)).toEqual(open);
      await expect(bench.store().resets.unfinished(sam, robin.tenantId)).resolves.toEqual([]);
      await expect(bench.store().resets.unfinished(robin.objectId, elsewhere)).resolves.toEqual([]);
    });
  });

  describe('a new question about a user', () => {
    it('leaves alone what the same person has confirmed already', async () => {
      await bench.add(buildNumberedRequest(1, { confirmedAt: bench.now }));
      await bench.add(buildNumberedRequest(2));
      const [, first] = await bench.store().resets.unfinished(robin.objectId, robin.tenantId);
      expect(first?.state).toBe('proposed');
    });
  });
}

const { technician: robinDescribeUndelivered } = buildResetRequest();
const samDescribeUndelivered = asId<ObjectId>('5a500000-0000-4000-8000-000000000002');
const elsewhereDescribeUndelivered = asId<TenantId>('0ff00000-0000-4000-8000-000000000003');

/** How every store says what waits for one person. */
export function describeUndelivered(bench: StoreBench): void {
  describe('what waits to be delivered to somebody', () => {
    const waiting = async (
      objectId = robinDescribeUndelivered.objectId,
      tenantId = robinDescribeUndelivered.tenantId,
    ) => (await bench.store().resets.undelivered(objectId, tenantId)).map(({ id }) => id);
    const addAt = (number: number, state: ResetState, given: Partial<ResetRequest> = {}) =>
      bench.add(
        buildNumberedRequest(number, { state, target: retarget(buildResetRequest(), `user-${number}`), ...given }),
      );

    it('is what is being delivered to them, the oldest first, leased or not, whenever it is due', async () => {
      await addAt(1, 'delivering', { proposedAt: bench.now, dueAt: bench.now + 300_000 });
      await addAt(2, 'delivering', {
        proposedAt: bench.now - 1,
        lease: { owner: 'other', until: bench.now + 60_000 },
      });
      await expect(waiting()).resolves.toStrictEqual(['request-2', 'request-1']);
    });

    it.each<ResetState>(['proposed', 'resetting', 'reset', 'needs-attention', 'delivered', 'hidden', 'refused'])(
      'is nothing that is %s',
      async (state) => {
        await addAt(1, state);
        await expect(waiting()).resolves.toStrictEqual([]);
      },
    );

    it('is nothing of anybody else, nor of the same id in another tenant', async () => {
      await addAt(1, 'delivering');
      await expect(waiting(samDescribeUndelivered)).resolves.toStrictEqual([]);
      await expect(waiting(robinDescribeUndelivered.objectId, elsewhereDescribeUndelivered)).resolves.toStrictEqual([]);
    });

    it('is, of everybody, what is being delivered and what needs attention, the oldest first', async () => {
      await addAt(1, 'delivering', { proposedAt: bench.now });
      await addAt(2, 'needs-attention', {
        proposedAt: bench.now - 1,
        technician: { ...robinDescribeUndelivered, objectId: samDescribeUndelivered },
      });
      await addAt(3, 'delivered');
      await addAt(4, 'resetting');
      const everybody = await bench.store().resets.waiting();
      expect(everybody.map(({ id }) => id)).toStrictEqual(['request-2', 'request-1']);
    });

    it('leaves out a row that cannot be read', async () => {
      await addAt(1, 'delivering');
      await addAt(2, 'delivering');
      await bench.house().tamper(`update reset_requests set details = '{}' where id = 'request-1'`);
      await expect(waiting()).resolves.toStrictEqual(['request-2']);
    });
  });
}

const { technician: robinDescribeHistory } = buildResetRequest();

/** How every store tells what was asked for before. */
export function describeHistory(bench: StoreBench): void {
  describe('the history', () => {
    it('is the latest of one person or of everybody, the latest first, however they ended', async () => {
      const sam = { ...robinDescribeHistory, objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002') };
      const stranger = { ...robinDescribeHistory, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') };
      const given = [
        { state: 'hidden', technician: robinDescribeHistory },
        { state: 'refused', technician: sam },
        { state: 'expired', technician: robinDescribeHistory },
        { state: 'cancelled', technician: stranger },
        { state: 'proposed', technician: robinDescribeHistory },
      ] as const;
      for (const [index, one] of given.entries()) {
        await bench.add(buildNumberedRequest(index, { ...one, proposedAt: bench.now + index }));
      }
      const states = async (...asked: Parameters<ReturnType<StoreBench['store']>['resets']['history']>) =>
        (await bench.store().resets.history(...asked)).map(({ state }) => state);
      await expect(states('everybody', 20)).resolves.toEqual(given.map(({ state }) => state).toReversed());
      await expect(states('everybody', 2)).resolves.toEqual(['proposed', 'cancelled']);
      const own = { technician: robinDescribeHistory.objectId, tenant: robinDescribeHistory.tenantId };
      await expect(states(own, 20)).resolves.toEqual(['proposed', 'expired', 'hidden']);
      await expect(states({ technician: sam.objectId, tenant: robinDescribeHistory.tenantId }, 20)).resolves.toEqual([
        'refused',
      ]);
    });
  });
}

const built = buildResetRequest();
const { technician: robinDescribeLastCustomer, askedIn, target } = built;

/** How every store remembers the customer of somebody's last reset in a chat. */
export function describeLastCustomer(bench: StoreBench): void {
  describe('the customer of the last reset in a chat', () => {
    const minute = 60_000;
    const last = (
      objectId = robinDescribeLastCustomer.objectId,
      tenantId = robinDescribeLastCustomer.tenantId,
      chat = askedIn.id,
      since = bench.now - 30 * minute,
    ) => bench.store().resets.lastCustomer(objectId, tenantId, chat, since);
    const customerNumbered = (number: number) => asId<CustomerId>(`customer-${number}`);
    const addAt = (number: number, state: ResetState, given: Partial<ResetRequest> = {}) => {
      const { user } = retarget(built, `user-${number}`);
      const customer = { ...target.customer, id: customerNumbered(number) };
      return bench.add(
        buildNumberedRequest(number, { state, confirmedAt: bench.now, target: { customer, user }, ...given }),
      );
    };

    it('is that of the latest one that was confirmed, within the time that is asked for', async () => {
      await expect(last()).resolves.toBeUndefined();
      await addAt(1, 'hidden', { confirmedAt: bench.now - 20 * minute });
      await addAt(2, 'delivered', { confirmedAt: bench.now - 10 * minute });
      await addAt(3, 'hidden', { confirmedAt: bench.now - 31 * minute });
      await expect(last()).resolves.toBe(customerNumbered(2));
      await expect(
        last(
          robinDescribeLastCustomer.objectId,
          robinDescribeLastCustomer.tenantId,
          askedIn.id,
          bench.now - 5 * minute,
        ),
      ).resolves.toBeUndefined();
      await expect(
        last(
          robinDescribeLastCustomer.objectId,
          robinDescribeLastCustomer.tenantId,
          askedIn.id,
          bench.now - 10 * minute,
        ),
      ).resolves.toBe(customerNumbered(2));
    });

    it.each<ResetState>(['proposed', 'refused', 'cancelled', 'declined', 'expired'])(
      'is not that of one that is %s',
      async (state) => {
        await addAt(1, state);
        await expect(last()).resolves.toBeUndefined();
      },
    );

    it('is nothing to anybody else, to the same id of another tenant, or in another chat', async () => {
      await addAt(1, 'delivered');
      await expect(last(asId<ObjectId>('5a500000-0000-4000-8000-000000000002'))).resolves.toBeUndefined();
      await expect(last(robinDescribeLastCustomer.objectId, asId<TenantId>('elsewhere'))).resolves.toBeUndefined();
      await expect(
        last(robinDescribeLastCustomer.objectId, robinDescribeLastCustomer.tenantId, '19:elsewhere'),
      ).resolves.toBeUndefined();
    });
  });
}

const { target: targetDescribeLastReset } = buildResetRequest();

/** How every store finds what was reset before. */
export function describeLastReset(bench: StoreBench): void {
  describe('the last reset of a user', () => {
    const last = (since = bench.now - 100) =>
      bench.store().resets.lastReset(targetDescribeLastReset.customer.id, targetDescribeLastReset.user.id, since);
    const confirmedAt = (before: number) => ({ confirmedAt: bench.now - before });

    it('is the latest that set a password, or may have, of this very user', async () => {
      const attention = { kind: 'unclear', trouble: undefined } as const;
      await bench.add(buildNumberedRequest(1, { state: 'hidden', ...confirmedAt(60), resetAt: bench.now - 59 }));
      const unclear = await bench.add(buildNumberedRequest(2, { state: 'hidden', ...confirmedAt(50), attention }));
      await bench.add(buildNumberedRequest(3, { state: 'refused', ...confirmedAt(40) }));
      await bench.add(
        buildNumberedRequest(4, {
          state: 'hidden',
          ...confirmedAt(30),
          resetAt: bench.now,
          target: retarget(buildResetRequest(), 'other'),
        }),
      );
      const elsewhere = {
        ...targetDescribeLastReset.customer,
        id: asId<CustomerId>('c5000000-0000-4000-8000-000000000009'),
      };
      await bench.add(
        buildNumberedRequest(5, {
          state: 'hidden',
          ...confirmedAt(20),
          resetAt: bench.now,
          target: { ...targetDescribeLastReset, customer: elsewhere },
        }),
      );
      await expect(last()).resolves.toStrictEqual(unclear);
      await expect(last(bench.now - 45)).resolves.toBeUndefined();
    });

    it('is apart from what is shown: every delivered password of this very user, the latest first', async () => {
      const { customer, user } = targetDescribeLastReset;
      const first = await bench.add(buildNumberedRequest(1, { state: 'delivered', ...confirmedAt(60) }));
      const second = await bench.add(buildNumberedRequest(2, { state: 'delivered', ...confirmedAt(50) }));
      await bench.add(buildNumberedRequest(3, { state: 'hidden', ...confirmedAt(40) }));
      const other = retarget(buildResetRequest(), 'other');
      await bench.add(buildNumberedRequest(4, { state: 'delivered', ...confirmedAt(30), target: other }));
      await expect(bench.store().resets.shown(customer.id, user.id)).resolves.toStrictEqual([second, first]);
    });

    it('is nothing where nothing was confirmed', async () => {
      await bench.add(buildNumberedRequest(1));
      await expect(last(0)).resolves.toBeUndefined();
    });
  });
}
