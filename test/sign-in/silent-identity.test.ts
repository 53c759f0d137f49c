import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { createBotToken } from '../../src/sign-in/app-token.ts';
import { createHandClock } from '../support/hand-clock.ts';

// In a file of its own, because msal looks once in a process for where an identity is to be had.
describe('a managed identity', () => {
  it('does not wait for ever for one that does not answer', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const server = createServer((_, response) => {
      arrived.resolve(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${String(Object(server.address()).port)}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'CANARY-header';
    const clock = createHandClock(Date.now());
    const getToken = createBotToken({
      bot: { kind: 'managed-identity', appId: 'a0000000-0000-4000-8000-000000000002' },
      authority: 'https://login.microsoftonline.com',
      fetch: () => Promise.reject(new Error('not asked')),
      log: () => undefined,
      raiseAlarm: () => undefined,
      clock,
    });
    const waiting = expect(getToken()).rejects.toMatchObject({ name: 'BotTokenError', errorCode: 'unreachable' });
    const response = await arrived.promise;
    clock.advance(20_000);
    await waiting;
    response.writeHead(400, { 'Content-Type': 'application/json' });
    response.end('{}');
    server.close();
    server.closeAllConnections();
  });
});
