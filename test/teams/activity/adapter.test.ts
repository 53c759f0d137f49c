import { systemClock } from '../../../src/base/clock.ts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../../src/base/log.ts';
import { createAdapter, type Turn } from '../../../src/teams/activity/adapter.ts';
import type { IncomingActivity } from '../../../src/teams/activity/incoming-activity.ts';
import { createBotAuthentication } from '../../../src/teams/connector/bot-authentication.ts';
import { createConnector } from '../../../src/teams/connector/connector.ts';
import { createTeamsMessages } from '../../../src/teams/connector/messages.ts';
import type { Gate, GateRule } from '../../../src/teams/gate/admission.ts';
import { createSandboxGate } from '../../../src/teams/gate/gate.ts';
import { type BotServer, createServer } from '../../../src/teams/http/server.ts';
import { createFakeConnector, type FakeConnector } from '../../support/fake-connector.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { teamsActivity, teamsPress } from '../../support/teams-activity.ts';

let fake: FakeConnector;
let logged: LogEvent[];
let turns: IncomingActivity[];
let turn: Turn;
let servers: BotServer[];

beforeEach(async () => {
  fake = await createFakeConnector();
  fake.addChat('a:chat');
  logged = [];
  turns = [];
  turn = () => Promise.resolve(undefined);
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.close();
  await fake.close();
});

/** The whole edge over HTTP: server, reader, adapter, connector. */
async function start(gate = createSandboxGate(), clock = createHandClock()) {
  const authentication = createBotAuthentication({ kind: 'sandbox' });
  const log = (event: LogEvent) => logged.push(event);
  const connector = createConnector({
    authentication,
    appId: '',
    loopback: true,
    clock,
    random: { fraction: () => 0 },
    limits: { tryMilliseconds: 10_000, retryWithinMilliseconds: 0 },
  });
  const nothing = () => ({ type: 'AdaptiveCard' });
  const messages = createTeamsMessages({
    connector,
    clock: systemClock,
    sandbox: true,
    render: { card: nothing, question: nothing, approval: nothing, directMessage: nothing },
  });
  const adapter = createAdapter({
    authentication,
    sandbox: true,
    gate,
    turn: (incoming, answerBy) => {
      turns.push(incoming);
      return turn(incoming, answerBy);
    },
    reply: (conversation, text) => messages.reply(conversation, text),
    newReference: () => 'R-1',
    clock,
    log,
  });
  const server = createServer({
    handle: (activity, authorization) => adapter.process(activity, authorization),
    isReady: () => Promise.resolve(true),
    clock,
    log,
  });
  servers.push(server);
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    messages,
    post: async (activity: unknown, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(activity),
      });
      const text = await answer.text();
      return { status: answer.status, body: parse(text) };
    },
  };
}

function parse(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

const local = (changes: Readonly<Record<string, unknown>> = {}) => teamsActivity({ serviceUrl: fake.url, ...changes });
const press = (value: Readonly<Record<string, unknown>> = {}, changes: Readonly<Record<string, unknown>> = {}) =>
  teamsPress(value, { serviceUrl: fake.url, ...changes });
const sentence = (value: unknown) => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value },
});

describe('a turn', () => {
  it('is given what a message says, and replies through the connector', async () => {
    const { post, messages } = await start();
    turn = async (incoming) => {
      if (incoming.kind === 'message') await messages.reply(incoming.conversation, `You said: ${incoming.text}`);
      return undefined;
    };
    expect(await post(local({ text: 'hi' }))).toEqual({ status: 200, body: undefined });
    expect(fake.shown('a:chat')).toMatchObject([{ text: 'You said: hi' }]);
  });

  it('answers a press with a card', async () => {
    const { post } = await start();
    turn = () => Promise.resolve({ kind: 'card', card: { type: 'AdaptiveCard', version: '1.5' } });
    expect(await post(press())).toEqual({
      status: 200,
      body: {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: { type: 'AdaptiveCard', version: '1.5' },
      },
    });
    expect(turns).toMatchObject([{ kind: 'press', verb: 'confirm', inputs: { request: 'r1' } }]);
  });

  it('answers a press with a sentence', async () => {
    const { post } = await start();
    turn = () => Promise.resolve({ kind: 'message', text: 'Not yours.' });
    expect(await post(press())).toEqual(sentence('Not yours.'));
  });

  it('never leaves an invoke without a valid answer', async () => {
    const { post } = await start();
    expect(await post(press())).toEqual(sentence(expect.any(String)));
    expect(await post(local({ type: 'invoke', name: 'composeExtension/query', value: {} }))).toEqual(
      sentence(expect.any(String)),
    );
    expect(await post(local({ type: 'invoke' }))).toEqual(sentence(expect.any(String)));
  });

  it('may outlive the request that started it', async () => {
    const { post, messages } = await start();
    const { promise: until, resolve } = Promise.withResolvers<void>();
    let later: Promise<void> | undefined;
    turn = (incoming) => {
      if (incoming.kind === 'press') later = until.then(() => messages.reply(incoming.conversation, 'Done.'));
      return Promise.resolve({ kind: 'message', text: 'Working on it.' });
    };
    expect(await post(press())).toEqual(sentence('Working on it.'));
    resolve();
    await later;
    expect(fake.shown('a:chat')).toMatchObject([{ text: 'Done.' }]);
  });

  it('is the same for a message that asks for its replies in the answer', async () => {
    const { post } = await start();
    expect(await post(local({ deliveryMode: 'expectReplies' }))).toEqual({ status: 200, body: undefined });
    turn = () => Promise.resolve({ kind: 'message', text: 'Yes.' });
    expect(await post(press({}, { deliveryMode: 'expectReplies' }))).toEqual(sentence('Yes.'));
  });

  it('is run for every one of twenty presses at once, each with its own answer', async () => {
    const { post } = await start();
    turn = (incoming) =>
      Promise.resolve({ kind: 'message', text: incoming.kind === 'press' ? incoming.activityId : 'none' });
    const ids = Array.from({ length: 20 }, (_, number) => `f:${String(number)}`);
    const answers = await Promise.all(ids.map((id) => post(press({}, { id }))));
    expect(answers).toEqual(ids.map((id) => sentence(id)));
  });
});

describe('a turn that fails', () => {
  it('answers a press in a sentence with a reference, and logs no message of the error', async () => {
    const { post } = await start();
    turn = () =>
      Promise.reject(Object.assign(new RangeError('CANARY'), { code: 'E_TEST', request: { body: 'CANARY' } }));
    expect(await post(press())).toEqual(sentence(expect.stringContaining('R-1')));
    expect(logged).toEqual([
      {
        level: 'error',
        event: 'turn-failed',
        reference: 'R-1',
        incoming: 'press',
        name: 'RangeError',
        code: 'E_TEST',
        place: expect.stringMatching(/^test\/teams\/activity\/adapter\.test\.ts:\d+:\d+$/),
      },
    ]);
    expect(fake.received).toHaveLength(0);
  });

  it('tells the chat in a sentence where it was a message', async () => {
    const { post } = await start();
    turn = () => Promise.reject(new Error('CANARY'));
    expect(await post(local())).toEqual({ status: 200, body: undefined });
    expect(fake.shown('a:chat')).toMatchObject([{ text: expect.stringContaining('R-1') }]);
    expect(JSON.stringify([fake.received, logged])).not.toContain('CANARY');
  });

  it('bears that the chat cannot be told', async () => {
    const { post } = await start();
    turn = () => Promise.reject(new Error('CANARY'));
    fake.fail('post', { kind: 'status', status: 403 });
    expect(await post(local())).toEqual({ status: 200, body: undefined });
    expect(logged.map(({ event }) => event)).toEqual(['turn-failed', 'apology-failed']);
  });

  it('is answered in time where the chat hangs', async () => {
    const clock = createHandClock();
    const { post } = await start(undefined, clock);
    turn = () => Promise.reject(new Error('CANARY'));
    fake.fail('post', { kind: 'silence' });
    const answer = post(local());
    await clock.waiting((wait) => wait === 3000);
    clock.advance(3000);
    expect(await answer).toEqual({ status: 200, body: undefined });
  });

  it('bears that something else than an error is thrown', async () => {
    const { post } = await start();
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    turn = () => Promise.reject('CANARY');
    expect(await post(press())).toEqual(sentence(expect.stringContaining('R-1')));
    expect(JSON.stringify(logged)).not.toContain('CANARY');
  });
});

describe('what the gate refused', () => {
  const refuse = (rule: GateRule): Gate => ({
    admit: () => Promise.resolve({ kind: 'refused', rule, technician: undefined }),
  });

  it('is decided within two seconds for a press, and the turn has the rest of the time', async () => {
    const clock = createHandClock();
    const receivedAt = clock.now();
    const asked: (number | undefined)[] = [];
    const given: number[] = [];
    const gate: Gate = {
      admit: async (request) => {
        asked.push(request.decideBy);
        clock.advance(300);
        return createSandboxGate().admit(request);
      },
    };
    const { post } = await start(gate, clock);
    turn = (_, answerBy) => {
      given.push(answerBy);
      return Promise.resolve(undefined);
    };
    await post(press());
    await post(local());
    expect(asked).toEqual([receivedAt + 2000, undefined]);
    expect(given).toEqual([receivedAt + 2500, receivedAt + 300 + 9000]);
  });

  it('is answered by a 200 where the sentence was said in the chat', async () => {
    const { post } = await start(refuse('roster-silent'));
    expect(await post(local())).toEqual({ status: 200, body: undefined });
    expect(fake.shown('a:chat')).toMatchObject([{ text: expect.stringContaining('Try again') }]);
    expect(turns).toEqual([]);
  });

  it.each([
    ['roster-silent', 503],
    ['store-silent', 503],
    ['guest', 403],
  ] as const)('is not swallowed where %s could not be said: Teams gets a %i', async (rule, status) => {
    const { post } = await start(refuse(rule));
    fake.fail('post', { kind: 'status', status: 403 });
    expect(await post(local({ text: 'freeze everything' }))).toEqual({ status, body: undefined });
    expect(logged).toMatchObject([{ event: 'refusal-not-said', rule }]);
  });

  it('is answered in time where the chat hangs', async () => {
    const clock = createHandClock();
    const { post } = await start(refuse('roster-silent'), clock);
    fake.fail('post', { kind: 'silence' });
    const answer = post(local());
    await clock.waiting((wait) => wait === 3000);
    clock.advance(3000);
    expect(await answer).toEqual({ status: 503, body: undefined });
  });
});

describe('what does not fit', () => {
  it.each<[string, object]>([
    ['an empty object', {}],
    ['no type', teamsActivity({ type: undefined })],
    ['a type that is an object', teamsActivity({ type: {} })],
    ['a text that is a number', teamsActivity({ text: 5 })],
    ['no sender', teamsActivity({ from: undefined })],
    ['a conversation that is a text', teamsActivity({ conversation: 'a' })],
    ['a press whose value is 5', teamsPress({}, { value: 5 })],
    ['a press whose value is null', teamsPress({}, { value: null })],
    ['a press without action', teamsPress({ action: undefined })],
    ['a timestamp that is no time', { timestamp: 'x', type: 'message' }],
  ])('is a 400 and reaches no turn: %s', async (_, activity) => {
    const { post } = await start();
    expect(await post({ ...activity, serviceUrl: fake.url })).toMatchObject({
      status: 400,
      body: { error: expect.any(String) },
    });
    expect(turns).toEqual([]);
  });

  it('is a 400 where the service address is foreign, for activities that are passed over too', async () => {
    const { post } = await start();
    expect(await post(teamsActivity())).toMatchObject({ status: 400 });
    expect(await post(teamsActivity({ type: 'typing' }))).toMatchObject({ status: 400 });
    expect(await post(teamsActivity({ type: 'typing', serviceUrl: undefined }))).toMatchObject({ status: 400 });
  });

  it('bears strange values in everything the SDK would have read', async () => {
    const { post } = await start();
    const strange = {
      timestamp: {},
      expiration: 'never',
      localTimestamp: 'x',
      callerId: 5,
      attachments: 7,
      entities: 'x',
    };
    expect(await post(local(strange))).toEqual({ status: 200, body: undefined });
    expect(turns).toHaveLength(1);
  });
});
