import { Secret } from '../../src/secret.ts';
import { own } from '../support/own.ts';
import { cardId, createTeamsPerson, passwordIn, type PressAnswer, type TeamsPerson } from '../support/teams-person.ts';
import type { CrashHouse } from './crash-house.ts';
import type { Bot } from './start-bot.ts';

const proof = { verification: 'In person', ticket: 'INC-7' };

/** One technician who wants one user reset, and everything that can be said of it afterwards. */
export type Case = ReturnType<typeof openCase>;

let cases = 0;

/** Gives a technician of their own a user of their own. Whatever they do goes to the bot that is named. */
export function openCase(house: CrashHouse) {
  cases += 1;
  const { customer, user } = house.nextUser();
  const number = String(cases).padStart(4, '0');
  const person = {
    name: 'Robin Tech',
    aadObjectId: `0a1b2c3d-0000-4000-8000-00000000${number}`,
    id: `29:robin-${number}`,
  };
  const chat = { id: `a:chat-${number}`, conversationType: 'personal' };
  const at = (bot: Bot): TeamsPerson =>
    createTeamsPerson({ connector: house.connector, botUrl: bot.url }, person, chat);
  const directChat = house.connector.personalChat(person.id);
  house.connector.addChat(directChat);
  const answers: PressAnswer[] = [];
  const press = async (bot: Bot, id: string, title: string, where = chat.id): Promise<PressAnswer> => {
    const message = house.connector.shown(where).findLast(({ card }) => cardId(card) === id);
    const seen = pressedBefore.get(title) ?? message;
    if (seen?.card === undefined) throw new Error(`no card ${id} to press ${title} on`);
    pressedBefore.set(title, seen);
    const answer = await at(bot).press(
      { id: seen.id, card: seen.card },
      title,
      title === 'Reset password' ? proof : {},
      where,
    );
    answers.push(answer);
    return answer;
  };
  const pressedBefore = new Map<string, { readonly id: string; readonly card?: object | undefined }>();
  const direct = () => house.connector.shown(directChat);
  const hasCard = (): boolean => house.connector.shown(chat.id).some(({ card }) => cardId(card) === 'confirmation');
  const password = (): string | undefined =>
    direct()
      .map(({ card }) => passwordIn(card))
      .find((text) => text !== undefined);

  return {
    customer,
    user,
    chat: chat.id,
    directChat,
    direct,
    /** The password as it stands in the direct message now. */
    password,
    isInForce: (text: string): boolean => house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(text)),
    ask: (bot: Bot): Promise<number> =>
      at(bot).say(`reset password for ${user.userPrincipalName} at ${customer.domain}`),
    say: (bot: Bot, text: string): Promise<number> => at(bot).say(text),
    /** Everything the bot has said to them in words. */
    said: (): string =>
      house.connector
        .shown(chat.id)
        .map(({ text }) => text ?? '')
        .join('\n'),
    hasCard,
    /** Presses the button of the confirmation, the first one that was seen, however often. A slow search is waited for. */
    confirm: async (bot: Bot): Promise<PressAnswer> => {
      if (!pressedBefore.has('Reset password')) {
        await house.bell.until('the confirmation is shown', () => (hasCard() ? true : undefined));
      }
      return press(bot, 'confirmation', 'Reset password');
    },
    passOn: (bot: Bot): Promise<PressAnswer> => press(bot, 'direct-message', 'I have passed it on', directChat),
    reveal: (bot: Bot): Promise<PressAnswer> => press(bot, 'direct-message', 'Show password', directChat),
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
