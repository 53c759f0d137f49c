import { beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../../src/base/ids.ts';
import type { AlteredRow } from '../../../src/store/rows/row-guard.ts';
import type { StoreBench } from './store-bench.ts';

const customer = asId<CustomerId>('4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04');
const another = asId<CustomerId>('5e4d0598-81a5-4f2f-8aa2-c3c0df9e0a15');

/** How every store keeps which facts that protect accounts could be read at a customer. */
export function describeReadableFacts(bench: StoreBench): void {
  const facts = () => bench.store().readableFacts;
  let found: AlteredRow[];
  describe('a fact that could be read at a customer', () => {
    beforeEach(() => {
      found = [];
      bench.store().watchAlterations((altered) => found.push(altered));
    });

    it('is kept once, over a restart, with a record each, and says nothing of another customer', async () => {
      expect(await facts().of(customer)).toStrictEqual([]);
      await facts().keep(customer, ['account', 'roles'], bench.now);
      await facts().keep(customer, ['roles', 'eligible-roles'], bench.now);
      await facts().keep(customer, ['account', 'roles', 'eligible-roles'], bench.now);
      await bench.store().close();
      await bench.reopen();
      expect(await facts().of(customer)).toStrictEqual(['account', 'roles', 'eligible-roles']);
      expect(await facts().of(asId<CustomerId>(customer.toUpperCase()))).toHaveLength(3);
      expect(await facts().of(another)).toStrictEqual([]);
      const records = await bench.readTrail();
      expect(records.map(({ kind, facts: said }) => [kind, said])).toStrictEqual(
        ['account', 'roles', 'eligible-roles'].map((fact) => ['protection-readable', { customer, fact }]),
      );
    });

    it('is kept of names and of restricted management too', async () => {
      await facts().keep(customer, ['roles', 'group-names', 'restricted-management'], bench.now);
      await bench.store().close();
      await bench.reopen();
      expect(await facts().of(customer)).toStrictEqual(['roles', 'group-names', 'restricted-management']);
      expect(await facts().forget(customer, bench.now)).toHaveLength(3);
      expect(await facts().of(customer)).toStrictEqual([]);
    });

    it('is told by another instance at once', async () => {
      const second = await bench.openSecond();
      if (second === undefined) return;
      await facts().keep(customer, ['account'], bench.now);
      expect(await second.readableFacts.of(customer)).toStrictEqual(['account']);
      await second.readableFacts.keep(customer, ['account'], bench.now);
      expect(await bench.readTrail()).toHaveLength(1);
      await second.close();
    });

    it('is forgotten at one customer by an operator, with a record each, and can be read anew', async () => {
      await facts().keep(customer, ['account', 'roles'], bench.now);
      await facts().keep(another, ['account'], bench.now);
      expect(await facts().forget(customer, bench.now)).toStrictEqual(['account', 'roles']);
      expect(await facts().of(customer)).toStrictEqual([]);
      expect(await facts().of(another)).toStrictEqual(['account']);
      expect(await facts().forget(customer, bench.now)).toStrictEqual([]);
      const forgotten = (await bench.readTrail()).filter(({ kind }) => kind === 'protection-forgotten');
      expect(forgotten.map(({ actor, facts: said }) => [actor, said])).toStrictEqual(
        ['account', 'roles'].map((fact) => ['operator', { customer, fact }]),
      );
      await facts().keep(customer, ['account'], bench.now);
      expect(await facts().of(customer)).toStrictEqual(['account']);
      expect(found).toStrictEqual([]);
    });

    it.each([
      ['removed', 'delete from readable_facts', 'removed'],
      ['of another customer now', `update readable_facts set customer_id = 'another'`, 'removed'],
      ['changed', 'update readable_facts set read_at = 1', 'changed'],
    ])('counts as told where its row is %s past the store, and says so', async (_what, statement, how) => {
      await facts().keep(customer, ['account'], bench.now);
      await bench.house().tamper(statement);
      expect(await facts().of(customer)).toStrictEqual(['account']);
      expect(found).toMatchObject([{ table: 'readable_facts', how }]);
      await bench.store().close();
      await bench.reopen();
      expect(await facts().of(customer)).toStrictEqual(['account']);
    });
  });
}
