import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId, type CustomerId, type ObjectId, type UserId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import { type Alarms, createAlarms } from '../../src/observability/alarm-webhook.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';

const about = {
  correlationId: asId<CorrelationId>('c0000000-0000-4000-8000-000000000001'),
  technician: asId<ObjectId>('b0b00000-0000-4000-8000-000000000001'),
  customer: asId<CustomerId>('c5000000-0000-4000-8000-000000000001'),
  user: asId<UserId>('e5000000-0000-4000-8000-000000000001'),
};
const limitReached: Alarm = { kind: 'limit-reached', ...about, limit: 'technician', most: 10 };

type Got = { readonly method: string; readonly type: string; readonly body: Record<string, unknown> };

describe('alarms', () => {
  let clock: HandClock;
  let lines: string[];
  let server: Server;
  let got: Got[];
  let answer: (response: ServerResponse, number: number, request: IncomingMessage) => void;
  let alarms: Alarms;
  let ids = 0;

  beforeEach(async () => {
    clock = createHandClock();
    lines = [];
    got = [];
    answer = (response) => response.writeHead(202).end('thanks');
    server = createServer((request, response) => {
      const take = async (): Promise<void> => {
        const { method = '', headers } = request;
        got.push({ method, type: headers['content-type'] ?? '', body: JSON.parse(await text(request)) });
        answer(response, got.length, request);
      };
      take().catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    alarms = create(new Secret(address()));
  });

  afterEach(async () => {
    const stopped = alarms.stop();
    if (clock.waits.length > 0) clock.advance(5000);
    await stopped;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect(lines.join('')).not.toContain('CANARY');
  });

  const address = (): string => {
    const at = server.address();
    if (typeof at !== 'object' || at === null) throw new Error('the webhook does not listen on a port');
    return `http://127.0.0.1:${at.port}/hook?key=CANARY-key`;
  };
  const create = (url: Secret | undefined): Alarms =>
    createAlarms({
      url,
      fetch: globalThis.fetch,
      clock,
      newId: () => `id-${(ids += 1)}`,
      log: createLog({ write: (line) => lines.push(line), clock, level: 'info' }),
    });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };
  /** Waits for the pause before another try, and ends it. */
  const passPause = async (milliseconds: number): Promise<void> => {
    await until(() => clock.waits.includes(milliseconds) && clock.waits.length === 1);
    clock.advance(milliseconds);
  };

  it('are one JSON object each, with closed fields and a sentence', async () => {
    alarms.raise(limitReached);
    await until(() => got.length === 1);
    expect(got).toStrictEqual([
      {
        method: 'POST',
        type: 'application/json',
        body: {
          product: 'locksmith',
          id: expect.any(String),
          at: '2023-11-14T22:13:20.000Z',
          severity: 'warning',
          text: 'A reset was refused: the limit for one technician in an hour (10) is reached.',
          kind: 'limit-reached',
          ...about,
          limit: 'technician',
          most: 10,
        },
      },
    ]);
    expect(alarms.failures()).toBe(0);
  });

  it.each<[Alarm, RegExp]>([
    [{ kind: 'needs-attention', ...about, why: 'unclear' }, /whether the password is in force/],
    [{ kind: 'needs-attention', ...about, why: 'seal-broken' }, /could not be opened/],
    [{ kind: 'foreign-press', ...about }, /belongs to another person/],
    [{ kind: 'sealing-key-missing', keyId: '0123456789abcdef' }, /the same keys in SEALING_KEY/],
    [{ kind: 'row-altered', table: 'reset_requests', how: 'changed', row: 'r-1' }, /no password is brought for it/],
    [{ kind: 'row-altered', table: 'freezes', how: 'not-newest' }, /types `freeze everything`/],
    [{ kind: 'row-altered', table: 'audit_records', how: 'not-newest' }, /the audit trail. Nothing is done any more/],
    [{ kind: 'row-altered', table: 'audit_records', how: 'changed', row: '7' }, /before that is not gone on with/],
    [{ kind: 'bad-policy-file', problems: ['tiket: is not a key of the policy'] }, /stays in force/],
  ])('say what happened: %j', async (alarm, sentence) => {
    alarms.raise(alarm);
    await until(() => got.length === 1);
    expect(got[0]?.body).toMatchObject({ ...alarm, text: expect.stringMatching(sentence) });
    expect(lines.join('')).toContain(`"kind":"${alarm.kind}"`);
  });

  it('are sent again, under the same id, after a failure that may pass', async () => {
    answer = (response, number) =>
      number === 1 ? response.destroy() : response.writeHead(number === 2 ? 503 : 200).end();
    alarms.raise(limitReached);
    await passPause(1000);
    await passPause(4000);
    await until(() => got.length === 3);
    expect(new Set(got.map(({ body }) => body['id'])).size).toBe(1);
    await alarms.stop();
    expect(alarms.failures()).toBe(0);
  });

  it('are given up after five tries, which is logged and counted, and the next one does not wait for that', async () => {
    answer = (response, number) => response.writeHead(number === 2 ? 200 : 500).end();
    alarms.raise(limitReached);
    alarms.raise({ kind: 'foreign-press', ...about });
    await until(() => got.length === 2);
    expect(got[1]?.body).toMatchObject({ kind: 'foreign-press' });
    for (const pause of [1000, 4000, 15_000, 60_000]) await passPause(pause);
    await until(() => alarms.failures() === 1);
    expect(got).toHaveLength(6);
    expect(alarms.failures()).toBe(1);
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'alarm-failed',
        kind: 'limit-reached',
        why: 'not-taken',
        httpStatus: 500,
        tries: 5,
        failures: 1,
      }),
    );
  });

  it.each([400, 401, 404, 410])('are not sent again where the webhook says %i', async (status) => {
    answer = (response) => response.writeHead(status).end();
    alarms.raise(limitReached);
    await until(() => alarms.failures() === 1);
    expect(got).toHaveLength(1);
  });

  it('follow no redirect', async () => {
    answer = (response) => response.writeHead(307, { location: `${address()}&elsewhere` }).end();
    alarms.raise(limitReached);
    await until(() => clock.waits.includes(1000) && clock.waits.length === 1);
    expect(got).toHaveLength(1);
  });

  it('wait ten seconds for an answer, and never hold up whoever raises them', async () => {
    answer = () => undefined;
    alarms.raise(limitReached);
    await until(() => got.length === 1);
    expect(clock.waits).toEqual([10_000]);
    clock.advance(10_000);
    await until(() => clock.waits.includes(1000));
    expect(got).toHaveLength(1);
  });

  const frozen: Alarm = { kind: 'frozen', technician: about.technician, customer: undefined };
  const technician = (number: number) => asId<ObjectId>(`b0b00000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  const press = (number = 1): Alarm => ({
    kind: 'foreign-press',
    technician: technician(number),
    correlationId: about.correlationId,
  });
  /** Answers the first post after `resolve`. */
  const holdFirst = () => {
    const held = Promise.withResolvers<void>();
    answer = (response, number) => {
      const take = () => response.writeHead(202).end();
      if (number === 1) void held.promise.then(take);
      else take();
    };
    return held;
  };

  it('of a freeze arrive, and next, however many presses of people without a role came before', async () => {
    const held = holdFirst();
    for (let pressed = 0; pressed < 150; pressed += 1) alarms.raise(press(pressed));
    for (const limit of ['technician', 'customer', 'user'] as const) alarms.raise({ ...limitReached, limit });
    alarms.raise({ kind: 'thawed', technician: about.technician, customer: undefined });
    alarms.raise(frozen);
    held.resolve();
    await until(() => got.length === 102);
    const kinds = got.map(({ body }) => body['kind']);
    expect(kinds.slice(0, 5)).toEqual(['foreign-press', 'frozen', 'limit-reached', 'limit-reached', 'limit-reached']);
    expect(new Set(kinds.slice(5))).toEqual(new Set(['foreign-press']));
  });

  it('that are not critical wait by the hundred at most, and what is lost of more is logged and counted', async () => {
    const held = holdFirst();
    for (let pressed = 0; pressed < 101; pressed += 1) alarms.raise(press(pressed));
    expect(alarms.failures()).toBe(0);
    alarms.raise(limitReached);
    expect(alarms.failures()).toBe(1);
    expect(lines.map((line) => JSON.parse(line)).at(-1)).toMatchObject({
      event: 'alarm-failed',
      kind: 'foreign-press',
      why: 'too-many',
      tries: 0,
    });
    held.resolve();
    await until(() => got.length === 101);
    expect(got[1]?.body).toMatchObject({ kind: 'limit-reached' });
  });

  it('that the webhook does not take hold up no other, and the most severe is always next', async () => {
    answer = (response) => response.writeHead(503).end();
    alarms.raise({ kind: 'thawed', technician: about.technician, customer: undefined });
    alarms.raise(limitReached);
    alarms.raise(frozen);
    await until(() => got.length === 3);
    await until(() => clock.waits.filter((wait) => wait === 1000).length === 3);
    clock.advance(1000);
    await until(() => got.length === 6);
    expect(got.map(({ body }) => body['kind']).slice(1, 3)).toEqual(['frozen', 'limit-reached']);
    expect(got.map(({ body }) => body['severity']).slice(4)).toEqual(['critical', 'warning']);
  });

  it('that are the same go out as one, with their number, a minute after the first', async () => {
    for (let pressed = 0; pressed < 150; pressed += 1) alarms.raise(press());
    await until(() => got.length === 1);
    expect(got[0]?.body).not.toHaveProperty('count');
    await passPause(60_000);
    await until(() => got.length === 2);
    expect(got[1]?.body).toMatchObject({
      kind: 'foreign-press',
      count: 149,
      text: expect.stringContaining('149 times within a minute'),
    });
    // The next minute begins with those that were sent together.
    alarms.raise(press());
    expect(clock.waits).toContain(60_000);
  });

  it.each([
    ['a press', (number: number) => press(number)],
    ['a limit', (number: number): Alarm => ({ ...limitReached, technician: technician(number) })],
  ])('of two people are two, so that each of them is named: %s', async (_what, by) => {
    for (const number of [1, 1, 2]) alarms.raise(by(number));
    await until(() => got.length === 2);
    expect(got.map(({ body }) => body['technician'])).toEqual([technician(1), technician(2)]);
  });

  it('that are the same and wait to go out together are sent when the process stops', async () => {
    for (let pressed = 0; pressed < 3; pressed += 1) alarms.raise(press());
    await alarms.stop();
    expect(got.map(({ body }) => body['count'])).toEqual([undefined, 2]);
    expect(alarms.failures()).toBe(0);
  });

  it('that are critical are never dropped, however many wait', async () => {
    const held = holdFirst();
    for (let raised = 0; raised < 300; raised += 1) alarms.raise({ ...frozen, customer: about.customer });
    held.resolve();
    await until(() => got.length === 300);
    expect(alarms.failures()).toBe(0);
  });

  it('that wait when the process stops are tried once more, and a dead webhook holds up the end for five seconds at most', async () => {
    answer = (response, number) => (number === 1 ? response.writeHead(503).end() : response.writeHead(200).end());
    alarms.raise(limitReached);
    alarms.raise({ kind: 'foreign-press', ...about });
    await until(() => clock.waits.includes(1000));
    await alarms.stop();
    expect(got.map(({ body }) => body['kind'])).toEqual(['limit-reached', 'foreign-press', 'limit-reached']);
    expect(clock.waits).toEqual([]);
  });

  it('without an address are said in the log, with their severity, and go nowhere', async () => {
    const silent = create(undefined);
    silent.raise(limitReached);
    silent.raise({ kind: 'clocks-disagree', milliseconds: 600_000 });
    silent.raise({ kind: 'foreign-press', ...about });
    await silent.stop();
    expect(got).toEqual([]);
    expect(silent.failures()).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', event: 'alarm', kind: 'limit-reached', severity: 'warning', limit: 'technician', ...about },
      { level: 'error', event: 'alarm', kind: 'clocks-disagree', severity: 'critical' },
      { level: 'warn', event: 'alarm', kind: 'foreign-press', severity: 'info' },
    ]);
  });
});
