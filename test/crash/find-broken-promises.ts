import type { CrashHouse } from './crash-house.ts';
import type { Case } from './open-case.ts';

/** What was promised of this reset besides. */
export type Promised = {
  /** Whether the card says that the password may be in force, and not that it is. */
  readonly isUnclear?: boolean;
  /** Whether no message at all may hold it, because it only goes to who presses for it. */
  readonly inNoMessage?: boolean;
};

/** What is not as it was promised, in words: nothing where all is well. `password` is what the technician read. */
export function findBrokenPromises(
  house: CrashHouse,
  one: Case,
  password: string | undefined,
  { isUnclear = false, inNoMessage = false }: Promised = {},
): readonly string[] {
  const { customer, user, chat, directChat } = one;
  const broken: string[] = [];
  const require = (holds: boolean, otherwise: string): void => {
    if (!holds) broken.push(otherwise);
  };
  const sent = one.sent();
  require(sent.length <= 1, `${sent.length} different passwords were sent`);
  require(house.partnerCenter.distinctPasswords(customer.id, user.id) <= 1, 'different passwords were set');
  if (password === undefined) {
    require(!house.connector.received.some(({ body }) =>
      sent.some((text) => body.includes(text)),
    ), 'a password that nobody was to have was put into a message');
    require(house.partnerCenter.resetCount(customer.id, user.id) === 0, 'a password was set and nobody can read it');
    return broken;
  }
  const isVoid = isUnclear && house.partnerCenter.resetCount(customer.id, user.id) === 0;
  require(isVoid || one.isInForce(password), 'the password that was delivered is not the one in force');
  require(sent.every((text) => text === password), 'another password was sent than the one that was delivered');
  const isHolding = ({ body }: { readonly body: string }): boolean => body.includes(password);
  const lastPatch = house.journal.findLastIndex(({ method, path }) => method === 'PATCH' && path.includes(user.id));
  const firstPut = house.journal.findIndex((call) => call.method === 'PUT' && isHolding(call));
  const firstShown = Math.min(firstPut === -1 ? Infinity : firstPut, one.shownAt() ?? Infinity);
  require(lastPatch < firstShown, 'there was a PATCH after the password had been shown');
  const holding = house.connector.received.filter(isHolding);
  require(!inNoMessage || holding.length === 0, 'the password was put into a message');
  require(holding.every(({ method }) => method === 'PUT'), 'the password was posted');
  const inDirectChat = `/${encodeURIComponent(directChat)}/`;
  require(holding.every(({ path }) =>
    path.includes(inDirectChat),
  ), 'the password was put elsewhere than the direct message');
  const messages = house.connector
    .shown(directChat)
    .filter(({ id }) => JSON.stringify(house.connector.versions(directChat, id)).includes(password));
  require(messages.length <= 1, `the password stood in ${messages.length} messages`);
  require(!JSON.stringify(house.connector.shown(chat)).includes(
    password,
  ), 'the password stands in the chat where it was asked');
  return broken;
}
