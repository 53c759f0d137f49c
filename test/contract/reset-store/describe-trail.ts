import { describe, expect, it } from '@jest/globals';
import { makeStep } from '../../../src/reset/step.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

/** How every store writes its trail. */
export function describeTrail(bench: StoreBench): void {
  describe('the trail', () => {
    it('says of every step who did what to which request', async () => {
      const proposed = buildResetRequest({ proof: { verification: 'In person', ticket: 'T-1' } });
      const { customer, user } = proposed.target;
      const roles = [{ id: 'r-1', name: 'Helpdesk Administrator' }];
      const request = await bench.add({ ...proposed, target: { customer, user: { ...user, roles } } });
      await bench.store().resets.swap(
        request,
        makeStep(
          request,
          { state: 'approved' },
          {
            at: bench.now,
            kind: 'confirmed',
            actor: request.technician.objectId,
            facts: { ticket: 'T-1', roles: 2, fresh: true, note: null },
          },
        ),
      );
      const person = {
        id: request.technician.objectId,
        tenantId: request.technician.tenantId,
        name: 'Robin Sharp',
        userPrincipalName: 'robin@partner.example',
      };
      expect((await bench.readTrail())[1]).toStrictEqual({
        number: 2,
        at: bench.now,
        kind: 'confirmed',
        actor: request.technician.objectId,
        instance: 'first',
        requestId: request.id,
        correlationId: request.correlationId,
        operationId: request.operationId,
        customerId: request.target.customer.id,
        userId: request.target.user.id,
        stateBefore: 'proposed',
        stateAfter: 'approved',
        facts: { ticket: 'T-1', roles: 2, fresh: true, note: null },
        about: {
          actor: person,
          requester: person,
          target: {
            customerName: 'Contoso Bikes',
            customerDomain: 'contosobikes.example',
            userName: 'Ann Lee',
            userPrincipalName: 'ann.lee@contosobikes.example',
            roles: [{ id: 'r-1', name: 'Helpdesk Administrator' }],
          },
          verification: 'In person',
          ticket: 'T-1',
        },
        row: `reset_requests/${request.id}`,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    });

    it('takes entries about a request that is not changed, and about none', async () => {
      const request = await bench.add(buildResetRequest());
      await bench.store().resets.record(bench.entry('click-refused'), request.id);
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      const [, refusedClick, refusedQuestion] = await bench.readTrail();
      expect(refusedClick).toMatchObject({ requestId: request.id, stateBefore: 'proposed', stateAfter: 'proposed' });
      expect(refusedQuestion).toMatchObject({ requestId: undefined, stateBefore: undefined, stateAfter: undefined });
      await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(request);
    });

    it('has one record for each step and numbers without a gap, whoever loses', async () => {
      const outcomes = await Promise.all(
        [1, 2, 3, 4, 5].map(async (number) => {
          const request = buildNumberedRequest(number, { target: retarget(buildResetRequest(), `user-${number}`) });
          await bench.store().resets.add(request, bench.entry('proposed'));
          const twice = await Promise.all([
            bench.step(request, { state: 'approved' }),
            bench.step(request, { putOff: 3 }),
          ]);
          return twice.filter((outcome) => outcome.kind === 'swapped').length;
        }),
      );
      expect(outcomes).toStrictEqual([1, 1, 1, 1, 1]);
      expect((await bench.readTrail()).map((record) => record.number)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    it('keeps a step from happening that it cannot take down', async () => {
      const request = await bench.add(buildResetRequest());
      await bench.house().tamper(`insert into audit_records (number, at, kind, actor, instance, facts)
        values (2, 0, 'hidden', 'intruder', 'x', '{}')`);
      await expect(bench.step(request, { state: 'approved' })).rejects.toMatchObject({ code: 'audit-end-altered' });
      await expect(bench.store().resets.add(buildNumberedRequest(2), bench.entry('proposed'))).rejects.toMatchObject({
        code: 'audit-end-altered',
      });
      await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(request);
      await expect(bench.store().resets.find(buildNumberedRequest(2).id)).resolves.toBeUndefined();
      await bench.house().tamper('delete from audit_records where number = 2');
      await expect(bench.step(request, { state: 'approved' })).resolves.toMatchObject({ kind: 'swapped' });
      expect((await bench.readTrail()).map((record) => record.number)).toStrictEqual([1, 2]);
    });

    it('is read in parts', async () => {
      for (const number of [1, 2, 3]) await bench.add(buildNumberedRequest(number));
      const firstPart = await bench.readTrail(0, 2);
      const secondPart = await bench.readTrail(2, 2);
      expect([firstPart, secondPart].map((part) => part.map((record) => record.number))).toStrictEqual([
        [1, 2],
        [3, 4],
      ]);
    });
  });
}

const columns = '(number, at, kind, actor, instance, facts)';
const another = "0, 'hidden', 'intruder', 'x', '{}'";

const both: readonly string[] = [
  "update audit_records set actor = 'intruder'",
  'delete from audit_records',
  `insert into audit_records ${columns} values (1, ${another})`,
  `insert into audit_records ${columns} values (1, ${another}) on conflict (number) do update set actor = 'intruder'`,
  'delete from audit_head',
  "insert into audit_head (id, number, hash) values (2, 9, '')",
  "insert into audit_head (id, number, hash) values (1, 9, '') on conflict (id) do update set number = 9",
];

const only = {
  sqlite: [
    `replace into audit_records ${columns} values (1, ${another})`,
    `insert or ignore into audit_records ${columns} values (1, ${another})`,
    `replace into audit_records (rowid, number, at, kind, actor, instance, facts) values (1, 99, ${another})`,
    'update or replace audit_records set number = 1 where number = 2',
    "replace into audit_head (id, number, hash) values (1, 9, '')",
  ],
  postgres: ['truncate audit_records', 'truncate audit_head', 'truncate audit_head, audit_records'],
} as const;

/** What every database refuses by itself, to those too who have its password and do not think of its triggers. */
export function describeGuards(bench: StoreBench): void {
  describe('what the database itself refuses to do to the trail', () => {
    it('is to change, replace or remove a record, and to add or remove a head', async () => {
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      await bench.store().resets.record(bench.entry('click-refused'), undefined);
      const trail = await bench.readTrail();
      const head = await bench.store().auditHead();
      for (const statement of [...both, ...only[bench.store().kind]]) {
        await expect(bench.house().run(statement)).rejects.toThrow(/append-only|only moved|duplicate key/);
      }
      expect(await bench.readTrail()).toStrictEqual(trail);
      expect(await bench.store().auditHead()).toStrictEqual(head);
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      expect(await bench.readTrail()).toHaveLength(3);
    });
  });
}
