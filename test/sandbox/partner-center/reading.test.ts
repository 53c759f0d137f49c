import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPage } from '../../../src/partner-center/wire/read-page.ts';
import { readCustomerUser } from '../../../src/partner-center/wire/read-customer-user.ts';
import { findPerson } from '../../../src/sandbox/partner-center/index.ts';
import { startPretend, type Running, type Seen } from './start-pretend.ts';

let running: Running;
beforeAll(async () => {
  running = await startPretend();
});
afterAll(async () => {
  await running.pretend.close();
});

const readItem = (value: unknown) => value;

function pageOf(seen: Seen) {
  const page = readPage(seen.json, readItem);
  if (seen.status !== 200 || page === undefined) throw new RangeError(`This is no page: ${seen.status} ${seen.text}`);
  return page;
}

function filter(Field: string, Value: string, Operator: string): string {
  return `filter=${encodeURIComponent(JSON.stringify({ Field, Value, Operator }))}`;
}

/** Follows `next` to the end, as the documentation says. */
async function readAll(running: Running, address: string) {
  const items: unknown[] = [];
  const uris: string[] = [];
  let page = pageOf(await running.send(address));
  items.push(...page.items);
  while (page.next !== undefined) {
    const { uri, headers } = page.next;
    uris.push(uri);
    page = pageOf(await running.send(uri.startsWith('/v1/') ? uri : `/v1${uri}`, { headers }));
    items.push(...page.items);
  }
  return { items, uris, totalCount: page.totalCount };
}

describe('the list of customers', () => {
  it('has three fields for each customer and no more', async () => {
    const page = pageOf(await running.send('/v1/customers?size=1'));
    const [customer] = running.pretend.data.customers;
    expect(page).toMatchObject({ totalCount: 200, items: [expect.anything()] });
    expect(page.items[0]).toEqual({
      id: customer?.id,
      companyProfile: {
        tenantId: customer?.id,
        domain: 'contosobikes.onmicrosoft.com',
        companyName: 'Contoso Bikes',
        attributes: { objectType: 'CustomerCompanyProfile' },
      },
      relationshipToPartner: 'reseller',
      attributes: { objectType: 'Customer' },
    });
  });

  it.each([7, 200, 500, 0])('comes whole by pages of %i', async (size) => {
    const { items, totalCount } = await readAll(running, `/v1/customers?size=${size}`);
    expect(totalCount).toBe(200);
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(200);
  });

  it('needs a size', async () => {
    expect(await running.send('/v1/customers')).toMatchObject({ status: 400, json: { code: 2001 } });
  });

  it.each([
    ['CompanyName', 'contoso b', 'starts_with', 1],
    ['CompanyName', 'NORTHWIND TRADERS', 'equals', 2],
    ['CompanyName', 'bikes', 'starts_with', 0],
    ['CompanyName', 'Northwind', 'equals', 0],
    ['Domain', 'northwindtraders', 'starts_with', 2],
    ['Domain', 'contosobikes.example', 'equals', 0],
    ['IndirectReseller', '5d845377-5b7d-4cd4-98f6-19e5ae3faa81', 'equals', 0],
  ])('by %s "%s" and %s finds %i', async (field, value, operator, count) => {
    const page = pageOf(await running.send(`/v1/customers?size=50&${filter(field, value, operator)}`));
    expect(page).toMatchObject({ totalCount: count });
    expect(page.items).toHaveLength(count);
  });

  it.each(['contains', 'substring', 'ends_with', 'not_equals', ''])('refuses to search by "%s"', async (operator) => {
    expect(await running.send(`/v1/customers?size=50&${filter('CompanyName', 'Contoso', operator)}`)).toMatchObject({
      status: 400,
      json: { code: 2000, description: 'Customer search only allows starts with and equals operation.' },
    });
  });

  it.each([
    'filter=%7B',
    'filter=5',
    'filter=%5B%5D',
    `filter=${encodeURIComponent('{"Field":"CompanyName","Value":"x"}')}`,
    `filter=${encodeURIComponent('{"Field":"CompanyName","Value":1,"Operator":"equals"}')}`,
    `filter=${encodeURIComponent('{"Field":"CompanyName","Value":"x","Operator":"equals","More":1}')}`,
    filter('Email', 'x', 'equals'),
    'sortField=companyName',
    'size=10',
    'offset=10',
    'seekOperation=Next',
    'seekOperation=Previous',
  ])('refuses the query %s', async (query) => {
    expect(await running.send(`/v1/customers?size=50&${query}`)).toMatchObject({ status: 400 });
  });

  it.each(['-1', '1.5', 'all', ''])('refuses the size "%s"', async (size) => {
    expect(await running.send(`/v1/customers?size=${size}`)).toMatchObject({ status: 400, json: { code: 2000 } });
  });
});

describe('one customer', () => {
  it('comes with its billing profile and all its domains', async () => {
    const { customer } = findPerson(running.pretend.data, 'adele.vance@contosobikes.onmicrosoft.com');
    expect((await running.send(`/v1/customers/${customer.id}`)).json).toMatchObject({
      id: customer.id,
      companyProfile: { companyName: 'Contoso Bikes', links: { self: { method: 'GET' } } },
      billingProfile: { attributes: { objectType: 'CustomerBillingProfile' } },
      allowDelegatedAccess: true,
      customDomains: ['contosobikes.onmicrosoft.com', 'contosobikes.example'],
      attributes: { objectType: 'Customer' },
    });
  });
});

describe('the list of users', () => {
  const usersAt = (name: string) => {
    const customer = running.pretend.data.customers.find((one) => one.name === name);
    return `/v1/customers/${customer?.id}/users`;
  };

  it('comes whole by pages and has no deleted user in it', async () => {
    const { items, totalCount } = await readAll(running, `${usersAt('Contoso Bikes')}?size=9`);
    expect(items).toHaveLength(totalCount ?? 0);
    const users = items.map(readCustomerUser);
    expect(new Set(users.map((user) => user?.id)).size).toBe(totalCount);
    expect(users.every((user) => user?.state === 'active')).toBe(true);
    expect(users.map((user) => user?.displayName)).not.toContain('Lynne Robbins');
  });

  it('has the deleted users where they are asked for, and only them', async () => {
    const deleted = `${usersAt('Contoso Bikes')}?size=2&${filter('UserState', 'Inactive', 'equals')}`;
    const { items, totalCount } = await readAll(running, deleted);
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
    const { items } = await readAll(running, address);
    const names = items.map((item) => readCustomerUser(item)?.displayName ?? '');
    expect(names).toEqual(names.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)));
    expect(names.length).toBeGreaterThan(100);
  });

  it.each([
    filter('DisplayName', 'Adele', 'starts_with'),
    filter('UserPrincipalName', 'adele.vance@contosobikes.onmicrosoft.com', 'equals'),
    filter('UserState', 'Inactive', 'starts_with'),
    filter('UserState', 'Sleeping', 'equals'),
    'sortField=id',
    'sortField=displayName&sortDirection=up',
    'sortDirection=ascending',
    '$filter=x',
  ])('refuses the query %s', async (query) => {
    expect(await running.send(`${usersAt('Contoso Bikes')}?size=10&${query}`)).toMatchObject({ status: 400 });
  });

  it('goes on by the short form too', async () => {
    const first = pageOf(await running.send(`${usersAt('Northwind Traders')}?size=40`));
    const rest = pageOf(
      await running.send(`${usersAt('Northwind Traders')}?seekOperation=Next`, {
        headers: first.next?.headers ?? {},
      }),
    );
    expect(first.items.length + rest.items.length).toBe(first.totalCount);
  });

  it('refuses a token of another customer, of another query, without seekOperation, or made up', async () => {
    const first = pageOf(await running.send(`${usersAt('Contoso Bikes')}?size=10`));
    const { headers = {}, uri = '' } = first.next ?? {};
    const refused = [
      running.send(`${usersAt('Northwind Traders')}?size=10&seekOperation=Next`, { headers }),
      running.send(`${usersAt('Contoso Bikes')}?size=11&seekOperation=Next`, { headers }),
      running.send(
        `${usersAt('Contoso Bikes')}?size=10&${filter('UserState', 'Inactive', 'equals')}&seekOperation=Next`,
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
    const page = pageOf(await running.send(`${usersAt('Wide World Importers')}?size=500`));
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
    const { uris } = await readAll(quirky, `/v1/customers?size=5`);
    expect(new Set(uris.map((uri) => uri.startsWith('/v1/'))).size).toBe(2);
    await quirky.pretend.close();
  });
});
