import { createServer } from 'node:http';
import { makeCustomers, makePeople } from './make-people.ts';

const perPage = 500;
const delay = 20;

/** A Partner Center with 10,000 customers, one with 100,000 users, 500 a page and 20 ms a page; in a process of its own. */
const customers = makeCustomers(10_000).map(({ id, name, domain }) => ({
  id,
  companyProfile: { tenantId: id, domain, companyName: name },
  relationshipToPartner: 'reseller',
  attributes: { objectType: 'Customer' },
}));
const users = makePeople(100_000).map(({ id, first, last, nickname }) => ({
  usageLocation: 'US',
  id,
  userPrincipalName: `${nickname}@wideworldimporters.onmicrosoft.com`,
  firstName: first,
  lastName: last,
  displayName: `${first} ${last}`,
  userDomainType: 'none',
  state: 'active',
  attributes: { objectType: 'CustomerUser' },
}));
const usersPath = `/v1/customers/${customers[0]?.id}/users`;
const pages = new Map([
  ['/v1/customers', toPages('/customers', customers)],
  [usersPath, toPages(usersPath.slice('/v1'.length), users)],
]);
const none = JSON.stringify({ totalCount: 0, items: [], links: {}, attributes: { objectType: 'Collection' } });
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  // The only filter that is asked for is the one for deleted users, of whom there are none.
  const isFiltered = url.searchParams.has('filter');
  const page = isFiltered ? none : pages.get(url.pathname)?.[Number(url.searchParams.get('page') ?? 0)];
  request.resume();
  setTimeout(() => {
    response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'application/json' }).end(page);
  }, delay);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(server.address());
});

function toPages(path: string, all: readonly object[]): readonly string[] {
  const count = Math.ceil(all.length / perPage);
  return Array.from({ length: count }, (_, page) => {
    const next = { uri: `${path}?size=${perPage}&page=${page + 1}`, method: 'GET', headers: [] };
    return JSON.stringify({
      totalCount: all.length,
      items: all.slice(page * perPage, (page + 1) * perPage),
      links: page + 1 < count ? { next } : {},
      attributes: { objectType: 'Collection' },
    });
  });
}
