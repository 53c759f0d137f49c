import { systemClock } from '../../../src/base/clock.ts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import type { Conversation } from '../../../src/reset/identity.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { createBotAuthentication } from '../../../src/teams/connector/bot-authentication.ts';
import { createConnector } from '../../../src/teams/connector/connector.ts';
import { createTeamsMessages } from '../../../src/teams/connector/messages.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import type { ConnectorCall } from '../../support/fake-connector-faults.ts';
import { createFakeConnector, type FakeConnector } from '../../support/fake-connector.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const threadId = '19:team@thread.tacv2;messageid=1700000000000';

let fake: FakeConnector;
beforeEach(async () => {
  fake = await createFakeConnector();
  fake.addChat(threadId);
});
afterEach(() => fake.close());

function setUp() {
  const thread: Conversation = {
    ...buildResetRequest().askedIn,
    id: threadId,
    kind: 'channel',
    serviceUrl: fake.url,
  };
  const connector = createConnector({
    authentication: createBotAuthentication({ kind: 'sandbox' }),
    appId: '',
    loopback: true,
    clock: createHandClock(),
    random: { fraction: () => 0 },
    limits: { tryMilliseconds: 10_000, retryWithinMilliseconds: 0 },
  });
  const messages = createTeamsMessages({
    connector,
    clock: systemClock,
    sandbox: false,
    render: {
      card: ({ state }) => ({ type: 'AdaptiveCard', card: state }),
      approval: ({ state }) => ({ type: 'AdaptiveCard', approval: state }),
      question: ({ state }) => ({ type: 'AdaptiveCard', question: state }),
      directMessage: ({ state }, password) => ({
        type: 'AdaptiveCard',
        directMessage: state,
        password: password?.reveal((value) => value) ?? 'none',
      }),
    },
  });
  return { messages, thread, request: buildResetRequest({ askedIn: thread }) };
}

/** A request whose card and direct message stand. */
async function setUpOpen() {
  const { messages, thread, request } = setUp();
  const card = await messages.postCard(thread, { type: 'AdaptiveCard' });
  const opened = await messages.openDirectMessage(request);
  if (opened.kind !== 'open') throw new Error('The direct message is closed.');
  const open: ResetRequest = { ...request, card, directMessage: opened.address };
  return { messages, request: open, chat: opened.address.conversation.id };
}

describe('messages in Teams', () => {
  it('opens the 1:1 with the person who asked in a channel, and posts a placeholder without a password', async () => {
    const { request, chat } = await setUpOpen();
    expect(chat).toBe(fake.personalChat('29:robin'));
    expect(request.directMessage?.conversation).toMatchObject({ kind: 'personal', tenantId: request.askedIn.tenantId });
    expect(fake.shown(chat)).toMatchObject([{ card: { directMessage: 'proposed', password: 'none' } }]);
  });

  it('puts the password into the message that stands, and never posts it', async () => {
    const { messages, request, chat } = await setUpOpen();
    const password = new Secret('CANARY-Word-word-word-17');
    expect(await messages.updateDirectMessage({ ...request, state: 'delivering' }, password)).toEqual({ kind: 'done' });
    expect(fake.shown(chat)).toMatchObject([
      { id: request.directMessage?.activityId, card: { password: 'CANARY-Word-word-word-17' } },
    ]);
    expect(await messages.updateDirectMessage({ ...request, state: 'hidden' }, undefined)).toEqual({ kind: 'done' });
    expect(fake.shown(chat)).toMatchObject([{ card: { directMessage: 'hidden', password: 'none' } }]);
    const holding = fake.received.filter(({ body }) => body.includes('CANARY'));
    expect(holding.map(({ call }) => call)).toEqual(['update']);
  });

  it('updates the card where it was asked', async () => {
    const { messages, request } = await setUpOpen();
    expect(await messages.updateRequestCard({ ...request, state: 'reset' })).toEqual({ kind: 'done' });
    expect(fake.shown(threadId)).toMatchObject([{ id: request.card?.activityId, card: { card: 'reset' } }]);
  });

  it('has nothing to update where no message stands', async () => {
    const { messages, request } = setUp();
    expect(await messages.updateRequestCard(request)).toEqual({ kind: 'gone' });
    expect(await messages.updateDirectMessage(request, undefined)).toEqual({ kind: 'gone' });
    expect(fake.received).toHaveLength(0);
  });

  it.each([
    [401, 'BotNotRegistered', 'try-again'],
    [403, 'ConversationBlockedByUser', 'refused'],
    [403, 'BotNotInConversationRoster', 'refused'],
    [404, 'ActivityNotFoundInConversation', 'gone'],
    [413, 'MessageSizeTooBig', 'refused'],
    [429, 'TooManyRequests', 'try-again'],
    [502, 'BadGateway', 'try-again'],
  ])('says of an update answered with %d %s: %3$s', async (status, code, kind) => {
    const { messages, request } = await setUpOpen();
    fake.fail('update', { kind: 'status', status, code });
    expect(await messages.updateDirectMessage(request, new Secret('CANARY-1'))).toEqual({ kind });
  });

  it.each<[ConnectorCall, number, string, string]>([
    ['create', 403, 'BotNotInConversationRoster', 'not-installed'],
    ['create', 403, 'ForbiddenOperationException', 'not-installed'],
    ['create', 404, 'ConversationNotFound', 'not-installed'],
    ['create', 403, 'BotDisabledByAdmin', 'blocked'],
    ['create', 502, 'BadGateway', 'unreachable'],
    ['post', 403, 'ConversationBlockedByUser', 'blocked'],
    ['post', 403, 'MessageWritesBlocked', 'blocked'],
    ['post', 429, 'TooManyRequests', 'unreachable'],
  ])('says of a 1:1 whose %s is answered with %d %s: %4$s', async (call, status, code, why) => {
    const { messages, request } = setUp();
    fake.fail(call, { kind: 'status', status, code });
    expect(await messages.openDirectMessage(request)).toEqual({ kind: 'closed', why });
  });

  it('says in the chat where it was asked that the password waits, and bears that this fails', async () => {
    const { messages, request } = setUp();
    await messages.sendUndeliveredNotice(request);
    expect(fake.shown(threadId)).toMatchObject([{ text: expect.stringContaining('I cannot bring it to you') }]);
    fake.fail('post', { kind: 'status', status: 403 });
    await messages.sendUndeliveredNotice(request);
    expect(fake.shown(threadId)).toHaveLength(1);
  });

  it('says there that it is erased once it was given up', async () => {
    const { messages, request } = setUp();
    await messages.sendUndeliveredNotice({ ...request, state: 'hidden', deliverBy: 1 });
    expect(fake.shown(threadId)).toMatchObject([{ text: expect.stringContaining('was not delivered, and is erased') }]);
  });

  it('says on a placeholder that came second that nothing comes there', async () => {
    const { messages, request } = await setUpOpen();
    const { directMessage } = request;
    if (directMessage === undefined) throw new Error('no placeholder');
    expect(await messages.retirePlaceholder({ ...request, state: 'sealed' }, directMessage)).toEqual({ kind: 'done' });
    expect(JSON.stringify(fake.shown(directMessage.conversation.id))).toContain('expired');
  });

  it('replies in plain text in the thread, and fails with a closed code', async () => {
    const { messages, thread } = setUp();
    await messages.reply(thread, '<at>everyone</at> **hi**', 'm1');
    expect(fake.shown(threadId)).toMatchObject([{ text: '<at>everyone</at> **hi**', replyToId: 'm1' }]);
    expect(fake.received[0]?.path).toBe(`/v3/conversations/${encodeURIComponent(threadId)}/activities/m1`);
    fake.fail('post', { kind: 'status', status: 403 });
    await expect(messages.reply(thread, 'hi')).rejects.toMatchObject({ name: 'ConnectorError', code: 'refused' });
  });
});
