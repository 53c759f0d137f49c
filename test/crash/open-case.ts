import { Secret } from '../../src/base/secret.ts';
import { own } from '../support/own.ts';
import {
  cardId,
  createTeamsPerson,
  findIn,
  passwordIn,
  type PressAnswer,
  type TeamsPerson,
} from '../support/teams-person.ts';
import type { CrashHouse } from './crash-house.ts';
import type { Bot } from './start-bot.ts';

const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };

/** One technician who wants one user reset, and everything that can be said of it afterwards. */
export type Case = ReturnType<typeof openCase>;

/** Where a bot listens. */
type Address = Pick<Bot, 'url'>;

type Seen = { readonly id: string; readonly card: object };

let cases = 0;

/**
 * Gives a technician of their own a user of their own. Whatever they do goes to the bot that is named. `in-a-group` they
 * ask where somebody else reads along, who may approve.
 */
export function openCase(house: CrashHouse, where: 'alone' | 'in-a-group' = 'alone', ticket = 'INC-7') {
  cases += 1;
  const proof = { verification: 'In person', ticket };
  const { customer, user } = house.nextUser();
  const number = String(cases).padStart(4, '0');
  const person = { ...idsOf(`0a1b2c3d-0000-4000-8000-00000000${number}`, 'robin', number), name: 'Robin Tech' };
  const second = { ...idsOf(`0a1b2c3d-0000-4000-8000-00000001${number}`, 'sam', number), name: 'Sam Second' };
  const chat =
    where === 'alone'
      ? { id: `a:chat-${number}`, conversationType: 'personal' }
      : { id: `19:chat-${number}@thread.v2`, conversationType: 'groupChat' };
  if (where === 'in-a-group') for (const one of [person, second]) addMember(house, one);
  const at = (bot: Address, who = person): TeamsPerson =>
    createTeamsPerson({ connector: house.connector, botUrl: bot.url }, who, chat);
  const directChat = house.connector.personalChat(person.id);
  house.connector.addChat(directChat);
  const answers: PressAnswer[] = [];
  let shownAt: number | undefined;
  const pressedBefore = new Map<string, Seen>();
  let confirms: 'Reset password' | 'Ask for approval' = 'Reset password';

  const findButton = (id: string, title: string, shownIn: string): Seen | undefined =>
    house.connector
      .shown(shownIn)
      .flatMap(({ id: message, card }) => (card === undefined ? [] : [{ id: message, card }]))
      .findLast(({ card }) => cardId(card) === id && hasButton(card, title));

  const press = async (
    as: TeamsPerson,
    id: string,
    title: string,
    {
      inputs = {},
      shownIn = chat.id,
    }: { readonly inputs?: Readonly<Record<string, string>>; readonly shownIn?: string } = {},
  ): Promise<PressAnswer> => {
    const seen = pressedBefore.get(title) ?? findButton(id, title, shownIn);
    if (seen === undefined) throw new Error(`no card ${id} to press ${title} on`);
    pressedBefore.set(title, seen);
    const answer = await as.press(seen, title, inputs, shownIn);
    answers.push(answer);
    // Teams shows the answered card in place of the one that was pressed.
    const { value: card } = answer;
    if (typeof card === 'object' && card !== null && cardId(card) === id && hasButton(card, title))
      pressedBefore.set(title, { id: seen.id, card });
    return answer;
  };
  const direct = () => house.connector.shown(directChat);
  const hasCard = (): boolean => house.connector.shown(chat.id).some(({ card }) => cardId(card) === 'confirmation');
  const isAsked = (): boolean => findButton('approval', 'Approve', chat.id) !== undefined;
  const password = (): string | undefined =>
    direct()
      .map(({ card }) => passwordIn(card))
      .find((text) => text !== undefined);
  const say = (bot: Address, text: string): Promise<number> =>
    where === 'alone' ? at(bot).say(text) : at(bot).say(`${mention.text} ${text}`, { entities: [mention] });

  return {
    customer,
    user,
    /** The technician, as the connector knows them. */
    person,
    chat: chat.id,
    directChat,
    direct,
    /** The password as it stands in the direct message now. */
    password,
    isInForce: (text: string): boolean => house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(text)),
    ask: (bot: Address): Promise<number> =>
      say(bot, `reset password for ${user.userPrincipalName} at ${customer.domain}`),
    say,
    /** Everything the bot has said to them in words. */
    said: (): string =>
      house.connector
        .shown(chat.id)
        .map(({ text }) => text ?? '')
        .join('\n'),
    hasCard,
    /** Presses the button of the confirmation, the first one that was seen, however often. A slow search is waited for. */
    confirm: async (bot: Address): Promise<PressAnswer> => {
      if (!pressedBefore.has(confirms)) {
        await house.bell.until('the confirmation is shown', () => (hasCard() ? true : undefined));
      }
      const asks = findButton('confirmation', 'Ask for approval', chat.id) !== undefined;
      confirms = pressedBefore.has(confirms) || !asks ? confirms : 'Ask for approval';
      return press(at(bot), 'confirmation', confirms, { inputs: proof });
    },
    /** Whether a second person is asked. */
    isAsked,
    /** The second person approves, once they are asked; each time on the latest card that still asks. */
    approve: async (bot: Address): Promise<PressAnswer> => {
      if (!pressedBefore.has('Approve')) {
        await house.bell.until('a second person is asked', () => (isAsked() ? true : undefined));
      }
      if (isAsked()) pressedBefore.delete('Approve');
      return press(at(bot, second), 'approval', 'Approve');
    },
    acknowledge: (bot: Address): Promise<PressAnswer> =>
      press(at(bot), 'direct-message', 'I have passed it on', { shownIn: directChat }),
    /** Presses what the direct message offers to do after a reset, the first one that was seen, however often. */
    followUp: (bot: Address, title: 'Sign out everywhere' | 'Temporary access pass'): Promise<PressAnswer> =>
      press(at(bot), 'direct-message', title, { shownIn: directChat }),
    /** Whether the direct message has a button that shows the password. */
    mayReveal: (): boolean => findButton('direct-message', 'Show password', directChat) !== undefined,
    reveal: async (bot: Address): Promise<PressAnswer> => {
      const answer = await press(at(bot), 'direct-message', 'Show password', { shownIn: directChat });
      if (passwordIn(answer.value) !== undefined) shownAt ??= house.journal.length;
      return answer;
    },
    /** How many calls had been made when a press was answered with a password for the first time. */
    shownAt: (): number | undefined => shownAt,
    /** What the technician last saw of how it ended: on the card, or as the answer of a press. */
    outcome: (): string | undefined =>
      [...answers.map(({ value }) => value), ...house.connector.shown(chat.id).map(({ card }) => card)]
        .map(cardId)
        .findLast((id) => id?.startsWith('outcome-')),
    /** Different passwords that were sent to Partner Center for this user, with or without effect. */
    sent: (): readonly string[] => [
      ...new Set(
        house.toPartnerCenter.passed
          .filter(({ method, path }) => method === 'PATCH' && path.includes(user.id))
          .map(({ body }) => String(own(own(JSON.parse(body), 'passwordProfile'), 'password'))),
      ),
    ],
    patches: (): number =>
      house.toPartnerCenter.passed.filter(({ method, path }) => method === 'PATCH' && path.includes(user.id)).length,
  };
}

function idsOf(aadObjectId: string, name: string, number: string) {
  return { aadObjectId, id: `29:${name}-${number}`, userPrincipalName: `${name}-${number}@partner.example` };
}

function addMember(house: CrashHouse, person: ReturnType<typeof idsOf> & { readonly name: string }): void {
  house.connector.addMember({ ...person, tenantId: 'here' });
}

function hasButton(card: object, title: string): boolean {
  return findIn(card, (part) => own(part, 'type') === 'Action.Execute' && own(part, 'title') === title) !== undefined;
}
