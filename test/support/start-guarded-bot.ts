import type { LogEvent } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import { createAdapter, type Turn } from '../../src/teams/activity/adapter.ts';
import type { IncomingActivity } from '../../src/teams/activity/incoming-activity.ts';
import { createBotAuthentication } from '../../src/teams/connector/bot-authentication.ts';
import { createConnector } from '../../src/teams/connector/connector.ts';
import { createGate } from '../../src/teams/gate/gate.ts';
import { createAddressLimit, createRateLimiter, type GateLimits } from '../../src/teams/gate/rate-limits.ts';
import { createServer } from '../../src/teams/http/server.ts';
import { createFakeConnector, type FakeConnector } from './fake-connector.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { type KeyServer, startKeyServer } from './key-server.ts';
import { teamsActivity } from './teams-activity.ts';
import { createSigningPair, goodClaims, type SigningPair, signToken } from './token-maker.ts';

export const appId = 'a0000000-0000-4000-8000-000000000001';
export const tenantId = '11111111-2222-4333-8444-555555555555';
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';
export const robin = {
  id: '29:1a',
  aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000a',
  name: 'Robin Tech',
  userPrincipalName: 'robin@partner.example',
  tenantId,
};

const plenty = { burst: 1_000_000, perSecond: 1_000_000 };

export type GuardedBot = {
  readonly url: string;
  readonly clock: HandClock;
  readonly keys: KeyServer;
  readonly pair: SigningPair;
  readonly connector: FakeConnector;
  /** What got through the gate. */
  readonly turns: IncomingActivity[];
  readonly logged: LogEvent[];
  /** What was said in a chat. */
  readonly said: string[];
  /** Posts an activity with a good token for it, or with another `Authorization`, or none. */
  post(activity: object, authorization?: string | null): Promise<{ readonly status: number; readonly body: string }>;
  /** A good token with some claims, or some of its header, changed. */
  token(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
  stop(): Promise<void>;
};

/**
 * The bot as it stands in production up to the turn: server, gate and adapter with an app id of its own. The keys come
 * from a local key server, the roster from the fake connector; what a turn does is up to the test.
 */
export async function startGuardedBot({
  limits = {},
  turn = () => Promise.resolve(undefined),
  clock = createHandClock(Date.now()),
  pair = createSigningPair('key-1'),
}: {
  readonly limits?: Partial<GateLimits>;
  readonly turn?: Turn;
  readonly clock?: HandClock;
  readonly pair?: SigningPair;
} = {}): Promise<GuardedBot> {
  const keys = await startKeyServer(pair);
  const fake = await createFakeConnector();
  fake.addChat('a:chat');
  fake.addMember(robin);
  const logged: LogEvent[] = [];
  const turns: IncomingActivity[] = [];
  const said: string[] = [];
  const log = (event: LogEvent) => logged.push(event);
  const random = { fraction: () => 0 };
  const roster = createConnector({
    authentication: createBotAuthentication({ kind: 'sandbox' }),
    appId: '',
    loopback: true,
    clock,
    random,
    limits: { tryMilliseconds: 10_000, retryWithinMilliseconds: 0 },
  });
  const gate = createGate({
    appId,
    allowedTenants: [tenantId],
    endpoints: { openIdMetadataUrl: keys.metadataUrl, tokenIssuer: 'https://api.botframework.com' },
    fetch,
    member: (conversation, teamsUserId) => roster.member({ ...conversation, serviceUrl: fake.url }, teamsUserId),
    clock,
    log,
    limits: { perSender: plenty, overall: plenty, ...limits },
  });
  const adapter = createAdapter({
    authentication: createBotAuthentication({
      kind: 'bot',
      appId,
      getToken: () => Promise.resolve(new Secret('CANARY-bot-token')),
    }),
    sandbox: false,
    gate,
    turn: (incoming, answerBy) => {
      turns.push(incoming);
      return turn(incoming, answerBy);
    },
    reply: (_, text) => {
      said.push(text);
      return Promise.resolve();
    },
    newReference: () => 'R-1',
    clock,
    log,
  });
  const server = createServer({
    handle: (activity, authorization) => adapter.process(activity, authorization),
    isReady: () => Promise.resolve(true),
    clock,
    log,
    addresses: createAddressLimit(createRateLimiter({ ...(limits.perAddress ?? plenty), clock }), (header) =>
      gate.isSigned(header),
    ),
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });

  const token: GuardedBot['token'] = (claims = {}, header = {}) =>
    signToken(pair, goodClaims({ appId, serviceUrl, now: clock.now() }, claims), header);
  return {
    url,
    clock,
    keys,
    pair,
    connector: fake,
    turns,
    logged,
    said,
    token,
    async post(activity, authorization = `Bearer ${token()}`) {
      const answer = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(authorization !== null && { Authorization: authorization }),
        },
        body: JSON.stringify(activity),
      });
      return { status: answer.status, body: await answer.text() };
    },
    async stop() {
      await server.close();
      await keys.close();
      await fake.close();
    },
  };
}

/** A message of Robin's as Teams sends it, with some parts changed. */
export function robinSays(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return teamsActivity({ serviceUrl, ...changes });
}
