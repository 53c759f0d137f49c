import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Log, LogEvent } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Alarm, RaiseAlarm } from '../../src/reset/alarm.ts';
import { createBotToken } from '../../src/sign-in/app-token.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts';

const appId = 'a0000000-0000-4000-8000-000000000001';
const tenantId = '11111111-2222-4333-8444-555555555555';
const plain = (secret: Secret): string => secret.reveal((value) => value);

type Told = { readonly clock: Clock; readonly log: Log; readonly raiseAlarm: RaiseAlarm };
const unheard: Told = { clock: systemClock, log: () => undefined, raiseAlarm: () => undefined };

describe('a bot with a secret', () => {
  let entra: OpenIdProvider;

  beforeEach(async () => {
    entra = await startOpenIdProvider({ tenantId, clientId: appId, secret: 'CANARY-bot-secret' });
  });

  afterEach(() => entra.close());

  const tokenOf = (password: string, told: Partial<Told> = {}) =>
    createBotToken({
      bot: { kind: 'single-tenant', appId, tenantId, password: new Secret(password) },
      authority: entra.authority,
      fetch: entra.fetch,
      ...unheard,
      ...told,
    });

  it('signs in once for many messages, for the Bot Framework and in its own tenant', async () => {
    const getToken = tokenOf('CANARY-bot-secret');
    const tokens = await Promise.all(Array.from({ length: 10 }, () => getToken()));
    expect(new Set([...tokens, await getToken()].map(plain)).size).toBe(1);
    expect(entra.asked).toEqual([
      expect.objectContaining({
        grant: 'client_credentials',
        scope: expect.stringContaining('https://api.botframework.com/.default'),
      }),
    ]);
  });

  it('gets another token where the connector refused the last one, once for all who are refused within ten seconds', async () => {
    const clock = createHandClock(Date.now());
    const getToken = tokenOf('CANARY-bot-secret', { clock });
    await getToken();
    clock.advance(10_000);
    await Promise.all([getToken({ fresh: true }), getToken({ fresh: true })]);
    await getToken({ fresh: true });
    expect(entra.asked).toHaveLength(2);
    clock.advance(10_000);
    await getToken({ fresh: true });
    await getToken();
    expect(entra.asked).toHaveLength(3);
  });

  it('has no token with a wrong secret, and says so by a code alone', async () => {
    const refused = tokenOf('CANARY-wrong')();
    await expect(refused).rejects.toMatchObject({ name: 'BotTokenError', errorCode: 'invalid_client' });
    await expect(refused).rejects.toHaveProperty('message', expect.not.stringContaining('CANARY'));
  });

  it('says once in the log and in an alarm why it has none, and asks Entra once for many who wait', async () => {
    const [clock, events, alarms] = [createHandClock(Date.now()), new Array<LogEvent>(), new Array<Alarm>()];
    const getToken = tokenOf('CANARY-bot-secret', {
      clock,
      log: (event) => void events.push(event),
      raiseAlarm: (alarm) => void alarms.push(alarm),
    });
    const askOften = async (): Promise<void> => {
      for (let question = 0; question < 50; question += 1) await getToken().catch(() => undefined);
    };
    entra.break({ kind: 'refuses', error: 'invalid_client', code: 7_000_222 });
    await askOften();
    expect(entra.arrivals).toBe(1);
    expect(events).toEqual([
      { level: 'error', event: 'bot-sign-in-failed', cause: 'client_secret_expired', entraCode: 7_000_222 },
    ]);
    clock.advance(5000);
    await askOften();
    expect([entra.arrivals, events.length]).toEqual([2, 2]);
    expect(alarms).toEqual([{ kind: 'bot-sign-in-failed', cause: 'client_secret_expired' }]);
    entra.break({ kind: 'refuses', error: 'invalid_client', code: 7_000_215 });
    clock.advance(5000);
    await askOften();
    expect(alarms.at(-1)).toEqual({ kind: 'bot-sign-in-failed', cause: 'invalid_client' });
    entra.break(undefined);
    clock.advance(5000);
    await expect(getToken()).resolves.toBeDefined();
    entra.break({ kind: 'refuses', error: 'invalid_client', code: 7_000_215 });
    clock.advance(3600_000);
    await askOften();
    expect(alarms).toHaveLength(3);
  });

  it('tries again the next time after Entra was away', async () => {
    const getToken = tokenOf('CANARY-bot-secret');
    entra.break({ kind: 'reset' });
    await expect(getToken()).rejects.toMatchObject({ errorCode: 'unreachable' });
    entra.break(undefined);
    expect(plain(await getToken())).not.toBe('');
  });
});

describe('a bot with a managed identity', () => {
  type Answer = (request: IncomingMessage, response: ServerResponse) => void;
  let server: Server;
  let answer: Answer;

  // One address for both, because msal looks once in a process for where an identity is to be had.
  beforeAll(async () => {
    server = createServer((request, response) => {
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${String(Object(server.address()).port)}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'CANARY-header';
  });

  afterAll(() => {
    Reflect.deleteProperty(process.env, 'IDENTITY_ENDPOINT');
    Reflect.deleteProperty(process.env, 'IDENTITY_HEADER');
    server.close();
    server.closeAllConnections();
  });

  const tokenOf = (identity: string, told: Partial<Told> = {}) =>
    createBotToken({
      bot: { kind: 'managed-identity', appId: identity },
      authority: 'https://login.microsoftonline.com',
      fetch: () => Promise.reject(new Error('not asked')),
      ...unheard,
      ...told,
    });

  it('has its token from where Azure says that it is to be had', async () => {
    const asked: { readonly url: string; readonly header: unknown }[] = [];
    answer = (request, response) => {
      asked.push({ url: request.url ?? '', header: request.headers['x-identity-header'] });
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(
        JSON.stringify({
          access_token: 'CANARY-identity-token',
          expires_on: String(Math.floor(Date.now() / 1000) + 3600),
          resource: 'https://api.botframework.com',
          token_type: 'Bearer',
          client_id: appId,
        }),
      );
    };
    const getToken = tokenOf(appId);
    expect(plain(await getToken())).toBe('CANARY-identity-token');
    expect(plain(await getToken())).toBe('CANARY-identity-token');
    expect(asked).toEqual([{ url: expect.stringContaining(`client_id=${appId}`), header: 'CANARY-header' }]);
    // The connector refused it: another one is asked for, once for all who are refused at the same time.
    expect(plain(await getToken({ fresh: true }))).toBe('CANARY-identity-token');
    expect(plain(await getToken({ fresh: true }))).toBe('CANARY-identity-token');
    expect(asked).toHaveLength(2);
    expect(asked[0]?.url).toContain(encodeURIComponent('https://api.botframework.com'));
  });

  it('does not wait for ever for one that does not answer', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    answer = (_, response) => {
      arrived.resolve(response);
    };
    const clock = createHandClock(Date.now());
    const getToken = tokenOf('a0000000-0000-4000-8000-000000000002', { clock });
    const waiting = expect(getToken()).rejects.toMatchObject({ name: 'BotTokenError', errorCode: 'unreachable' });
    const response = await arrived.promise;
    clock.advance(20_000);
    await waiting;
    response.writeHead(400, { 'Content-Type': 'application/json' });
    response.end('{}');
  });
});
