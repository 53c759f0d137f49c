import { type DeletedUser, restorableUntil } from '../reset/index.ts';
import { type FailureText, formatAddress, formatDay, joinSentences, type Sanitize } from './formatting.ts';

/** That these people were deleted, until when they can be restored, and by whom. Names are made fit by `sanitize`. */
export function describeDeleted(users: readonly DeletedUser[], where: string, sanitize: Sanitize): FailureText {
  const sentences = users.flatMap(({ displayName, userPrincipalName, deletedAt }) => {
    const who = texts.who(sanitize(displayName), formatAddress(userPrincipalName, sanitize), where);
    return deletedAt === undefined
      ? [texts.deleted(who)]
      : [texts.deletedOn(who, formatDay(deletedAt), formatDay(restorableUntil(deletedAt)))];
  });
  return { problem: joinSentences(...sentences), advice: texts.advice };
}

/** The same of the account that a card shows already. */
export function describeDeletion(deletedAt: number | undefined): FailureText {
  const problem =
    deletedAt === undefined
      ? texts.thisDeleted
      : texts.thisDeletedOn(formatDay(deletedAt), formatDay(restorableUntil(deletedAt)));
  return { problem, advice: texts.advice };
}

const texts = {
  who: (name: string, address: string, where: string) => `${name} (${address}) at ${where}`,
  deleted: (who: string) => `The account of ${who} is deleted.`,
  deletedOn: (who: string, day: string, until: string) =>
    `The account of ${who} was deleted on ${day}, and can be restored until ${until}.`,
  thisDeleted: 'This account is deleted.',
  thisDeletedOn: (day: string, until: string) =>
    `This account was deleted on ${day}, and can be restored until ${until}.`,
  advice:
    'Ask again once a global or user administrator of the customer has restored it in the Microsoft 365 admin center, under Deleted users.',
} as const;
