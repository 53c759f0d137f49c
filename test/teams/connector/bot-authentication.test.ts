import { createServer, type IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import { asId, type TenantId } from '../../../src/base/ids.ts';
import { Secret } from '../../../src/base/secret.ts';
import { listenOnLoopback } from '../../../src/sandbox/loopback-http.ts';
import { createBotAuthentication } from '../../../src/teams/connector/bot-authentication.ts';
import { botFrameworkEndpoints } from '../../../src/teams/connector/bot-framework-endpoints.ts';
import { type Connector, createConnector } from '../../../src/teams/connector/connector.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { own } from '../../support/own.ts';

const identity = {
  kind: 'bot',
  appId: 'a0000000-0000-4000-8000-000000000001',
  getToken: () => Promise.resolve(new Secret('CANARY-bot-token')),
} as const;
const chat = {
  id: 'a:chat',
  kind: 'personal',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  channelId: 'msteams',
  tenantId: asId<TenantId>('11111111-2222-4333-8444-555555555555'),
  botId: '28:bot',
} as const;

describe('the endpoints of the Bot Framework', () => {
  it('are those that the SDK has for the public cloud', () => {
    expect(botFrameworkEndpoints).toMatchObject({
      openIdMetadataUrl: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
      tokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
      emulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
      loginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
      oauthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
      oauthUrl: AuthenticationConstants.OAuthUrl,
    });
  });

  it('reach the SDK all together, and none of them is left out', () => {
    const { route: _ours, ...endpoints } = botFrameworkEndpoints;
    const changed = Object.fromEntries(
      Object.keys(endpoints).map((name) => [name, `https://${name.toLowerCase()}.example`]),
    );
    const seen = inspect(createBotAuthentication(identity, { ...botFrameworkEndpoints, ...changed }), { depth: 3 });
    for (const value of Object.values(changed)) expect(seen).toContain(value);
  });
});

describe('the clients that a turn of the SDK is given', () => {
  const anyIdentity = new ClaimsIdentity([]);
  const address = 'https://smba.trafficmanager.net/emea/';

  it('are one for each service address, whomever they are made for', async () => {
    const authentication = createBotAuthentication(identity);
    const client = await authentication.createConnectorFactory(anyIdentity).create(address);
    const again = await authentication.createConnectorFactory(new ClaimsIdentity([])).create(address);
    const elsewhere = await authentication.createConnectorFactory(anyIdentity).create(`${address}other/`);
    expect(again).toBe(client);
    expect(elsewhere).not.toBe(client);
    expect(await authentication.createUserTokenClient(anyIdentity)).toBe(
      await authentication.createUserTokenClient(new ClaimsIdentity([])),
    );
  });

  it('repeat nothing by themselves and follow no redirect', async () => {
    const client = await createBotAuthentication(identity).createConnectorFactory(anyIdentity).create(address);
    const policies: unknown[] = Object(own(own(client, 'client'), 'pipeline')).getOrderedPolicies();
    const names = policies.map((policy) => own(policy, 'name'));
    expect(names).toContain('serializationPolicy');
    expect(names).not.toContain('defaultRetryPolicy');
    expect(names).not.toContain('redirectPolicy');
  });

  it('are let go where there are too many addresses', async () => {
    const factory = createBotAuthentication(identity).createConnectorFactory(anyIdentity);
    const client = await factory.create(address);
    for (let number = 0; number < 16; number += 1) await factory.create(`${address}${number}/`);
    expect(await factory.create(address)).not.toBe(client);
  });
});

describe('a call of the bot', () => {
  it('carries the token of its own app, and nothing keeps that token', async () => {
    const heard: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      heard.push(request);
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"id":"1"}');
    });
    const listening = listenOnLoopback(server);
    const { url } = await listening.listen({ port: 0 });
    const authentication = createBotAuthentication(identity);
    const connector = createConnector({
      authentication,
      appId: identity.appId,
      loopback: false,
      route: (serviceUrl) => serviceUrl.replace('https://smba.trafficmanager.net', url),
      clock: createHandClock(),
      random: { fraction: () => 0 },
      limits: { tryMilliseconds: 1000, retryWithinMilliseconds: 0 },
    });
    await connector.post(chat, { kind: 'text', text: 'Hello' });
    await listening.close();
    expect(heard.map(({ url: path }) => path)).toEqual(['/emea/v3/conversations/a%3Achat/activities']);
    expect(heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer CANARY-bot-token']);
    expect(inspect([authentication, connector], { depth: Infinity })).not.toContain('CANARY');
  });
});

describe('a call whose token the connector refuses', () => {
  const json = { 'Content-Type': 'application/json' };
  const own401 = { headers: json, text: '{"error":{"code":"Unauthorized","message":"The token was revoked."}}' };
  const page = { headers: { 'Content-Type': 'text/html' }, text: '<html>Sign in to the proxy' };
  const post = (connector: Connector) => connector.post(chat, { kind: 'text', text: 'Hello' });
  const update = (connector: Connector) =>
    connector.update({ conversation: chat, activityId: '1' }, { kind: 'text', text: 'Hello' });

  /** Of a connector that takes no token but `takes`, and answers others with `refusal`. */
  async function outcomeOf(
    act: (connector: Connector) => Promise<unknown>,
    { refusal, takes = 'fresh' }: { readonly refusal: typeof page; readonly takes?: string },
  ) {
    const heard: (string | undefined)[] = [];
    const listening = listenOnLoopback(
      createServer(({ headers }, response) => {
        heard.push(headers.authorization);
        if (headers.authorization === `Bearer ${takes}`) response.writeHead(200, json).end('{"id":"1"}');
        else response.writeHead(401, refusal.headers).end(refusal.text);
      }),
    );
    const { url } = await listening.listen();
    const connector = createConnector({
      authentication: createBotAuthentication({
        ...identity,
        getToken: ({ fresh = false } = {}) => Promise.resolve(new Secret(fresh ? 'fresh' : 'stale')),
      }),
      appId: identity.appId,
      loopback: false,
      route: (serviceUrl) => serviceUrl.replace('https://smba.trafficmanager.net', url),
      clock: createHandClock(),
      random: { fraction: () => 0 },
      limits: { tryMilliseconds: 10_000, retryWithinMilliseconds: 0 },
    });
    const outcome = await act(connector).then(
      () => 'taken',
      (failure: unknown) => own(failure, 'code'),
    );
    await listening.close();
    return { outcome, heard };
  }

  it.each([
    ['a message', post, own401],
    ['a message, by an answer without a body', post, { ...own401, text: '' }],
    ['an update', update, own401],
    ['an update, by a page', update, page],
    ['the roster', (connector: Connector) => connector.member(chat, '29:1a'), own401],
  ])('is made once more with a fresh one: %s', async (_what, act, refusal) => {
    expect(await outcomeOf(act, { refusal })).toEqual({ outcome: 'taken', heard: ['Bearer stale', 'Bearer fresh'] });
  });

  it('is not made a third time', async () => {
    expect(await outcomeOf(update, { refusal: own401, takes: 'none' })).toEqual({
      outcome: 'unauthorised',
      heard: ['Bearer stale', 'Bearer fresh'],
    });
  });

  it('is not made again where a page stands in the place of the answer to a message, which may be there', async () => {
    expect(await outcomeOf(post, { refusal: page })).toEqual({ outcome: 'unauthorised', heard: ['Bearer stale'] });
  });
});
