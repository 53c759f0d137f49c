import { once } from 'node:events';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { teamsTunables } from '../../../src/base/index.ts';
import type { LogEvent } from '../../../src/base/log.ts';
import { type BotServer, createServer } from '../../../src/teams/http/server.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { postRaw } from '../../support/post-raw.ts';

const mostBytes = 256 * 1024;
const json = { 'Content-Type': 'application/json' };

let clock: HandClock;
let logged: LogEvent[];
let handled: { readonly activity: object; readonly authorization: string | undefined }[];
let handle: Parameters<typeof createServer>[0]['handle'];
let isReady: () => Promise<boolean>;
let server: BotServer;
let url: string;
let rejected: number[];
let mayCome: boolean;

beforeEach(async () => {
  clock = createHandClock();
  logged = [];
  handled = [];
  rejected = [];
  mayCome = true;
  handle = () => Promise.resolve({ status: 200, body: { fine: true } });
  isReady = () => Promise.resolve(true);
  server = createServer({
    handle: (activity, authorization) => {
      handled.push({ activity, authorization });
      return handle(activity, authorization);
    },
    isReady: () => isReady(),
    clock,
    log: (event) => logged.push(event),
    addresses: { admit: () => (mayCome ? { giveBack: () => undefined } : undefined) },
    onRejected: (status) => rejected.push(status),
  });
  ({ url } = await server.listen({ host: '127.0.0.1', port: 0 }));
});
afterEach(() => server.close());

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = json) =>
  fetch(`${url}/api/messages`, { method: 'POST', headers, body });

/** A JSON object of exactly so many bytes. */
const jsonOf = (bytes: number) => JSON.stringify({ a: 'x'.repeat(bytes - JSON.stringify({ a: '' }).length) });

describe('the endpoints', () => {
  it('keeps an idle connection longer than the 60 seconds of a load balancer, and says so', async () => {
    const said = (await post('{}')).headers.get('keep-alive');
    expect(Number(/timeout=(\d+)/.exec(said ?? '')?.[1])).toBeGreaterThan(60);
    expect(readFileSync(resolve(import.meta.dirname, '../../../deploy/README.md'), 'utf8')).toContain(
      `idle connections for less than ${teamsTunables.keepAliveMilliseconds / 1000} seconds`,
    );
  });

  it('hands over the object that was posted, with its authorization, and answers what comes back', async () => {
    const answer = await post('{"type":"message","text":"Zoë"}', { ...json, Authorization: 'Bearer t' });
    expect([answer.status, await answer.json()]).toEqual([200, { fine: true }]);
    expect(handled).toEqual([{ activity: { type: 'message', text: 'Zoë' }, authorization: 'Bearer t' }]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.has('server')).toBe(false);
  });

  it('answers without a body where there is none', async () => {
    handle = () => Promise.resolve({ status: 401, body: undefined });
    const answer = await post('{}');
    expect([answer.status, await answer.text()]).toEqual([401, '']);
  });

  it('says of what it turns away by itself with which status, and of nothing else', async () => {
    handle = () => Promise.resolve({ status: 401, body: undefined });
    const answers = [await post('{}'), await post('{'), await post(jsonOf(mostBytes + 1))];
    mayCome = false;
    answers.push(await post('{}'));
    expect(answers.map(({ status }) => status)).toEqual([401, 400, 413, 429]);
    expect(rejected).toEqual([400, 413, 429]);
    expect(handled).toHaveLength(1);
  });

  it('takes any Accept header', async () => {
    expect((await post('{}', { ...json, Accept: 'text/plain' })).status).toBe(200);
    expect((await post('{}', { ...json, 'Accept-Version': '9' })).status).toBe(200);
  });

  it('is live, with or without a query, and to HEAD', async () => {
    expect((await fetch(`${url}/livez?x=1`)).status).toBe(200);
    const head = await fetch(`${url}/livez`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is ready if the check says so, and not if the check fails', async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    isReady = () => Promise.resolve(false);
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([503, { ready: false }]);
    isReady = () => Promise.reject(new Error('down'));
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  it.each([
    ['GET', '/api/messages'],
    ['PUT', '/api/messages'],
    ['OPTIONS', '/api/messages'],
    ['DELETE', '/livez'],
    ['POST', '/readyz'],
    ['GET', '/'],
    ['GET', '/metrics'],
    ['GET', '/api/messages/'],
    ['GET', '/%E0%A4%A'],
    ['GET', '/constructor'],
    ['GET', '//livez'],
  ])('has nothing at %s %s', async (method, path) => {
    const answer = await fetch(`${url}${path}`, { method });
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'not found' }]);
    expect(handled).toHaveLength(0);
  });

  it('answers a request to upgrade instead of leaving it open', async () => {
    const answer = await postRaw(url, [
      'GET /api/messages HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n',
    ]);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
  });

  it('answers 500 with nothing of the error in it, and logs its name alone', async () => {
    handle = () => Promise.reject(new TypeError('CANARY'));
    const answer = await post('{"text":"CANARY"}');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('CANARY');
    expect(logged).toEqual([{ level: 'error', event: 'request-failed', name: 'TypeError' }]);
  });
});

describe('a body', () => {
  it('may have 256 KB and not a byte more', async () => {
    expect((await post(jsonOf(mostBytes))).status).toBe(200);
    expect((await post(jsonOf(mostBytes + 1))).status).toBe(413);
    expect(handled).toHaveLength(1);
  });

  it('is refused by its length before it is sent', async () => {
    const request = httpRequest(`${url}/api/messages`, {
      method: 'POST',
      headers: { ...json, 'Content-Length': 10 * mostBytes },
    });
    request.flushHeaders();
    const [response] = await once(request, 'response');
    expect(response).toMatchObject({ statusCode: 413, headers: { connection: 'close' } });
    request.destroy();
  });

  it('is refused when it grows too long without having said so, while it is still being sent', async () => {
    const request = httpRequest(`${url}/api/messages`, { method: 'POST', headers: json });
    request.write('x'.repeat(mostBytes + 1));
    const [response] = await once(request, 'response');
    expect(response).toMatchObject({ statusCode: 413 });
    request.destroy();
  });

  it('that is far too long is answered with 413 rather than with a reset', async () => {
    for (let time = 0; time < 5; time += 1) {
      const answer = await post('x'.repeat(mostBytes + 100_000));
      expect(answer.status).toBe(413);
      await answer.text();
    }
  });

  it('that never ends is cut off', async () => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    let sent = 0;
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk)) sent += 65_536;
    };
    socket.on('drain', pour).on('error', () => undefined);
    pour();
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(sent).toBeLessThan(20_000_000);
  });

  it('is not asked for with 100 Continue where it would be refused', async () => {
    const head = (length: number) =>
      `POST /api/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${String(length)}\r\n\r\n`;
    expect(await postRaw(url, [head(2), '{}'])).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    const refused = postRaw(url, [head(mostBytes + 1)]);
    await clock.waiting((wait) => wait === 2000);
    clock.advance(2000);
    expect(await refused).toMatch(/^HTTP\/1.1 413 /);
  });

  it('may not be compressed in any encoding', async () => {
    const packed = new Uint8Array(gzipSync('{"type":"message"}'));
    expect((await post(packed, { ...json, 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await post('{}', { ...json, 'Content-Encoding': 'br' })).status).toBe(415);
    expect((await post('{}', { ...json, 'Content-Encoding': 'gzip, identity' })).status).toBe(415);
    expect((await post('{}', { ...json, 'Content-Encoding': 'identity' })).status).toBe(200);
    expect(handled).toHaveLength(1);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/jsonp', 415],
    ['multipart/form-data; boundary=application/json', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON;charset="UTF-8"', 200],
  ])('of type %s is answered with %d', async (type, status) => {
    expect((await post('{}', { 'Content-Type': type })).status).toBe(status);
  });

  it.each(['', '{', '[]', '"x"', '5', 'null', '{"a":1}x', "{'a':1}", '{"a":\u0000}'])(
    'of %j is a 400',
    async (body) => {
      expect((await post(body)).status).toBe(400);
      expect(handled).toHaveLength(0);
    },
  );

  it('that is not UTF-8 is a 400', async () => {
    expect((await post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400);
  });

  it('may have 32 levels and not one more, brackets in texts not counted', async () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect((await post(nested(32))).status).toBe(200);
    expect((await post(nested(33))).status).toBe(400);
    expect((await post(nested(20_000))).status).toBe(400);
    expect((await post(JSON.stringify({ a: `\\"${'['.repeat(100)}` }))).status).toBe(200);
  });

  it('that does not come is waited for ten seconds', async () => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    );
    await clock.waiting((wait) => wait === 10_000);
    clock.advance(10_000);
    const [data] = await once(socket, 'data');
    expect(String(data)).toMatch(/^HTTP\/1.1 408 /);
    await clock.waiting((wait) => wait === 2000);
    clock.advance(2000);
    await once(socket, 'close');
    expect(clock.waits).toEqual([]);
  });

  it('that breaks off does no harm', async () => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    );
    await clock.waiting((wait) => wait === 10_000);
    socket.destroy();
    expect((await post('{}')).status).toBe(200);
    expect(handled).toHaveLength(1);
    expect(logged).toEqual([]);
  });
});

describe('headers', () => {
  it('over 16 KB are a 431', async () => {
    const answer = await postRaw(url, [`GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`]);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });
});

describe('closing', () => {
  it('finishes what is under way and then ends the connection', async () => {
    const { promise: until, resolve } = Promise.withResolvers<void>();
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    handle = async () => {
      start();
      await until;
      return { status: 200, body: { late: true } };
    };
    const answer = post('{}');
    await started;
    const closed = server.close();
    resolve();
    const response = await answer;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    await expect(fetch(`${url}/livez`)).rejects.toThrow('fetch failed');
  });

  it('does not wait for idle connections, nor for ever for half a request', async () => {
    await (await fetch(`${url}/livez`)).text();
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    );
    socket.on('error', () => undefined).resume();
    await clock.waiting((wait) => wait === 10_000);
    const closed = server.close();
    clock.advance(15_000);
    await closed;
  });

  it('is done at once where it never listened, and may be asked twice', async () => {
    await server.close();
    await server.close();
  });

  it('rejects to listen where the address is taken', async () => {
    const second = createServer({ handle, isReady, clock, log: () => undefined });
    await expect(second.listen({ host: '127.0.0.1', port: Number(new URL(url).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

it('leaves other servers of the process as they were, though restify does not', async () => {
  for (let made = 0; made < 3; made += 1) {
    createServer({
      handle: () => Promise.resolve({ status: 200, body: undefined }),
      isReady: () => Promise.resolve(true),
      clock: systemClock,
      log: () => undefined,
    });
  }
  const other = createHttpServer((_request, response) => {
    response.writeHead(202, { 'X-Made-By': 'another' }).end('chained');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([answer.status, answer.headers.get('x-made-by'), await answer.text()]).toEqual([202, 'another', 'chained']);
  other.close();
});
