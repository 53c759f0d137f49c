import { describe, expect, it } from '@jest/globals';
import {
  buildIndexedQuery,
  buildSeekQuery,
  buildSimpleQuery,
  simpleFieldFilter,
} from '../../src/partner-center/index.ts';
import type { PartnerQuery } from '../../src/partner-center/index.ts';
import { readAll } from '../../src/partner-center/read-all.ts';
import { connect } from './connect.ts';
import { serving } from './serving.ts';

const serve = serving();

describe('a query', () => {
  it.each<[string, PartnerQuery, string]>([
    ['asks for everything at once', buildSimpleQuery(), 'size=0'],
    ['asks for pages', buildIndexedQuery({ size: 40 }), 'size=40'],
    [
      'filters customers by the start of their name',
      buildIndexedQuery({ size: 40, filter: simpleFieldFilter('CompanyName', 'starts_with', 'A&B = "ü"') }),
      `size=40&filter=${encodeURIComponent('{"Field":"CompanyName","Value":"A&B = \\"ü\\"","Operator":"starts_with"}')}`,
    ],
    [
      'asks for deleted users, in an order',
      buildIndexedQuery({
        size: 5,
        filter: simpleFieldFilter('UserState', 'equals', 'Inactive'),
        sort: { field: 'DisplayName', direction: 'ascending' },
      }),
      `size=5&filter=${encodeURIComponent('{"Field":"UserState","Value":"Inactive","Operator":"equals"}')}&sortField=DisplayName&sortDirection=ascending`,
    ],
    [
      'filters without pages',
      buildSimpleQuery(simpleFieldFilter('Domain', 'equals', 'x')),
      `size=0&filter=${encodeURIComponent('{"Field":"Domain","Value":"x","Operator":"equals"}')}`,
    ],
  ])('%s', async (_name, query, expected) => {
    const server = await serve({ json: { totalCount: 0, items: [], links: {} } });
    await readAll(connect(server).customers.query(query));
    expect(server.received[0]?.url).toBe(`/v1/customers?${expected}`);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('has no page size of %d', (size) => {
    expect(() => buildIndexedQuery({ size })).toThrow('size must be a whole number of 1 or more.');
  });

  it('has no empty or broken token and no empty filter', () => {
    expect(() => buildSeekQuery('Next', '')).toThrow('token must be');
    expect(() => buildSeekQuery('Next', 'a\r\nb')).toThrow('token must be');
    expect(() => simpleFieldFilter('', 'equals', 'x')).toThrow('must be set');
  });
});
