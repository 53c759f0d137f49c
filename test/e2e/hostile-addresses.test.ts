import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type TenantId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import { createBotAuthentication } from '../../src/teams/connector/bot-authentication.ts';
import { createConnector } from '../../src/teams/connector/connector.ts';
import { ConnectorError } from '../../src/teams/connector/retries.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { hostileAddresses } from '../support/hostile-addresses.ts';
import { appId, type GuardedBot, robinSays, startGuardedBot, tenantId } from '../support/start-guarded-bot.ts';
import { watchOutgoing } from '../support/watch-outgoing.ts';

const outgoing = watchOutgoing();
let bot: GuardedBot;

beforeAll(async () => {
  bot = await outgoing.within(() => startGuardedBot());
});
beforeEach(() => {
  outgoing.forget();
  bot.turns.length = 0;
  bot.logged.length = 0;
});
afterAll(async () => {
  outgoing.stop();
  await bot.stop();
});

describe('hostile service addresses (Rule 4)', () => {
  it('are more than 200, none twice', () => {
    expect(hostileAddresses.length).toBeGreaterThanOrEqual(200);
    expect(new Set(hostileAddresses).size).toBe(hostileAddresses.length);
  });

  it('are refused in the body and in a token that agrees: no turn, and no request to anywhere', async () => {
    for (const address of hostileAddresses) {
      const authorization = `Bearer ${bot.token({ serviceurl: address })}`;
      const answer = await outgoing.within(() => bot.post(robinSays({ serviceUrl: address }), authorization));
      expect([address, answer.status]).toEqual([address, 401]);
    }
    expect(new Set(bot.logged.map(({ rule }) => rule))).toEqual(new Set(['service-address']));
    expect(bot.logged).toHaveLength(hostileAddresses.length);
    // The only requests are those of the test to the bot.
    expect(new Set(outgoing.origins)).toEqual(new Set([bot.url]));
    expect([bot.turns, bot.said, bot.connector.received, bot.keys.asked]).toEqual([[], [], [], []]);
  });

  it('are refused in the token alone and in the body alone', async () => {
    for (const address of hostileAddresses.slice(0, 50)) {
      expect((await bot.post(robinSays(), `Bearer ${bot.token({ serviceurl: address })}`)).status).toBe(401);
      expect((await bot.post(robinSays({ serviceUrl: address }))).status).toBe(401);
    }
    expect(bot.turns).toEqual([]);
  });

  it('are not written to where they stand in the store', async () => {
    const connector = outgoing.within(() =>
      createConnector({
        authentication: createBotAuthentication({
          kind: 'bot',
          appId,
          getToken: () => Promise.resolve(new Secret('CANARY-bot-token')),
        }),
        appId,
        loopback: false,
        clock: createHandClock(),
        random: { fraction: () => 0 },
        limits: { tryMilliseconds: 1000, retryWithinMilliseconds: 0 },
      }),
    );
    for (const serviceUrl of hostileAddresses) {
      const conversation = {
        id: 'a:chat',
        kind: 'personal',
        serviceUrl,
        channelId: 'msteams',
        tenantId: asId<TenantId>(tenantId),
        botId: '28:bot',
      } as const;
      const calls = [
        () => connector.post(conversation, { kind: 'text', text: 'CANARY' }),
        () => connector.update({ conversation, activityId: '1' }, { kind: 'text', text: 'CANARY' }),
        () => connector.createConversation(conversation, '29:1a'),
        () => connector.member(conversation, '29:1a'),
      ];
      for (const call of calls)
        await expect(outgoing.within<Promise<unknown>>(call)).rejects.toEqual(new ConnectorError('refused', undefined));
    }
    expect(outgoing.origins).toEqual([]);
  });
});

describe('the watch over those requests', () => {
  it('sees what a bot asks for while it answers, by either client, and what it asks for later by itself', async () => {
    const later = Promise.withResolvers<Response>();
    const planted = await outgoing.within(() =>
      startGuardedBot({
        async turn() {
          await fetch(`${bot.url}/healthz`).then((answer) => answer.text());
          await new Promise((resolve) => get(bot.url, (answer) => answer.resume().on('end', resolve)));
          setTimeout(() => {
            void fetch(`${bot.url}/healthz`).then(later.resolve);
          }, 0);
          return undefined;
        },
      }),
    );
    outgoing.forget();
    await planted.post(robinSays());
    await (await later.promise).text();
    await planted.stop();
    expect(planted.turns).toHaveLength(1);
    // Of a request of node:http, such as that for the roster, the host is known alone.
    const host = new URL(bot.url).hostname;
    const keys = new URL(planted.keys.metadataUrl).origin;
    expect(outgoing.origins).toEqual([keys, keys, host, bot.url, host, bot.url]);
  });

  it('does not see what somebody else asks for meanwhile', async () => {
    await fetch(`${bot.url}/healthz`).then((answer) => answer.text());
    expect(outgoing.origins).toEqual([]);
  });
});
