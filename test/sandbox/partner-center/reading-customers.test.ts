import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../../src/sandbox/partner-center/index.ts';
import { filterQuery, readAllPages, readPageSeen, type Running, startPretend } from './start-pretend.ts';

let running: Running;
beforeAll(async () => {
  running = await startPretend();
});
afterAll(async () => {
  await running.pretend.close();
});

describe('the list of customers', () => {
  it('has three fields for each customer and no more', async () => {
    const page = readPageSeen(await running.send('/v1/customers?size=1'));
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
    const { items, totalCount } = await readAllPages(running, `/v1/customers?size=${size}`);
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
    const page = readPageSeen(await running.send(`/v1/customers?size=50&${filterQuery(field, value, operator)}`));
    expect(page).toMatchObject({ totalCount: count });
    expect(page.items).toHaveLength(count);
  });

  it.each(['contains', 'substring', 'ends_with', 'not_equals', ''])('refuses to search by "%s"', async (operator) => {
    expect(
      await running.send(`/v1/customers?size=50&${filterQuery('CompanyName', 'Contoso', operator)}`),
    ).toMatchObject({
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
    filterQuery('Email', 'x', 'equals'),
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
