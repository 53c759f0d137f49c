import { beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type QuestionId, type TenantId } from '../../../src/base/ids.ts';
import type { Technician } from '../../../src/reset/identity.ts';
import type { ResetStore } from '../../../src/reset/ports/request-store.ts';
import type { Limit } from '../../../src/reset/policy/policy.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { makeStep } from '../../../src/reset/step.ts';
import type { AlteredRow } from '../../../src/store/rows/row-guard.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import type { StoreBench } from './store-bench.ts';

const { technician: robin, askedIn } = buildResetRequest();
const hour = 60 * 60_000;

/** What every store does about rows that somebody has changed past it, where a decision follows from several rows. */
export function describeAltered(bench: StoreBench): void {
  let found: AlteredRow[];
  const watch = (): void => {
    bench.store().watchAlterations((altered) => found.push(altered));
  };
  beforeEach(() => {
    found = [];
    watch();
  });
  const named = (table: AlteredRow['table']) => found.filter((one) => one.table === table).map(({ how }) => how);
  const reopen = async (): Promise<void> => {
    await bench.store().close();
    await bench.reopen();
    watch();
  };

  describe('a limit', () => {
    const within: readonly Limit[] = [{ kind: 'user', most: 1, windowMilliseconds: hour }];
    const confirm = (resets: ResetStore, request: ResetRequest) =>
      resets.swap(request, {
        ...makeStep(request, { confirmedAt: bench.now }, { at: bench.now, kind: 'confirmed', actor: 'robin' }),
        within,
      });

    it.each([
      ['whose press is taken away', `update reset_requests set confirmed_at = null`, 'changed'],
      ['whose press is moved back', `update reset_requests set confirmed_at = 1`, 'changed'],
      ['that is another user’s now', `update reset_requests set user_id = 'another'`, 'changed'],
      ['that is another customer’s now', `update reset_requests set customer_id = 'another'`, 'changed'],
      ['that is removed', `delete from reset_requests`, 'removed'],
    ])('counts a request %s past the store, and says so', async (_how, statement, how) => {
      await confirm(bench.store().resets, await bench.add(buildNumberedRequest(1)));
      const second = await bench.add(buildNumberedRequest(2));
      await bench.house().tamper(`${statement} where id = 'request-1'`);
      expect(await confirm(bench.store().resets, second)).toMatchObject({ kind: 'over-limit' });
      expect(named('reset_requests')).toStrictEqual([how]);
    });

    it('counts it after a restart too', async () => {
      await confirm(bench.store().resets, await bench.add(buildNumberedRequest(1)));
      const second = await bench.add(buildNumberedRequest(2));
      await reopen();
      await bench.house().tamper(`update reset_requests set confirmed_at = null where id = 'request-1'`);
      expect(await confirm(bench.store().resets, second)).toMatchObject({ kind: 'over-limit' });
      expect(named('reset_requests')).toStrictEqual(['changed']);
    });

    it.each([
      ['a record between does not fit', 'number = 3'],
      ['its own record does not fit', 'number = 2'],
    ])('counts it after a restart too where %s', async (_what, where) => {
      await confirm(bench.store().resets, await bench.add(buildNumberedRequest(1)));
      await bench.add(buildNumberedRequest(2));
      const third = await bench.add(buildNumberedRequest(3));
      await bench.house().tamper(`update audit_records set instance = 'x' where ${where}`);
      await bench.house().tamper(`delete from reset_requests where id = 'request-1'`);
      await reopen();
      expect(await confirm(bench.store().resets, third)).toMatchObject({ kind: 'over-limit' });
      expect(named('audit_records')).toStrictEqual(['changed']);
    });

    it('of a technician counts what was given to somebody else past the store', async () => {
      const of: readonly Limit[] = [{ kind: 'technician', most: 1, windowMilliseconds: hour }];
      const press = (request: ResetRequest) =>
        bench.store().resets.swap(request, {
          ...makeStep(request, { confirmedAt: bench.now }, { at: bench.now, kind: 'confirmed', actor: 'robin' }),
          within: of,
        });
      await press(await bench.add(buildNumberedRequest(1)));
      const second = await bench.add(buildNumberedRequest(2));
      await bench.house().tamper(`update reset_requests set technician_id = 'another' where id = 'request-1'`);
      expect(await press(second)).toMatchObject({ kind: 'over-limit' });
      expect(named('reset_requests')).toStrictEqual(['changed']);
    });

    it('that is reached by rows which somebody moved into it is reached, and the rows are named', async () => {
      const elsewhere = { ...buildResetRequest().target.user, id: asId<ResetRequest['target']['user']['id']>('e9') };
      const other = buildNumberedRequest(1);
      const added = await bench.add({ ...other, target: { ...other.target, user: elsewhere } });
      await confirm(bench.store().resets, added);
      const second = await bench.add(buildNumberedRequest(2));
      await bench.house().tamper(`update reset_requests set user_id = '${other.target.user.id}'`);
      expect(await confirm(bench.store().resets, second)).toMatchObject({ kind: 'over-limit' });
      expect(named('reset_requests')).toStrictEqual(['changed']);
    });
  });

  describe('a user', () => {
    const approve = (request: ResetRequest) => bench.step(request, { state: 'approved' });

    it('is not reset again after a restart where a record does not fit', async () => {
      await approve(await bench.add(buildNumberedRequest(1)));
      await bench.add(buildNumberedRequest(2));
      const third = await bench.add(buildNumberedRequest(3));
      await bench.house().tamper(`update audit_records set instance = 'x' where number = 3`);
      await bench.house().tamper(`delete from reset_requests where id = 'request-1'`);
      await reopen();
      expect(await approve(third)).toMatchObject({ kind: 'user-busy' });
    });

    it.each([
      ['is said to be over', `update reset_requests set state = 'hidden'`, 'changed'],
      ['is said to be of another user', `update reset_requests set user_id = 'another'`, 'changed'],
      ['is removed', `delete from reset_requests`, 'removed'],
    ])(
      'whose request under way %s past the store is not reset again, and that is said',
      async (_how, statement, how) => {
        expect(await approve(await bench.add(buildNumberedRequest(1)))).toMatchObject({ kind: 'swapped' });
        await bench.house().tamper(`${statement} where id = 'request-1'`);
        expect(await approve(await bench.add(buildNumberedRequest(2)))).toStrictEqual({ kind: 'user-busy' });
        expect(named('reset_requests')).toStrictEqual([how]);
      },
    );

    it('who is said to have a request under way past the store is not reset, and that is said', async () => {
      const first = await bench.add(buildNumberedRequest(1));
      await bench.house().tamper(`update reset_requests set state = 'approved' where id = '${first.id}'`);
      expect(await approve(await bench.add(buildNumberedRequest(2)))).toStrictEqual({ kind: 'user-busy' });
      expect(await bench.store().resets.underWay(first.target.customer.id, first.target.user.id)).toBeUndefined();
      expect(named('reset_requests')).toStrictEqual(['changed']);
    });

    it('is free again once the request is over', async () => {
      const first = await bench.add(buildNumberedRequest(1));
      await approve(first);
      await bench.step({ ...first, state: 'approved', version: 2 }, { state: 'refused' });
      expect(await approve(await bench.add(buildNumberedRequest(2)))).toMatchObject({ kind: 'swapped' });
      expect(found).toStrictEqual([]);
    });
  });

  describe('a contact that somebody has removed past the store', () => {
    const sam: Technician = { ...robin, objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002') };
    const contacts = () => bench.store().contacts;
    beforeEach(async () => {
      await contacts().keep({ person: sam, wroteIn: askedIn, seenAt: bench.now });
      await contacts().keep({ person: robin, wroteIn: askedIn, seenAt: bench.now });
      await bench.house().tamper(`delete from contacts where object_id = '${sam.objectId}'`);
    });
    const looks: readonly [string, () => Promise<unknown>][] = [
      ['the one is looked for', () => contacts().find(sam.objectId, sam.tenantId)],
      ['its tenants are', () => contacts().tenantsOf(sam.objectId)],
      ['all of its tenant are listed', () => contacts().latest(sam.tenantId, 10)],
      ['all are held against the trail', () => contacts().verify()],
    ];

    it.each(looks)('is named when %s, and the others are not', async (_when, look) => {
      await contacts().find(robin.objectId, robin.tenantId);
      expect(found).toStrictEqual([]);
      await look();
      const row = `${sam.objectId}/${sam.tenantId}`;
      expect(found).toStrictEqual([{ table: 'contacts', how: 'removed', row }]);
    });

    it('is named after a restart too, and by the trail alone', async () => {
      await reopen();
      expect(await contacts().verify()).toBe(1);
      expect(named('contacts')).toStrictEqual(['removed']);
    });

    it('is named where its record was hidden from the index', async () => {
      await bench.house().tamper(`update audit_records set row_key = null where number = 1`);
      expect(await contacts().find(sam.objectId, sam.tenantId)).toBeUndefined();
      expect(named('contacts')).toStrictEqual(['removed']);
    });

    it('makes no room for the same id of another tenant, and neither does one that was changed', async () => {
      expect(await contacts().tenantsOf(sam.objectId)).toStrictEqual([sam.tenantId]);
      await bench.house().tamper(`update contacts set seen_at = seen_at + 1`);
      const stranger = { ...robin, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') };
      await contacts().keep({ person: stranger, wroteIn: askedIn, seenAt: bench.now });
      expect(await contacts().tenantsOf(robin.objectId)).toStrictEqual([robin.tenantId, stranger.tenantId]);
    });

    it('is no tenant where somebody has only added a row', async () => {
      await bench
        .house()
        .tamper(`insert into contacts select 'new', tenant_id, seen_at, details, mac from contacts limit 1`);
      expect(await contacts().tenantsOf(asId<ObjectId>('new'))).toStrictEqual([]);
    });
  });

  it('a contact that is an older copy is named when all are held against the trail', async () => {
    const { contacts } = bench.store();
    await contacts.keep({ person: robin, wroteIn: askedIn, seenAt: 1 });
    await bench.house().tamper(`create table older as select * from contacts`);
    await contacts.keep({ person: robin, wroteIn: { ...askedIn, id: 'a:newer' }, seenAt: 2 });
    await bench.house().tamper(`delete from contacts; insert into contacts select * from older; drop table older`);
    expect(await contacts.verify()).toBe(1);
    expect(named('contacts')).toStrictEqual(['not-newest']);
  });

  it('a contact that was removed after its time is no alarm', async () => {
    const { contacts } = bench.store();
    await contacts.keep({ person: robin, wroteIn: askedIn, seenAt: 1 });
    await contacts.removeSilent(2, 10, bench.entry('row-removed'));
    expect([await contacts.verify(), await contacts.find(robin.objectId, robin.tenantId)]).toStrictEqual([
      0,
      undefined,
    ]);
    expect(await contacts.latest(robin.tenantId, 10)).toStrictEqual([]);
    expect(found).toStrictEqual([]);
  });

  describe('rows that were altered and stand before all others', () => {
    it('do not keep the retention from older requests, questions and contacts', async () => {
      for (const number of [1, 2, 3, 4]) {
        await bench.add(buildNumberedRequest(number, { state: 'cancelled', proposedAt: number, dueAt: undefined }));
        const id = asId<QuestionId>(`question-${number}`);
        const ended = { state: 'cancelled', endedAt: number, dueAt: undefined } as const;
        const question = { ...buildOpenQuestion(), id, askedBy: `f:${number}`, ...ended };
        await bench.store().questions.add(question, bench.entry('asked-back'));
        const person = { ...robin, objectId: asId<ObjectId>(`person-${number}`) };
        await bench.store().contacts.keep({ person, wroteIn: askedIn, seenAt: number });
      }
      await bench.house().tamper(`update reset_requests set asked_in = 'x' where proposed_at < 3`);
      await bench.house().tamper(`update open_questions set asked_in = 'x' where ended_at < 3`);
      await bench.house().tamper(`update contacts set details = '{}' where seen_at < 3`);
      const { resets, questions, contacts } = bench.store();
      const entry = bench.entry('row-removed');
      const removed = [
        await resets.removeEnded(bench.now, 2, entry),
        await questions.deleteEnded(bench.now, 2, bench.now),
        await contacts.removeSilent(bench.now, 2, entry),
      ];
      expect(removed).toStrictEqual([2, 2, 2]);
      expect(await contacts.latest(robin.tenantId, 10)).toStrictEqual([]);
      expect(await resets.find(buildNumberedRequest(4).id)).toBeUndefined();
    });
  });

  describe('a record that somebody has added at the end of the trail', () => {
    /** Adds a record after the last one, as `columns` say, and moves the head to it. */
    const forge = (columns: string) =>
      bench.house()
        .tamper(`insert into audit_records (number, at, kind, actor, instance, facts, about, version, row_key, row_mac, frozen, hash)
        select number + 1, at, kind, actor, instance, facts, about, version, ${columns}, '${'a'.repeat(64)}'
        from audit_records order by number desc limit 1;
        update audit_head set number = number + 1, hash = '${'a'.repeat(64)}'`);
    const isRefused = { code: 'audit-end-altered' };

    it('vouches for no row that is read', async () => {
      const { contacts } = bench.store();
      await contacts.keep({ person: robin, wroteIn: askedIn, seenAt: 1 });
      await bench.house().tamper(`create table older as select * from contacts`);
      await contacts.keep({ person: robin, wroteIn: { ...askedIn, id: 'a:newer' }, seenAt: 2 });
      await bench.house().tamper(`delete from contacts; insert into contacts select * from older; drop table older`);
      await forge(`row_key, (select mac from contacts), frozen`);
      await expect(contacts.find(robin.objectId, robin.tenantId)).rejects.toMatchObject(isRefused);
      await expect(contacts.latest(robin.tenantId, 10)).rejects.toMatchObject(isRefused);
      expect(named('audit_records')).not.toStrictEqual([]);
    });

    it('lifts no freeze for those who ask which are in force', async () => {
      const { freezes } = bench.store();
      await freezes.add({ customer: undefined, by: robin, at: 1 }, bench.entry('frozen'), () => {
        throw new Error('there is no request');
      });
      await bench.house().tamper(`delete from freezes`);
      await forge(`null, null, null`);
      await expect(freezes.inForce()).rejects.toMatchObject(isRefused);
    });
  });

  it('what another instance has written a moment ago is read at once', async () => {
    const second = await bench.openSecond();
    if (second === undefined) return;
    second.watchAlterations((altered) => found.push(altered));
    const request = await bench.add(buildNumberedRequest(1, { state: 'cancelled' }));
    await bench.store().contacts.keep({ person: robin, wroteIn: askedIn, seenAt: 1 });
    const noEnd = () => {
      throw new Error('there is no request');
    };
    await bench.store().freezes.add({ customer: undefined, by: robin, at: 1 }, bench.entry('frozen'), noEnd);
    expect(await second.resets.find(request.id)).toStrictEqual(request);
    expect(await second.contacts.find(robin.objectId, robin.tenantId)).toBeDefined();
    expect(await second.freezes.inForce()).toHaveLength(1);
    // A contact that the other has removed after its time is gone, and no alarm.
    await bench.store().contacts.removeSilent(2, 10, bench.entry('row-removed'));
    expect(await second.contacts.find(robin.objectId, robin.tenantId)).toBeUndefined();
    await second.close();
    expect(found).toStrictEqual([]);
  });
}
