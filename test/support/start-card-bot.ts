import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { own } from './own.ts';

export type CardBot = {
  readonly messagesUrl: string;
  stop(): Promise<void>;
};

/**
 * The least bot there can be, without an SDK. A message it answers with a card of inputs, in the same chat; one that
 * holds `privately` it answers in the personal chat, with a text that it changes afterwards. A press it answers with a
 * card that says what was sent, or with a sentence where the verb is `ask`.
 */
export async function startCardBot(): Promise<CardBot> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const activity: unknown = request.method === 'POST' ? JSON.parse(await text(request)) : undefined;
      if (own(activity, 'type') === 'message') await answerMessage(activity);
      if (own(activity, 'type') === 'invoke') {
        response.setHeader('content-type', 'application/json').write(JSON.stringify(answerPress(activity)));
      }
      response.end();
    };
    answer().catch((error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the bot does not listen on a port');
  return {
    messagesUrl: `http://127.0.0.1:${address.port}/api/messages`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answerMessage(activity: unknown): Promise<void> {
  const conversations = `${String(own(activity, 'serviceUrl'))}/v3/conversations`;
  const here = `${conversations}/${encodeURIComponent(String(own(own(activity, 'conversation'), 'id')))}/activities`;
  if (!String(own(activity, 'text')).includes('privately')) {
    await send('POST', here, { type: 'message', attachments: [attachment(inputCard)] });
    return;
  }
  const opened = await send('POST', conversations, {
    isGroup: false,
    bot: { id: own(own(activity, 'recipient'), 'id') },
    members: [{ id: own(own(activity, 'from'), 'id') }],
    tenantId: own(own(activity, 'conversation'), 'tenantId'),
  });
  const there = `${conversations}/${encodeURIComponent(String(own(opened, 'id')))}/activities`;
  const sent = await send('POST', there, { type: 'message', text: 'One moment.' });
  await send('PUT', `${there}/${String(own(sent, 'id'))}`, { type: 'message', text: 'For your eyes only.' });
  await send('POST', here, { type: 'message', text: 'Look into your own chat.' });
}

function answerPress(activity: unknown): object {
  const action = own(own(activity, 'value'), 'action');
  if (own(action, 'verb') === 'ask') {
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Not yet.' };
  }
  const said = { type: 'TextBlock', text: `Sent: ${JSON.stringify(own(action, 'data'))}`, wrap: true };
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card([said], []) };
}

async function send(method: 'POST' | 'PUT', url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} was answered with ${response.status}`);
  return response.json();
}

function card(body: readonly object[], actions: readonly object[]): object {
  return { type: 'AdaptiveCard', version: '1.5', body, actions };
}

function attachment(content: object): object {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}

const inputCard = card(
  [
    {
      type: 'Input.ChoiceSet',
      id: 'fruit',
      label: 'Which fruit?',
      isRequired: true,
      errorMessage: 'Say which fruit.',
      choices: ['Apple', 'Pear'].map((title) => ({ title, value: title.toLowerCase() })),
    },
    {
      type: 'Input.ChoiceSet',
      id: 'size',
      label: 'Which size?',
      style: 'expanded',
      choices: ['Small', 'Large'].map((title) => ({ title, value: title.toLowerCase() })),
    },
    { type: 'Input.Text', id: 'note', label: 'Note' },
  ],
  [
    { type: 'Action.Execute', title: 'Order', verb: 'order', style: 'positive', data: { basket: 'b1' } },
    { type: 'Action.Execute', title: 'Ask', verb: 'ask', associatedInputs: 'none' },
  ],
);
