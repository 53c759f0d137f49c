import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCustomerUser } from '../../../src/partner-center/resources.ts';
import { findPerson } from '../../../src/sandbox/partner-center/index.ts';
import { filterQuery, readAllPages, readPageSeen, type Running, type Seen, startPretend } from './start-pretend.ts';

let running: Running;
beforeAll(async () => {
  running = await startPretend();
});
afterAll(async () => {
  await running.pretend.close();
});

describe('the list of users', () => {
  const usersAt = (name: string) => {
    const customer = running.pretend.data.customers.find((one) => one.name === name);
    return `/v1/customers/${customer?.id}/users`;
  };

  it('comes whole by pages and has no deleted user in it', async () => {
    const { items, totalCount } = await readAllPages(running, `${usersAt('Contoso Bikes')}?size=9`);
    expect(items).toHaveLength(totalCount ?? 0);
    const users = items.map(readCustomerUser);
    expect(new Set(users.map((user) => user?.id)).size).toBe(totalCount);
    expect(users.every((user) => user?.state === 'active')).toBe(true);
    expect(users.map((user) => user?.displayName)).not.toContain('Lynne Robbins');
  });

  it('has the deleted users where they are asked for, and only them', async () => {
    const deleted = `${usersAt('Contoso Bikes')}?size=2&${filterQuery('UserState', 'Inactive', 'equals')}`;
    const { items, totalCount } = await readAllPages(running, deleted);
    const users = items.map(readCustomerUser);
    expect(users).toHaveLength(totalCount ?? 0);
    expect(users.map((user) => user?.displayName)).toContain('Lynne Robbins');
    expect(users.every((user) => user?.state === 'inactive' && user.softDeletionTime !== undefined)).toBe(true);
  });

  it('never says a password', async () => {
    expect((await running.send(`${usersAt('Contoso Bikes')}?size=0`)).text).not.toContain('passwordProfile');
  });

  it('comes in the order that is asked for', async () => {
    const address = `${usersAt('Contoso Bikes')}?size=25&sortField=displayName&sortDirection=descending`;
    const { items } = await readAllPages(running, address);
    const names = items.map((item) => readCustomerUser(item)?.displayName ?? '');
    expect(names).toEqual(names.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)));
    expect(names.length).toBeGreaterThan(100);
  });

  it.each([
    filterQuery('DisplayName', 'Adele', 'starts_with'),
    filterQuery('UserPrincipalName', 'adele.vance@contosobikes.onmicrosoft.com', 'equals'),
    filterQuery('UserState', 'Inactive', 'starts_with'),
    filterQuery('UserState', 'Sleeping', 'equals'),
    'sortField=id',
    'sortField=displayName&sortDirection=up',
    'sortDirection=ascending',
    '$filter=x',
  ])('refuses the query %s', async (query) => {
    expect(await running.send(`${usersAt('Contoso Bikes')}?size=10&${query}`)).toMatchObject({ status: 400 });
  });

  it('goes on by the short form too', async () => {
    const first = readPageSeen(await running.send(`${usersAt('Northwind Traders')}?size=40`));
    const rest = readPageSeen(
      await running.send(`${usersAt('Northwind Traders')}?seekOperation=Next`, {
        headers: first.next?.headers ?? {},
      }),
    );
    expect(first.items.length + rest.items.length).toBe(first.totalCount);
  });

  it('refuses a token of another customer, of another query, without seekOperation, or made up', async () => {
    const first = readPageSeen(await running.send(`${usersAt('Contoso Bikes')}?size=10`));
    const { headers = {}, uri = '' } = first.next ?? {};
    const refused = [
      running.send(`${usersAt('Northwind Traders')}?size=10&seekOperation=Next`, { headers }),
      running.send(`${usersAt('Contoso Bikes')}?size=11&seekOperation=Next`, { headers }),
      running.send(
        `${usersAt('Contoso Bikes')}?size=10&${filterQuery('UserState', 'Inactive', 'equals')}&seekOperation=Next`,
        {
          headers,
        },
      ),
      running.send(`${usersAt('Contoso Bikes')}?size=10`, { headers }),
      running.send(`/v1${uri.replace(/^\/v1/, '')}`, { headers: { 'MS-ContinuationToken': 'AQAAAA==' } }),
      running.send(`/v1${uri.replace(/^\/v1/, '')}`),
    ];
    const seen = await Promise.all(refused);
    expect(seen.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
  });

  it('begins with the first page of 100,000 users without making all of them', async () => {
    const page = readPageSeen(await running.send(`${usersAt('Wide World Importers')}?size=500`));
    expect(page.items).toHaveLength(500);
    expect(page.totalCount).toBeGreaterThan(90_000);
  });
});

describe("a user's roles", () => {
  it('come as a collection with template ids', async () => {
    const { customer, user } = findPerson(running.pretend.data, 'megan.bowen@contosobikes.onmicrosoft.com');
    const seen = await running.send(`/v1/customers/${customer.id}/users/${user.id}/directoryroles`);
    expect(seen.json).toEqual({
      totalCount: 1,
      items: [
        {
          name: 'Company Administrator',
          id: '62e90394-69f5-4237-9190-012177145e10',
          attributes: { objectType: 'DirectoryRole' },
        },
      ],
      attributes: { objectType: 'Collection' },
    });
  });
});

describe('answers with quirks', () => {
  it('sometimes begin with a BOM, leave null fields out, and have /v1 in their links', async () => {
    const quirky = await startPretend({ quirks: true });
    const { customer, user } = findPerson(quirky.pretend.data, 'adele.vance@contosobikes.onmicrosoft.com');
    const seen: Seen[] = [];
    for (let count = 0; count < 40; count += 1) {
      seen.push(await quirky.send(`/v1/customers/${customer.id}/users/${user.id}`));
    }
    const kinds = (fits: (one: Seen) => boolean) => new Set(seen.map(fits)).size;
    expect(kinds(({ text }) => text.startsWith('\uFEFF'))).toBe(2);
    expect(kinds(({ text }) => text.includes('"softDeletionTime":null'))).toBe(2);
    expect(kinds(({ text }) => text.includes('"uri":"/v1/'))).toBe(2);
    const { uris } = await readAllPages(quirky, `/v1/customers?size=5`);
    expect(new Set(uris.map((uri) => uri.startsWith('/v1/'))).size).toBe(2);
    await quirky.pretend.close();
  });
});
