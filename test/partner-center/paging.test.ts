import { describe, expect, it } from '@jest/globals';
import { buildIndexedQuery, buildSeekQuery } from '../../src/partner-center/index.ts';
import type { Page } from '../../src/partner-center/index.ts';
import { readAll } from '../../src/partner-center/read-all.ts';
import { connect } from './connect.ts';
import pagingLinks from './examples/paging-links-next.json' with { type: 'json' };
import { serving } from './serving.ts';
import type { Reply } from './start-strict-server.ts';

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
    const users = await readAll(
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
    expect(await readAll(connect(server).customers.query())).toHaveLength(2);
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
    expect(await readAll(connect(server).customers.query())).toHaveLength(2);
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
    await readAll(connect(server).customers.query());
    expect(JSON.stringify(server.received[1]?.headers)).not.toContain('evil');
    expect(server.received[1]?.headers[tokenHeader]).toBe('one');
  });

  it('ends where a next link repeats: at once, or after a while', async () => {
    const itself = await serve(page(['a'], '/v1/customers?size=500'));
    expect(await readAll(connect(itself).customers.query())).toHaveLength(1);
    const circle = await serve(
      page(['a'], '/customers?p=1'),
      page(['b'], '/customers?p=2'),
      page(['c'], '/customers?p=1'),
    );
    expect(await readAll(connect(circle).customers.query())).toHaveLength(3);
    expect(circle.received).toHaveLength(3);
  });

  it('shares one correlation id over its pages and has a request id for each', async () => {
    const server = await serve(page(['a'], '/customers?p=1'), page(['b'], '/customers?p=2'), page(['c']));
    await readAll(connect(server).customers.query());
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
    await readAll(connect(server).customers.query(buildSeekQuery('Next', 'one')));
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
    await readAll(connect(server).customers.query(buildSeekQuery('Next', tokens[0] ?? '')));
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
    expect(await readAll(connect(server).customers.query())).toHaveLength(2);
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
    await expect(readAll(connect(server).customers.query())).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  it('leaves out what cannot be read and counts it where it is told to', async () => {
    const json = { totalCount: 5, items: [{ id: 'a' }, {}, null, { id: 7 }, { id: 'b' }] };
    const server = await serve({ json }, { json: { items: 'none' } });
    const pages: Page<{ readonly id: string }>[] = [];
    for await (const each of connect(server).customers.query().pages({ skipUnreadable: true })) pages.push(each);
    expect(pages).toMatchObject([{ items: [{ id: 'a' }, { id: 'b' }], skipped: 3, totalCount: 5 }]);
    const broken = connect(server).customers.query().pages({ skipUnreadable: true });
    await expect(readAll(broken)).rejects.toMatchObject({ code: 'unreadable-answer' });
  });
});
