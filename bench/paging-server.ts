import { createServer } from 'node:http';

const pages = 200;
const perPage = 500;
const delay = 20;

/** A Partner Center with 100,000 users, 500 a page, each page after 20 ms; in a process of its own. */
const bodies = Array.from({ length: pages }, (_, page) => JSON.stringify(bodyOf(page)));
const server = createServer((request, response) => {
  const page = Number(/[?&]page=(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
  request.resume();
  setTimeout(() => {
    response.setHeader('Content-Type', 'application/json').end(bodies[page]);
  }, delay);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(server.address());
});

function bodyOf(page: number): object {
  const next = { uri: `/customers/c/users?size=${perPage}&page=${page + 1}`, method: 'GET', headers: [] };
  return {
    totalCount: pages * perPage,
    items: Array.from({ length: perPage }, (_, row) => userOf(page * perPage + row)),
    links: page + 1 < pages ? { next } : {},
    attributes: { objectType: 'Collection' },
  };
}

function userOf(number: number): object {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    usageLocation: 'US',
    id,
    userPrincipalName: `person.${number}@contoso.onmicrosoft.com`,
    firstName: 'Person',
    lastName: `Number ${number}`,
    displayName: `Person Number ${number}`,
    userDomainType: 'none',
    state: 'active',
    links: { self: { uri: `/customers/c/users/${id}`, method: 'GET', headers: [] } },
    attributes: { objectType: 'CustomerUser' },
  };
}
