import { describe, expect, it } from '@jest/globals';
import {
  buildIndexedQuery,
  buildSeekQuery,
  buildSimpleQuery,
  type Page,
  type PartnerQuery,
  simpleFieldFilter,
} from '../../src/partner-center/index.ts';
import { connect, createFakeClock } from './connect.ts';
import pagingLinks from './examples/paging-links-next.json' with { type: 'json' };
import { type Reply, serving } from './start-strict-server.ts';

const serve = serving();
const tokenHeader = 'ms-continuationtoken';

function page(ids: readonly string[], uri?: string, headers: readonly object[] = []): Reply {
  const next = uri === undefined ? {} : { next: { uri, method: 'GET', headers } };
  return { json: { totalCount: 9, items: ids.map((id) => ({ id })), links: { self: { uri: '/x' }, ...next } } };
}

function token(value: string): object {
  return { key: 'MS-ContinuationToken', value };
}

describe('a collection', () => {
  it('follows links.next with its headers, with and without /v1, relative and absolute', async () => {
    const server = await serve(
      page(['a', 'b'], '/customers/c/users?size=2&seekOperation=Next', [token('one')]),
      page(['c'], '/v1/customers/c/users?size=2&seekOperation=Next', [token('two')]),
      page([], 'customers/c/users?size=2&page=4'),
      page(['d'], 'https://api.partnercenter.microsoft.com/v1/customers/c/users?size=2&page=5#fragment'),
      page(['e']),
    );
    const users = await Array.fromAsync(
      connect(server)
        .customers.byId('c')
        .users.query(buildIndexedQuery({ size: 2 })),
    );
    expect(users.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(server.received.map(({ url, headers }) => [url, headers[tokenHeader]])).toEqual([
      ['/v1/customers/c/users?size=2', undefined],
      ['/v1/customers/c/users?size=2&seekOperation=Next', 'one'],
      ['/v1/customers/c/users?size=2&seekOperation=Next', 'two'],
      ['/v1/customers/c/users?size=2&page=4', undefined],
      ['/v1/customers/c/users?size=2&page=5', undefined],
    ]);
  });

  it('follows the next link as it is printed in the documentation', async () => {
    const server = await serve({ json: { items: [{ id: 'a' }], links: pagingLinks.links } }, page(['b']));
    expect(await Array.fromAsync(connect(server).customers.query())).toHaveLength(2);
    expect(server.received[1]).toMatchObject({
      url: `/v1${pagingLinks.links.next.uri}`,
      headers: { [tokenHeader]: 'AQAAAA==' },
    });
  });

  it.each([
    'https://evil.example/v1/customers?page=2',
    '//evil.example/v1/customers?page=2',
    'https://user:secret@evil.example:8443/customers?page=2',
    String.raw`\\evil.example\v1\customers?page=2`,
    '/v1//customers?page=2',
    '//evil.example//customers?page=2',
  ])('stays on its own host where the next link is %s', async (uri) => {
    const server = await serve(page(['a'], uri), page(['b']));
    expect(await Array.fromAsync(connect(server).customers.query())).toHaveLength(2);
    expect(server.received[1]?.url).toBe('/v1/customers?page=2');
  });

  it('lets an answer choose neither token nor ids nor any header that is not Partner Center’s', async () => {
    const headers = [
      { key: 'Authorization', value: 'Bearer evil' },
      { key: 'MS-RequestId', value: 'evil' },
      { key: 'MS-CorrelationId', value: 'evil' },
      { key: 'Host', value: 'evil' },
      { key: 'MS-Contract-Version', value: 'evil' },
      { key: 'MS-Whatever', value: 'evil' },
      token('one'),
    ];
    const server = await serve(page(['a'], '/customers?page=2', headers), page(['b']));
    await Array.fromAsync(connect(server).customers.query());
    expect(JSON.stringify(server.received[1]?.headers)).not.toContain('evil');
    expect(server.received[1]?.headers[tokenHeader]).toBe('one');
  });

  it('ends where a next link repeats: at once, or after a while', async () => {
    const itself = await serve(page(['a'], '/v1/customers?size=500'));
    expect(await Array.fromAsync(connect(itself).customers.query())).toHaveLength(1);
    const circle = await serve(
      page(['a'], '/customers?p=1'),
      page(['b'], '/customers?p=2'),
      page(['c'], '/customers?p=1'),
    );
    expect(await Array.fromAsync(connect(circle).customers.query())).toHaveLength(3);
    expect(circle.received).toHaveLength(3);
  });

  it('shares one correlation id over its pages and has a request id for each', async () => {
    const server = await serve(page(['a'], '/customers?p=1'), page(['b'], '/customers?p=2'), page(['c']));
    await Array.fromAsync(connect(server).customers.query());
    expect(new Set(server.received.map(({ headers }) => headers['ms-correlationid'])).size).toBe(1);
    expect(new Set(server.received.map(({ headers }) => headers['ms-requestid'])).size).toBe(3);
  });

  it('gives whole pages, which say where they stand and how to go on later', async () => {
    const server = await serve(page(['a'], '/customers?seekOperation=Next', [token('one')]), page(['b']));
    const pages: Page<{ readonly id: string }>[] = [];
    for await (const each of connect(server).customers.query().pages()) {
      pages.push(each);
    }
    expect(pages).toMatchObject([
      {
        items: [{ id: 'a' }],
        skipped: 0,
        totalCount: 9,
        isFirstPage: true,
        isLastPage: false,
        continuationToken: 'one',
      },
      { items: [{ id: 'b' }], totalCount: 9, isFirstPage: false, isLastPage: true, continuationToken: undefined },
    ]);
    await Array.fromAsync(connect(server).customers.query(buildSeekQuery('Next', 'one')));
    expect(server.received[2]).toMatchObject({
      url: '/v1/customers?seekOperation=Next',
      headers: { [tokenHeader]: 'one' },
    });
  });

  it('gives a token that may be handed back, whatever plain text it is', async () => {
    const server = await serve(page(['a'], '/customers?seekOperation=Next', [token(' one two ')]), page(['b']));
    const tokens: string[] = [];
    for await (const { continuationToken } of connect(server).customers.query().pages()) {
      tokens.push(continuationToken ?? '');
    }
    await Array.fromAsync(connect(server).customers.query(buildSeekQuery('Next', tokens[0] ?? '')));
    expect(server.received.map(({ headers }) => headers[tokenHeader])).toEqual([undefined, 'one two', 'one two']);
  });

  it('reads nothing before it is iterated, no page more than is needed, and anew each time', async () => {
    const server = await serve(page(['a', 'b'], '/customers?p=1'));
    const customers = connect(server).customers.query();
    expect(server.received).toHaveLength(0);
    for await (const customer of customers) {
      if (customer.id === 'b') {
        break;
      }
    }
    expect(server.received).toHaveLength(1);
    for await (const customer of customers) {
      expect(customer.id).toBe('a');
      break;
    }
    expect(server.received).toHaveLength(2);
  });

  it('tries a page again where its read failed, and goes on', async () => {
    const server = await serve(page(['a'], '/customers?p=1'), { status: 503 }, page(['b']));
    expect(await Array.fromAsync(connect(server).customers.query())).toHaveLength(2);
  });

  it('asks for the next page while the reader works on one, where it is told to, and a reader that stops hears of no failure', async () => {
    const asked = Promise.withResolvers<void>();
    let pages = 0;
    const server = await serve((response) => {
      pages += 1;
      if (pages === 2) asked.resolve();
      const items = pages === 2 ? 'none' : [{ id: 'a' }];
      response.end(JSON.stringify({ items, links: { next: { uri: `/customers?p=${pages}` } } }));
    });
    for await (const { items } of connect(server).customers.query().pages({ ahead: true })) {
      expect(items).toMatchObject([{ id: 'a' }]);
      await asked.promise;
      break;
    }
    pages = 0;
    const whole = Array.fromAsync(connect(server).customers.query().pages({ ahead: true }));
    await expect(whole).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  it.each([
    { items: 'none' },
    {},
    { items: [{}] },
    { items: [null] },
    { items: [{ id: 7 }] },
    { items: [], links: { next: {} } },
    { items: [], links: { next: { uri: 'http://[' } } },
    { items: [], links: { next: { uri: '/x', headers: 'none' } } },
    { items: [], links: { next: { uri: '/x', headers: [{ key: 'MS-ContinuationToken', value: 'a\r\nb' }] } } },
  ])('is unreadable-answer, rather than short, where a page is %j', async (json) => {
    const server = await serve({ json });
    await expect(Array.fromAsync(connect(server).customers.query())).rejects.toMatchObject({
      code: 'unreadable-answer',
    });
  });

  it('leaves out what cannot be read and counts it where it is told to', async () => {
    const json = { totalCount: 5, items: [{ id: 'a' }, {}, null, { id: 7 }, { id: 'b' }] };
    const server = await serve({ json }, { json: { items: 'none' } });
    const pages: Page<{ readonly id: string }>[] = [];
    for await (const each of connect(server).customers.query().pages({ skipUnreadable: true })) pages.push(each);
    expect(pages).toMatchObject([{ items: [{ id: 'a' }, { id: 'b' }], skipped: 3, totalCount: 5 }]);
    const broken = connect(server).customers.query().pages({ skipUnreadable: true });
    await expect(Array.fromAsync(broken)).rejects.toMatchObject({ code: 'unreadable-answer' });
  });
});

describe('a list of roles', () => {
  it('is unreadable-answer where it has more than a hundred pages', async () => {
    let pages = 0;
    const server = await serve((response) => {
      pages += 1;
      response.end(JSON.stringify({ items: [], links: { next: { uri: `/x?page=${pages}` } } }));
    });
    const roles = connect(server).customers.byId('c').users.byId('u').directoryRoles;
    await expect(roles.get()).rejects.toMatchObject({ code: 'unreadable-answer', effect: 'none' });
    expect(pages).toBe(100);
  });

  it('ends when the time of one operation is over, however many pages there were', async () => {
    const clock = createFakeClock();
    let pages = 0;
    const server = await serve((response) => {
      pages += 1;
      clock.pass(1_500_000);
      response.end(JSON.stringify({ items: [], links: { next: { uri: `/x?page=${pages}` } } }));
    });
    const roles = connect(server, { clock }).customers.byId('c').users.byId('u').directoryRoles;
    await expect(roles.get()).rejects.toMatchObject({ code: 'timed-out', effect: 'none' });
    expect(pages).toBe(3);
  });
});

describe('an answer of more than 64 MB', () => {
  it('is unreadable-answer, and is not asked for again', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x20);
    let asked = 0;
    const fetch = (): Promise<Response> => {
      asked += 1;
      let left = 65;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          left -= 1;
          controller.enqueue(megabyte);
          if (left === 0) {
            controller.close();
          }
        },
      });
      return Promise.resolve(new Response(body));
    };
    const { customers } = connect({ baseUrl: 'https://partner.invalid' }, { fetch });
    const read = Array.fromAsync(customers.query(buildSimpleQuery()));
    await expect(read).rejects.toMatchObject({ code: 'unreadable-answer', httpStatus: 200, tries: 1 });
    expect(asked).toBe(1);
  });
});

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
    await Array.fromAsync(connect(server).customers.query(query));
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
