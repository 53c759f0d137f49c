import { setTimeout as wait } from 'node:timers/promises';
import type { House } from './start-house.ts';
import type { ShownMessage } from './fake-chats.ts';
import { own } from './own.ts';
import { teamsActivity, teamsPress } from './teams-activity.ts';

/** What a press was answered with. */
export type PressAnswer = { readonly status: number; readonly type: unknown; readonly value: unknown };

/** Somebody at a Teams client: says things, sees messages, presses buttons of cards by their titles. */
export type TeamsPerson = ReturnType<typeof createTeamsPerson>;

/** Two technicians of the partner: most tests ask as the one, and the other approves. */
export const robin = { name: 'Robin Tech', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000a', id: '29:robin' };
export const sam = { name: 'Sam Other', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', id: '29:sam' };

let activities = 0;

export function createTeamsPerson(
  house: Pick<House, 'botUrl' | 'connector'> & {
    /** What Bot Framework would send along; nothing in the sandbox. */
    readonly authorization?: () => string;
  },
  person: { readonly name: string; readonly aadObjectId: string; readonly id: string },
  chat: { readonly id: string; readonly conversationType: string },
  tenantId = '11111111-2222-4333-8444-555555555555',
) {
  const place = () => ({
    serviceUrl: house.connector.url,
    from: person,
    conversation: { ...chat, tenantId, ...(chat.conversationType === 'personal' ? {} : { isGroup: true }) },
    channelData: { tenant: { id: tenantId } },
    id: `activity-${(activities += 1)}`,
  });
  house.connector.addChat(chat.id);
  const post = (body: object) =>
    fetch(`${house.botUrl}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(house.authorization && { authorization: house.authorization() }),
      },
      body: JSON.stringify(body),
    });
  const directChat = house.connector.personalChat(person.id);

  return {
    directChat,
    /** Says something, and resolves when the bot has answered the request. */
    say: async (text: string, changes: object = {}) =>
      (await post(teamsActivity({ ...place(), text, ...changes }))).status,
    shown: () => house.connector.shown(chat.id),
    direct: () => house.connector.shown(directChat),
    /** The last message of a chat that shows a card with this id. */
    async card(id: string, where = chat.id): Promise<ShownMessage & { readonly card: object }> {
      for (let looked = 0; looked < 400; looked += 1) {
        const found = house.connector.shown(where).findLast(({ card }) => cardId(card) === id);
        if (found?.card !== undefined) return { ...found, card: found.card };
        await wait(25);
      }
      throw new Error(
        `no card ${id} in ${where}: ${house.connector
          .shown(where)
          .map(({ card, text }) => cardId(card) ?? text)
          .join(', ')}`,
      );
    },
    /** Waits until a message of the chat is a text with this in it. */
    async text(part: string): Promise<string> {
      for (let looked = 0; looked < 400; looked += 1) {
        const found = house.connector.shown(chat.id).findLast(({ text }) => text?.includes(part));
        if (found?.text !== undefined) return found.text;
        await wait(25);
      }
      const shown = house.connector.shown(chat.id).map(({ text, card }) => text ?? cardId(card));
      throw new Error(`no text with “${part}” in ${chat.id}: ${shown.join(' | ')}`);
    },
    /** Presses a button of a card as the client does: with the card's own data and what was put into its inputs. */
    async press(
      message: { readonly id: string; readonly card: object },
      title: string,
      inputs: Readonly<Record<string, string>> = {},
      where = chat.id,
      trigger: 'manual' | 'automatic' = 'manual',
    ): Promise<PressAnswer> {
      const action = findAction(message.card, title);
      if (action === undefined) throw new Error(`the card has no button ${title}`);
      const pressed = {
        type: 'Action.Execute',
        id: null,
        title,
        verb: own(action, 'verb'),
        data: { ...Object(own(action, 'data')), ...inputs },
      };
      const conversation = {
        ...place().conversation,
        id: where,
        ...(where === directChat && { conversationType: 'personal' }),
      };
      const response = await post(
        teamsPress({ action: pressed, trigger }, { ...place(), conversation, replyToId: message.id }),
      );
      const body: unknown = await response.json();
      return { status: response.status, type: own(body, 'type'), value: own(body, 'value') };
    },
  };
}

/** The id of the first element of a card's body: the name of the card. */
export function cardId(card: unknown): string | undefined {
  const body = own(card, 'body');
  const id = Array.isArray(body) ? own(body[0], 'id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The first object anywhere in a card for which `fits` says yes. */
export function findIn(card: unknown, fits: (element: object) => boolean): object | undefined {
  if (typeof card !== 'object' || card === null) return undefined;
  if (fits(card)) return card;
  for (const value of Object.values(card)) {
    const found = findIn(value, fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findAction(card: object, title: string): object | undefined {
  return findIn(card, (element) => own(element, 'type') === 'Action.Execute' && own(element, 'title') === title);
}

/** The title of the button that confirms: another one where a second person has to approve. */
export function confirmTitleOf(card: object): string {
  return findAction(card, 'Ask for approval') === undefined ? 'Reset password' : 'Ask for approval';
}

/** The text of the element `password`, wherever in a card it stands. */
export const passwordIn = (card: unknown): string | undefined => textIn(card, 'password');

/** The text of the element that holds a Temporary Access Pass. */
export const accessPassIn = (card: unknown): string | undefined => textIn(card, 'access-pass');

function textIn(card: unknown, id: string): string | undefined {
  const element = findIn(card, (one) => own(one, 'id') === id);
  const run = findIn(element, (one) => typeof own(one, 'text') === 'string');
  const text = own(run, 'text');
  return typeof text === 'string' ? text : undefined;
}
