import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimsIdentity } from 'botframework-connector';
import { asId } from '../../../src/base/ids.ts';
import type { Conversation } from '../../../src/reset/identity.ts';
import { createBotAuthentication } from '../../../src/teams/connector/bot-authentication.ts';
import { createConnector } from '../../../src/teams/connector/connector.ts';
import { ConnectorError } from '../../../src/teams/connector/retries.ts';
import { createFakeConnector, type FakeConnector } from '../../support/fake-connector.ts';
import { own } from '../../support/own.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';

const tryMilliseconds = 10_000;
const password = 'CANARY-Word-word-word-17';
const text = { kind: 'text', text: 'Hello' } as const;
const card = {
  kind: 'card',
  card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: password }] },
} as const;

let fake: FakeConnector;
let clock: HandClock;
beforeEach(async () => {
  fake = await createFakeConnector();
  fake.addChat('a:chat');
  clock = createHandClock();
});
afterEach(() => fake.close());

function chat(changes: Partial<Conversation> = {}): Conversation {
  return {
    id: 'a:chat',
    kind: 'personal',
    serviceUrl: fake.url,
    channelId: 'msteams',
    tenantId: asId('tenant'),
    botId: '28:bot',
    ...changes,
  };
}

function connect({ loopback = true } = {}) {
  return createConnector({
    authentication: createBotAuthentication({ kind: 'sandbox' }),
    appId: '',
    loopback,
    clock,
    random: { fraction: () => 0.5 },
    limits: { tryMilliseconds, retryWithinMilliseconds: 30_000 },
  });
}

/** Lets every pause between tries pass at once, and says how long they were. */
async function skipPauses(work: Promise<unknown>): Promise<readonly number[]> {
  const pauses: number[] = [];
  const isPause = (wait: number) => wait !== tryMilliseconds;
  const ended = work.then(
    () => 'ended' as const,
    () => 'ended' as const,
  );
  for (;;) {
    const next = await Promise.race([ended, clock.waiting(isPause).then(() => 'pause' as const)]);
    if (next === 'ended') return pauses;
    const pause = clock.waits.find(isPause) ?? 0;
    pauses.push(pause);
    clock.advance(pause);
  }
}

async function failureOf(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectorError)) throw new Error(`Not a ConnectorError: ${inspect(error)}`);
  return error;
}

describe('calls to the connector', () => {
  it('opens the 1:1 with tenant and exactly one member', async () => {
    const opened = await connect().createConversation(
      chat({ id: '19:x@thread.tacv2;messageid=1', kind: 'channel' }),
      '29:1a',
    );
    expect(opened).toEqual(chat({ id: fake.personalChat('29:1a') }));
    expect(JSON.parse(fake.received[0]?.body ?? '')).toMatchObject({
      isGroup: false,
      bot: { id: '28:bot' },
      members: [{ id: '29:1a' }],
      tenantId: 'tenant',
      channelData: { tenant: { id: 'tenant' } },
    });
  });

  it('posts a text or a card, and updates the very message it posted', async () => {
    const address = await connect().post(chat(), text);
    await connect().update(address, card);
    expect(fake.shown('a:chat')).toMatchObject([
      { id: address.activityId, text: undefined, card: card.card, replyToId: undefined },
    ]);
    expect(fake.versions('a:chat', address.activityId)).toHaveLength(2);
    expect(fake.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v3/conversations/a%3Achat/activities',
      `PUT /v3/conversations/a%3Achat/activities/${address.activityId}`,
    ]);
  });

  it('says in a summary what a card is, in the words of the card for clients that cannot show it', async () => {
    const summed = { kind: 'card', card: { ...card.card, fallbackText: 'Password ready: Adele Vance' } } as const;
    const address = await connect().post(chat(), summed);
    await connect().update(address, summed);
    const summaries = fake.received.map(({ body }) => own(JSON.parse(body), 'summary'));
    expect(summaries).toEqual(['Password ready: Adele Vance', 'Password ready: Adele Vance']);
  });

  it('answers in the thread of a channel', async () => {
    const id = '19:x@thread.tacv2;messageid=1';
    fake.addChat(id);
    await connect().post(chat({ id, kind: 'channel' }), text, { replyToId: 'm1' });
    expect(fake.shown(id)).toMatchObject([{ text: 'Hello', replyToId: 'm1' }]);
  });

  it('looks a person up in the roster', async () => {
    fake.addMember({
      id: '29:1a',
      aadObjectId: 'o1',
      name: 'Robin',
      userPrincipalName: 'robin@msp.example',
      tenantId: 't',
    });
    expect(await connect().member(chat(), '29:1a')).toEqual({
      name: 'Robin',
      userPrincipalName: 'robin@msp.example',
      objectId: 'o1',
      tenantId: 't',
    });
  });

  it('sends nothing to a service address that is not allowed, not even a stored one', async () => {
    const error = await failureOf(connect({ loopback: false }).post(chat(), text));
    expect(error).toMatchObject({ code: 'refused', status: undefined });
    const foreign = chat({ serviceUrl: 'https://evil.trafficmanager.net/' });
    expect(await failureOf(connect().createConversation(foreign, '29:1a'))).toMatchObject({ code: 'refused' });
    expect(fake.received).toHaveLength(0);
  });
});

describe('a call that fails', () => {
  it.each([500, 502, 503, 504])('posts once where the answer is %d, because the message may stand', async (status) => {
    fake.fail('post', { kind: 'status', status, delivered: true }, 9);
    const error = await failureOf(connect().post(chat(), text));
    expect(error).toMatchObject({ code: 'unavailable', status });
    expect(fake.received).toHaveLength(1);
    expect(fake.shown('a:chat')).toHaveLength(1);
  });

  it('posts once where the connection is lost', async () => {
    fake.fail('post', { kind: 'reset', delivered: true }, 9);
    expect(await failureOf(connect().post(chat(), text))).toMatchObject({ code: 'unavailable', status: undefined });
    expect(fake.received).toHaveLength(1);
  });

  it.each([412, 429])('posts again after %d, which comes before the message', async (status) => {
    fake.fail('post', { kind: 'status', status }, 2);
    const work = connect().post(chat(), text);
    expect(await skipPauses(work)).toEqual([375, 750]);
    await work;
    expect(fake.shown('a:chat')).toHaveLength(1);
  });

  it('repeats a post that may appear twice', async () => {
    fake.fail('post', { kind: 'status', status: 502, delivered: true });
    const work = connect().post(chat(), text, { harmless: true });
    await skipPauses(work);
    await work;
    expect(fake.shown('a:chat')).toHaveLength(2);
  });

  it.each([412, 429, 502, 503, 504])('updates again after %d, always the same message', async (status) => {
    const address = await connect().post(chat(), text);
    fake.fail('update', { kind: 'status', status, delivered: true }, 3);
    const work = connect().update(address, card);
    expect(await skipPauses(work)).toEqual([375, 750, 1500]);
    await work;
    expect(fake.shown('a:chat')).toHaveLength(1);
    expect(fake.received).toHaveLength(5);
  });

  const html = '<!doctype html><title>Sign in to the network</title>';
  describe.each([
    { kind: 'page', contentType: 'text/html; charset=utf-8', body: html },
    { kind: 'page', contentType: 'text/html', body: '{"id":"1"}' },
    { kind: 'page', contentType: 'application/json', body: html },
    { kind: 'page', contentType: 'text/plain', body: 'OK' },
    { kind: 'page', contentType: undefined, body: html },
  ] as const)('that a page answers with 200: $contentType $body', (page) => {
    it('is no update, and is repeated', async () => {
      const address = await connect().post(chat(), text);
      fake.fail('update', page, 2);
      const work = connect().update(address, card);
      expect(await skipPauses(work)).toEqual([375, 750]);
      await work;
      expect(fake.shown('a:chat')).toMatchObject([{ card: card.card }]);
      fake.fail('update', page, 9);
      const failed = failureOf(connect().update(address, card));
      expect(await skipPauses(failed)).toHaveLength(3);
      expect((await failed).code).toBe('unavailable');
    });

    it('is no roster and no member', async () => {
      fake.fail('members', page, 9);
      fake.fail('member', page, 9);
      for (const ask of [() => connect().members(chat()), () => connect().member(chat(), '29:1a')]) {
        const failed = failureOf(ask());
        expect(await skipPauses(failed)).toHaveLength(3);
        expect((await failed).code).toBe('unavailable');
      }
    });

    it('is no message that was posted, and is not repeated', async () => {
      fake.fail('post', page, 9);
      expect((await failureOf(connect().post(chat(), text))).code).toBe('unavailable');
      expect(fake.received).toHaveLength(1);
    });
  });

  it.each(['', '{}', 'null', '{"members":[]}'])('takes no roster from the answer %j', async (body) => {
    fake.fail('members', { kind: 'page', contentType: 'application/json', body }, 9);
    const failed = failureOf(connect().members(chat()));
    await skipPauses(failed);
    expect((await failed).code).toBe('unavailable');
  });

  it('takes an empty answer to an update for success', async () => {
    const address = await connect().post(chat(), text);
    fake.fail('update', { kind: 'page', contentType: undefined, body: '' });
    await connect().update(address, card);
    expect(fake.received).toHaveLength(2);
  });

  it('gives up an update after the fourth try', async () => {
    const address = await connect().post(chat(), text);
    fake.fail('update', { kind: 'reset' }, 9);
    const work = failureOf(connect().update(address, card));
    expect(await skipPauses(work)).toHaveLength(3);
    expect(await work).toMatchObject({ code: 'unavailable', status: undefined });
    expect(fake.received).toHaveLength(5);
  });

  it('waits as long as Retry-After asks, and gives up where that is too long', async () => {
    const address = await connect().post(chat(), text);
    fake.fail('update', { kind: 'status', status: 429, headers: { 'Retry-After': '7' } });
    const work = connect().update(address, card);
    expect(await skipPauses(work)).toEqual([7000]);
    await work;
    fake.fail('update', { kind: 'status', status: 429, headers: { 'Retry-After': '600' } });
    expect(await failureOf(connect().update(address, card))).toMatchObject({ code: 'throttled', status: 429 });
  });

  it('understands Retry-After as a date', async () => {
    const address = await connect().post(chat(), text);
    const date = new Date(clock.now() + 5000).toUTCString();
    fake.fail('update', { kind: 'status', status: 503, headers: { 'Retry-After': date } });
    const work = connect().update(address, card);
    expect(await skipPauses(work)).toEqual([5000]);
    await work;
  });

  it.each([
    [400, 'BadSyntax', 'refused'],
    [401, 'BotNotRegistered', 'unauthorised'],
    [403, 'BotNotInConversationRoster', 'refused'],
    [403, 'ConversationBlockedByUser', 'blocked'],
    [403, 'BotDisabledByAdmin', 'blocked'],
    [404, 'ActivityNotFoundInConversation', 'gone'],
    [405, 'MethodNotAllowed', 'refused'],
    [413, 'MessageSizeTooBig', 'too-large'],
    [451, 'NeverHeardOf', 'refused'],
    [500, 'ServiceError', 'unavailable'],
  ])('takes %d %s for final: %s', async (status, code, expected) => {
    const address = await connect().post(chat(), text);
    fake.fail('update', { kind: 'status', status, code }, 9);
    expect(await failureOf(connect().update(address, card))).toMatchObject({ code: expected, status });
    expect(fake.received).toHaveLength(2);
  });

  it('follows no redirect', async () => {
    fake.fail('post', {
      kind: 'status',
      status: 307,
      headers: { Location: `${fake.url}v3/conversations/a:chat/activities` },
    });
    expect(await failureOf(connect().post(chat(), text))).toMatchObject({ code: 'refused', status: 307 });
    expect(fake.received).toHaveLength(1);
  });

  it.each(['silence', 'half-an-answer'] as const)('ends in time where a post is met with %s', async (kind) => {
    fake.fail('post', { kind });
    const work = failureOf(connect().post(chat(), text));
    await fake.arrived(1);
    clock.advance(tryMilliseconds);
    expect(await work).toMatchObject({ code: 'timeout', status: undefined });
    expect(fake.received).toHaveLength(1);
  });

  it('ends in time where opening the 1:1 is met with silence, after three tries', async () => {
    fake.fail('create', { kind: 'silence' }, 9);
    const work = failureOf(connect().createConversation(chat(), '29:1a'));
    for (const number of [1, 2, 3]) {
      await fake.arrived(number);
      clock.advance(tryMilliseconds);
      if (number < 3) {
        await clock.waiting((wait) => wait !== tryMilliseconds);
        clock.advance(2000);
      }
    }
    expect(await work).toMatchObject({ code: 'timeout' });
    expect(clock.waits).toEqual([]);
  });

  it('leaves no timer behind', async () => {
    await connect().post(chat(), text);
    fake.fail('post', { kind: 'status', status: 403 });
    await failureOf(connect().post(chat(), text));
    expect(clock.waits).toEqual([]);
  });

  it('waits for a slow answer', async () => {
    const { promise: until, resolve } = Promise.withResolvers<void>();
    fake.fail('post', { kind: 'slow', until });
    const work = connect().post(chat(), text);
    await fake.arrived(1);
    clock.advance(tryMilliseconds - 1);
    resolve();
    await work;
    expect(fake.shown('a:chat')).toHaveLength(1);
  });
});

describe('a password in an update that fails', () => {
  /** Everything that can be reached from a value, hidden or inherited, as one text. */
  const printed = (value: unknown) =>
    [String(value), JSON.stringify(value), inspect(value, { depth: Infinity, showHidden: true, getters: true })].join(
      '\n',
    );

  it.each([{ kind: 'status', status: 403 }, { kind: 'status', status: 413 }, { kind: 'reset' }] as const)(
    'is nowhere in the failure: %j',
    async (fault) => {
      const address = await connect().post(chat(), text);
      fake.fail('update', fault, 9);
      const work = failureOf(connect().update(address, card));
      await skipPauses(work);
      const error = await work;
      expect(fake.received.at(-1)?.body).toContain(password);
      expect(printed(error)).not.toContain('CANARY');
      expect(error.stack).not.toContain('CANARY');
      expect(error.cause).toBeUndefined();
    },
  );

  it("is in the SDK's own error, which is why that one is never kept", async () => {
    fake.fail('update', { kind: 'status', status: 403 });
    const factory = createBotAuthentication({ kind: 'sandbox' }).createConnectorFactory(new ClaimsIdentity([]));
    const client = await factory.create(fake.url);
    const error: unknown = await client.conversations
      .updateActivity('a:chat', '1', { type: 'message', attachments: [{ contentType: 'x', content: card.card }] })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    const request: unknown = Reflect.get(Object(error), 'request');
    expect(printed(request)).toContain('CANARY');
  });
});
