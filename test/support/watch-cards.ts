import { once } from 'node:events';
import { findIn, type PressAnswer } from './teams-person.ts';
import { own } from './own.ts';

/** Cards that the Playground was sent, and the Playground's own interface to press their buttons as any of its people. */
export type WatchedCards = {
  /** Presses a button of the newest message that has it. */
  press(userId: string, title: string): Promise<Pick<PressAnswer, 'type' | 'value'>>;
  /** Resolves once a card with a button of this title is shown. */
  arrives(title: string): Promise<void>;
  close(): void;
};

type Message = { readonly id: string; readonly conversation: string; readonly card: object };

/** Listens to what the Playground at `url` shows, from now on. */
export async function watchCards(url: string): Promise<WatchedCards> {
  const base = url.replace(/\/$/, '');
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  const stream = new WebSocket(`${base.replace(/^http/, 'ws')}/_ws_conversation/v1/conversations/stream`);
  stream.addEventListener('message', ({ data }) => {
    const event: unknown = JSON.parse(String(data));
    const message = own(event, 'message');
    const attachments = own(message, 'attachments');
    const card = own(Array.isArray(attachments) ? attachments[0] : undefined, 'content');
    const [id, conversation] = [own(message, 'messageId'), own(event, 'actionConversationId')];
    if (typeof card !== 'object' || card === null) return;
    if (typeof id === 'string' && typeof conversation === 'string') messages.push({ id, conversation, card });
    for (const look of waiting) look();
  });
  await once(stream, 'open');

  return {
    async press(userId, title) {
      const found = findButton(messages, title);
      if (found === undefined) throw new Error(`no card with a button ${title}`);
      const { message, button } = found;
      const action = { type: 'Action.Execute', title, verb: own(button, 'verb'), data: own(button, 'data') };
      const response = await fetch(`${base}/_conversation/v1/invoke`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'adaptiveCard/action',
          value: { action, trigger: 'manual' },
          from: { id: userId },
          conversation: { id: message.conversation },
          replyToId: message.id,
        }),
      });
      const body: unknown = await response.json();
      return { type: own(body, 'type'), value: own(body, 'value') };
    },
    arrives: (title) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (findButton(messages, title) !== undefined) resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      stream.close();
    },
  };
}

/** The newest message that has a button of this title. */
function findButton(messages: readonly Message[], title: string) {
  const isButton = (one: object) => own(one, 'type') === 'Action.Execute' && own(one, 'title') === title;
  const message = messages.findLast(({ card }) => findIn(card, isButton) !== undefined);
  return message && { message, button: findIn(message.card, isButton) };
}
