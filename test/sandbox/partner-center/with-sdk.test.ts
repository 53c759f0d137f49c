import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import {
  type AggregatePartner,
  buildIndexedQuery,
  createPartner,
  simpleFieldFilter,
} from '../../../src/partner-center/index.ts';
import { findPerson, partnerErrorRows } from '../../../src/sandbox/partner-center/index.ts';
import { type Running, startPretend } from './start-pretend.ts';

const password = new Secret('Marble-CANARY-otter-7');

let running: Running;
let partner: AggregatePartner;
beforeAll(async () => {
  running = await startPretend({ quirks: true });
  partner = createPartner({
    baseUrl: running.url,
    credentials: { getToken: () => Promise.resolve(new Secret('sandbox')) },
  });
});
afterAll(async () => {
  await running.pretend.close();
});

async function toList<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function adele() {
  const { customer, user } = findPerson(running.pretend.data, 'adele.vance@contosobikes.onmicrosoft.com');
  return { customer, user, operations: partner.customers.byId(customer.id).users.byId(user.id) };
}

describe('the SDK, with a pretend Partner Center that has quirks', () => {
  it('reads all customers and all users by small pages', async () => {
    const customers = await toList(partner.customers.query(buildIndexedQuery({ size: 7 })));
    expect(customers.map(({ id }) => id)).toEqual(running.pretend.data.customers.map(({ id }) => id));
    const { customer } = adele();
    const query = buildIndexedQuery({ size: 11 });
    const users = await toList(partner.customers.byId(customer.id).users.query(query));
    const there = running.pretend.data.users(customer.id)?.slice('active', undefined, 0, customer.userCount) ?? [];
    expect(users.map((user) => [user.id, user.displayName, user.userPrincipalName])).toEqual(
      there.map((user) => [user.id, user.displayName, user.userPrincipalName]),
    );
  });

  it('finds customers by the beginning of a name, and deleted users by their state', async () => {
    const filter = simpleFieldFilter('CompanyName', 'starts_with', 'northwind');
    const found = await toList(partner.customers.query(buildIndexedQuery({ size: 1, filter })));
    expect(found).toHaveLength(2);
    const isDeleted = simpleFieldFilter('UserState', 'equals', 'Inactive');
    const query = buildIndexedQuery({ size: 1, filter: isDeleted });
    const users = await toList(partner.customers.byId(adele().customer.id).users.query(query));
    expect(users.map(({ displayName }) => displayName)).toContain('Lynne Robbins');
  });

  it('sets a password at either address', async () => {
    const { customer, user, operations } = adele();
    const profile = { password, forceChangePassword: true } as const;
    await operations.resetPassword(profile);
    await operations.patch({ passwordProfile: profile });
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(2);
    expect(running.pretend.distinctPasswords(customer.id, user.id)).toBe(1);
    expect(running.pretend.passwordMatches(customer.id, user.id, password)).toBe(true);
  });

  it.each(partnerErrorRows.filter(({ status }) => status < 500))(
    'tells $status with code $code apart, in every shape that has a code',
    async (row) => {
      const seen: unknown[] = [];
      for (const shape of ['documented', 'code-as-text', 'pascal-case', 'named', 'nested-json'] as const) {
        // A refused token is tried once more with a fresh one, so such a fault strikes twice.
        running.pretend.faults.next({ times: 2, fault: { kind: 'partner-error', row, shape } });
        const failure: unknown = await adele()
          .operations.get()
          .catch((error: unknown) => error);
        running.pretend.faults.clear();
        seen.push(failure);
      }
      const expected = expect.objectContaining({ httpStatus: row.status, partnerCode: String(row.code) });
      expect(seen).toEqual([expected, expected, expected, expected, expected]);
    },
  );

  it('does not follow a page to another host, nor round in a circle', async () => {
    running.pretend.faults.next({ fault: { kind: 'next-elsewhere', origin: 'http://127.0.0.1:9' } });
    const elsewhere = await toList(partner.customers.query(buildIndexedQuery({ size: 150 })));
    expect(elsewhere).toHaveLength(200);
    running.pretend.faults.next({ times: 9, fault: { kind: 'next-repeats' } });
    const circle = await toList(partner.customers.query(buildIndexedQuery({ size: 150 })));
    expect(circle).toHaveLength(150);
    running.pretend.faults.clear();
  });
});
