import type { CorrelationId } from '../base/index.ts';
import {
  type Customer,
  type CustomerUser,
  type DeletedUser,
  type Finding,
  restorableUntil,
  type Target,
} from '../reset/index.ts';
import { describePartnerTrouble } from './failures/partner-center-failures.ts';
import {
  type FailureText,
  formatAddress,
  formatBullets,
  formatCount,
  formatCustomer,
  formatCustomerName,
  joinSentences,
  longestSentence,
  plainTimes,
  type Sanitize,
  sanitizePlainText,
  type Times,
} from './formatting.ts';

const mostShown = 6;

/** Asks back where a sentence does not mean exactly one person. Plain text. */
export function formatFinding(
  finding: Exclude<Finding, { kind: 'found' | 'not-a-reset' }>,
  correlationId: CorrelationId,
): string {
  const texts = findingTexts;
  switch (finding.kind) {
    case 'customer-missing':
      return finding.typed === '' ? texts.whichCustomer : texts.whichCustomerOf(sanitizePlainText(finding.typed));
    case 'no-customer': {
      const typed = sanitizePlainText(finding.typed);
      return finding.near.length === 0
        ? texts.noCustomer(typed)
        : formatChoices(
            texts.noCustomerButNear(typed),
            finding.near.map(formatCustomer),
            finding.more,
            texts.askWithChoice,
          );
    }
    case 'unknown-domain': {
      const domain = sanitizePlainText(finding.typed);
      const unknown = finding.elsewhere ? texts.domainOfAnother(domain) : texts.unknownDomain(domain);
      return finding.near.length === 0
        ? joinSentences(unknown, texts.checkDomain)
        : formatChoices(
            joinSentences(unknown, texts.didYouMean),
            finding.near.map(formatCustomer),
            finding.more,
            texts.askWithChoice,
          );
    }
    case 'which-customer':
      return formatChoices(
        texts.severalCustomers(sanitizePlainText(finding.typed)),
        finding.choices.slice(0, mostShown).map(formatCustomer),
        finding.choices.length - mostShown,
        texts.askWithDomain,
      );
    case 'no-user': {
      const { customer, near } = finding;
      if (finding.typed === '') return formatWhoseAt(customer);
      const isInferred = finding.customerInferred === 'context';
      const typed = sanitizePlainText(finding.typed);
      const where = formatCustomerName(customer, sanitizePlainText);
      const deleted = finding.deleted ?? [];
      if (deleted !== 'unknown' && deleted.length > 0) {
        const { problem, advice } = describeDeleted(deleted, where, sanitizePlainText);
        return joinSentences(problem, advice);
      }
      const nameOnly = near.some(({ displayName }) => isPartOfName(finding.typed, displayName));
      const place = isInferred ? texts.lastCustomer(where) : where;
      const absent = nameOnly ? texts.couldBe(typed, place) : texts.noUser(typed, place);
      const said = deleted === 'unknown' ? texts.deletedUnknown(absent) : absent;
      return near.length === 0
        ? joinSentences(
            said,
            texts.tryAddress[isInferred ? 'orElsewhere' : 'here'](sanitizePlainText(customer.domain, undefined, '')),
          )
        : formatChoices(
            nameOnly ? said : joinSentences(said, texts.didYouMean),
            near.map(formatUser),
            finding.more,
            isInferred ? texts.askWithChoiceOrElsewhere : texts.askWithChoice,
          );
    }
    case 'which-user':
      return formatChoices(
        texts.severalPeople(sanitizePlainText(finding.typed)),
        finding.choices.slice(0, mostShown).map(formatTarget),
        finding.choices.length - mostShown,
        texts.askWithAddress,
      );
    case 'trouble': {
      const { problem, advice } = describePartnerTrouble(finding.trouble);
      return joinSentences(
        sanitizePlainText(problem, longestSentence),
        texts.nothingChanged,
        sanitizePlainText(advice, longestSentence),
        texts.reference(correlationId),
      );
    }
  }
}

/** Asks for the person where the sentence named a customer alone. Plain text. */
export function formatWhoseAt(customer: Customer): string {
  return findingTexts.whoseAt(formatCustomerName(customer, sanitizePlainText));
}

function formatChoices(heading: string, choices: readonly string[], more: number, advice: string): string {
  const others = more > 0 ? [findingTexts.more(formatCount(more))] : [];
  return formatBullets(heading, [...choices, ...others], [advice]);
}

function formatUser({ displayName, userPrincipalName }: CustomerUser): string {
  return `${sanitizePlainText(displayName)}, ${formatAddress(userPrincipalName, sanitizePlainText)}`;
}

/** Whether what was typed stands in that name. To say then that no such person is there would sound absurd. */
export function isPartOfName(typed: string, name: string): boolean {
  const part = foldName(typed);
  return part !== '' && foldName(name).includes(part);
}

function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Names a user with their address and customer. Plain text. */
export function formatTarget({ customer, user }: Target): string {
  return findingTexts.userAt(formatUser(user), formatCustomerName(customer, sanitizePlainText));
}

const findingTexts = {
  whichCustomer: 'At which customer is that? Type its name, domain or tenant id, or the full address of the person.',
  whichCustomerOf: (typed: string) =>
    `At which customer is “${typed}”? Type its name, domain or tenant id, or the full address of the person.`,
  whoseAt: (where: string) => `Whose password at ${where}? Type their name or address.`,
  noCustomer: (typed: string) => `I know no customer “${typed}” of yours. Try its domain or tenant id.`,
  noCustomerButNear: (typed: string) => `I know no customer “${typed}” of yours. Did you mean:`,
  domainOfAnother: (domain: string) =>
    `The domain “${domain}” belongs to an organisation that is none of your customers.`,
  unknownDomain: (domain: string) => `I know no customer of yours with the domain “${domain}”.`,
  checkDomain: 'Check it for a typing error, or type the customer’s name, its onmicrosoft.com domain or its tenant id.',
  severalCustomers: (typed: string) => `Several customers fit “${typed}”. I never pick one myself:`,
  severalPeople: (typed: string) => `Several people fit “${typed}”. I never pick one myself:`,
  noUser: (typed: string, where: string) => `There is no “${typed}” at ${where}.`,
  couldBe: (typed: string, where: string) => `At ${where}, “${typed}” could be:`,
  lastCustomer: (where: string) => `${where}, the customer of your last reset here`,
  deletedUnknown: (absent: string) => `I could not look through the deleted accounts just now. ${absent}`,
  tryAddress: {
    here: (domain: string) =>
      domain === '' ? 'Try the full address.' : `Try the full address, such as jane.doe@${domain}.`,
    orElsewhere: (domain: string) =>
      domain === ''
        ? 'Type the customer that you mean, or the full address.'
        : `Type the customer that you mean, or the full address, such as jane.doe@${domain}.`,
  },
  userAt: (user: string, customer: string) => `${user}, at ${customer}`,
  didYouMean: 'Did you mean:',
  more: (count: string) => `and ${count} more`,
  askWithChoice: 'Ask again with the one you mean.',
  askWithChoiceOrElsewhere: 'Ask again with the one you mean, or name another customer.',
  askWithDomain: 'Ask again with the domain or the tenant id.',
  askWithAddress: 'Ask again with the full address.',
  nothingChanged: 'Nothing was changed.',
  reference: (id: string) => `(Correlation id: ${id})`,
} as const;

/** That these people were deleted, until when they can be restored, and by whom. Names are made fit by `sanitize`. */
export function describeDeleted(
  users: readonly DeletedUser[],
  where: string,
  sanitize: Sanitize,
  times: Times = plainTimes,
): FailureText {
  const named = users.map(({ displayName, userPrincipalName, deletedAt }) => {
    const who = deletedTexts.who(sanitize(displayName), formatAddress(userPrincipalName, sanitize));
    return deletedAt === undefined
      ? who
      : deletedTexts.each(who, times.day(deletedAt), times.day(restorableUntil(deletedAt)));
  });
  const [only, ...others] = users;
  if (only === undefined || others.length > 0)
    return { problem: deletedTexts.several(where, named.join('; ')), advice: deletedTexts.advice };
  const who = deletedTexts.at(
    deletedTexts.who(sanitize(only.displayName), formatAddress(only.userPrincipalName, sanitize)),
    where,
  );
  const { deletedAt } = only;
  const problem =
    deletedAt === undefined
      ? deletedTexts.deleted(who)
      : deletedTexts.deletedOn(who, times.day(deletedAt), times.day(restorableUntil(deletedAt)));
  return { problem, advice: deletedTexts.advice };
}

/** The same of the account that a card shows already. */
export function describeDeletion(deletedAt: number | undefined, times: Times = plainTimes): FailureText {
  const problem =
    deletedAt === undefined
      ? deletedTexts.thisDeleted
      : deletedTexts.thisDeletedOn(times.day(deletedAt), times.day(restorableUntil(deletedAt)));
  return { problem, advice: deletedTexts.advice };
}

const deletedTexts = {
  who: (name: string, address: string) => `${name} (${address})`,
  at: (who: string, where: string) => `${who} at ${where}`,
  several: (where: string, named: string) => `Several deleted accounts at ${where} fit: ${named}.`,
  each: (who: string, day: string, until: string) => `${who}, deleted on ${day}, restorable until ${until}`,
  deleted: (who: string) => `The account of ${who} is deleted.`,
  deletedOn: (who: string, day: string, until: string) =>
    `The account of ${who} was deleted on ${day}, and can be restored until ${until}.`,
  thisDeleted: 'This account is deleted.',
  thisDeletedOn: (day: string, until: string) =>
    `This account was deleted on ${day}, and can be restored until ${until}.`,
  advice:
    'Ask again once a global or user administrator of the customer has restored it in the Microsoft 365 admin center, under Deleted users.',
} as const;
