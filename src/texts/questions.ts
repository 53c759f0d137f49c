import type { Asks, Choice, Closed, OpenQuestion } from '../reset/index.ts';
import { describeDeleted, formatTarget, isPartOfName } from './search-results.ts';
import {
  cardTimes,
  type FailureText,
  formatAddress,
  formatCustomer,
  formatCustomerName,
  joinSentences,
  plainTimes,
  sanitizeName,
  sanitizePlainText,
  type Times,
} from './formatting.ts';
import { describeLookAlike } from './look-alikes.ts';
import { describeRefusal } from './refusals.ts';

/** The card that asks which customer or which person, and what it says when it is over. */
export const questionTexts = {
  heading: { customer: 'Which customer?', user: 'Which person?' },
  says: {
    'which-customer': (typed: string) =>
      typed.includes('@')
        ? `“${typed}” is not an address at the customer that you named.`
        : `Several customers fit “${typed}”.`,
    'near-customer': (typed: string) => `I know no customer “${typed}”.`,
    'near-domain': (typed: string) => `I do not know whose domain “${typed}” is.`,
    'which-user': (typed: string, where: string) =>
      where === '' ? `Several people fit “${typed}”.` : `Several people fit “${typed}” at ${where}.`,
    'near-user': (typed: string, where: string) => `There is no “${typed}” at ${where}.`,
    'missing-customer': (typed: string) => `At which customer is “${typed}”?`,
    'missing-user': (typed: string, where: string) => `There is no “${typed}” at ${where}.`,
    'which-confirmation': () => 'I asked which of your resets you confirm here.',
  } satisfies Record<Asks['kind'], (typed: string, where: string) => string>,
  /** One person, where words of the sentence may belong to another name. */
  oneUser: (typed: string) => `I am not sure that “${typed}” is all of what you typed. Is it this person?`,
  /** Why the choices are not all. */
  more: {
    customer: (count: string) => `… and ${count} more: ask again with the domain or the tenant id of the one you mean.`,
    user: (count: string) => `… and ${count} more: ask again with the full address of the one you mean.`,
  },
  living: {
    one: 'Or did you mean this one, who is not deleted?',
    several: 'Or did you mean one of these, who are not deleted?',
  },
  /** Where what was typed stands in a name that is offered. */
  couldBe: {
    customer: {
      one: (typed: string) => `“${typed}” could be this customer.`,
      several: (typed: string) => `“${typed}” could be one of these.`,
    },
    user: {
      one: (typed: string, where: string, name: string) =>
        `At ${where}, “${typed}” could be ${name}. Is it this person?`,
      several: (typed: string, where: string) => `At ${where}, “${typed}” could be one of these.`,
    },
  },
  /** Where no one is at the customer that was chosen, and somebody is at another one. */
  elsewhere: {
    one: 'Did you mean this person at another customer?',
    several: 'Did you mean one of these? Look at the customer.',
  },
  near: { one: 'Did you mean this one?', several: 'Did you mean one of these?' },
  label: { customer: 'Choose the customer', user: 'Choose the person' },
  missing: 'Choose one first, or press Cancel.',
  /** The number of a choice. With a full stop a client would make a list of it. */
  numbered: (number: number, title: string) => `${number} · ${title}`,
  note: {
    personal: {
      one: 'I never pick one myself. Choosing does not reset anything yet.',
      several: 'You may also type the number. I never pick one myself, and choosing does not reset anything yet.',
    },
    shared: {
      one: 'If you type here, begin with @Locksmith. I never pick one myself, and choosing does not reset anything yet.',
      several:
        'You may also type @Locksmith and the number. I never pick one myself, and choosing does not reset anything yet.',
    },
  },
  openUntil: 'Open until',
  tenant: (id: string) => `tenant ${id}`,
  state: { deleted: 'deleted', unknown: 'state unknown' },
  looking: 'Looking them up…',
  lookingNext: 'This card will show what I find. Nothing has been changed.',
  cancelled: {
    heading: 'Cancelled: nothing was changed',
    says: 'The question was taken back before anybody was chosen.',
    next: 'Ask again if it is needed after all.',
  },
  expired: {
    heading: 'Expired: nothing was changed',
    says: 'No choice was made in time.',
    next: 'Ask again if it is still needed.',
  },
  closed: 'Not reset: nothing was changed',
  gone: (person: string, customer: string) => ({
    problem: `${person} is not at ${customer} any more.`,
    advice: 'Check the name or the address, and ask again.',
  }),
  changed: (person: string, address: string) => ({
    problem: `That account has been changed since the question was asked, and is now called ${person} (${address}).`,
    advice: 'Ask again with that address if this is the person you mean.',
  }),
  nobody: (typed: string, customer: string, domain: string) => ({
    problem: `There is no “${typed}” at ${domain === '' ? customer : `${customer} (${domain})`}.`,
    advice:
      domain === ''
        ? 'Type the full address, or another customer.'
        : `Type the full address, such as jane.doe@${domain}, or another customer.`,
  }),
  customerGone: (customer: string) => ({
    problem: `${customer} cannot be found among your customers any more.`,
    advice: 'Ask again with the domain or the tenant id.',
  }),
  answeredElsewhere: {
    problem: 'This was answered by another card.',
    advice: 'Go on there, or ask again.',
  },
} as const;

/** The question of a card, with a guess where no name is exactly what was typed. Names are fit for a `TextRun`. */
export function describeQuestion({ asks, choices }: Pick<OpenQuestion, 'asks' | 'choices'>): string {
  const [first] = choices;
  const typed = sanitizeName(asks.typed);
  const isOneCustomer = choices.every(
    (choice) =>
      choice.kind === 'user' && first?.kind === 'user' && choice.target.customer.id === first.target.customer.id,
  );
  const where = first?.kind === 'user' && isOneCustomer ? formatCustomerName(first.target.customer, sanitizeName) : '';
  if (asks.kind === 'near-user' && asks.customer !== undefined) {
    const here = formatCustomerName(asks.customer, sanitizeName);
    return joinSentences(
      questionTexts.says['near-user'](typed, here),
      questionTexts.elsewhere[choices.length === 1 ? 'one' : 'several'],
    );
  }
  const { deleted = [] } = asks;
  if (deleted.length > 0) {
    const { problem, advice } = describeDeleted(deleted, where, sanitizeName, cardTimes);
    return joinSentences(problem, advice, questionTexts.living[choices.length === 1 ? 'one' : 'several']);
  }
  const says =
    asks.kind === 'which-user' && choices.length === 1
      ? questionTexts.oneUser(typed)
      : questionTexts.says[asks.kind](typed, where);
  if (!asks.kind.startsWith('near-')) return says;
  if (choices.some((choice) => isPartOfName(asks.typed, nameOfChoice(choice)))) {
    const [only] = choices.length === 1 ? choices : [];
    const { couldBe } = questionTexts;
    if (asks.kind !== 'near-user') return couldBe.customer[only === undefined ? 'several' : 'one'](typed);
    return only === undefined
      ? couldBe.user.several(typed, where)
      : couldBe.user.one(typed, where, sanitizeName(nameOfChoice(only)));
  }
  return joinSentences(says, choices.length === 1 ? questionTexts.near.one : questionTexts.near.several);
}

/** Why nothing came of a question, and what to do. Names are fit for a `TextRun`. */
export function describeClosing(closing: Closed, times: Times = plainTimes): FailureText {
  switch (closing.kind) {
    case 'gone': {
      const { customer, user } = closing.target;
      if (closing.deleted !== undefined)
        return describeDeleted(closing.deleted, formatCustomerName(customer, sanitizeName), sanitizeName, times);
      return questionTexts.gone(sanitizeName(user.displayName), sanitizeName(customer.name));
    }
    case 'changed': {
      const { user } = closing.target;
      return questionTexts.changed(sanitizeName(user.displayName), formatAddress(user.userPrincipalName, sanitizeName));
    }
    case 'nobody': {
      const { typed, customer } = closing;
      if (closing.deleted !== undefined)
        return describeDeleted(closing.deleted, formatCustomerName(customer, sanitizeName), sanitizeName, times);
      return questionTexts.nobody(
        sanitizeName(typed),
        sanitizeName(customer.name),
        sanitizeName(customer.domain, undefined, ''),
      );
    }
    case 'customer-gone':
      return questionTexts.customerGone(sanitizeName(closing.customer.name));
    case 'said-in-words':
    case 'answered-elsewhere':
      return questionTexts.answeredElsewhere;
    case 'not-a-technician':
    case 'groups-unknown':
      return describeRefusal({ kind: closing.kind });
  }
}

/** What tells a choice from one that looks the same; empty where none does. From outside: to be sanitized. */
export function describeChoice(choice: Choice, choices: readonly Choice[]): readonly string[] {
  const others = choices.filter((other) => other !== choice).map(nameOfChoice);
  const difference = describeLookAlike(nameOfChoice(choice), others);
  return difference === undefined ? [] : [difference];
}

function nameOfChoice(choice: Choice): string {
  return choice.kind === 'customer' ? choice.customer.name : choice.target.user.displayName;
}

/** Asks once more with the same choices, numbered. Plain text. */
export function formatChoicesInWords({ asks, choices }: OpenQuestion, typed: string): string {
  const rest = asks.kind === 'which-confirmation' ? inWordsTexts.nothingChanged : inWordsTexts.cardStillOpen;
  const heading = inWordsTexts.cannotTell(sanitizePlainText(typed));
  return [heading, ...formatNumberedChoices(choices), joinSentences(rest, inWordsTexts.mayCancel)].join('\n');
}

/** Asks which of several confirmations was meant, numbered; or whether the only one was, where the same words came before. Plain text. */
export function formatWhichConfirmation({ choices }: OpenQuestion): string {
  const heading = choices.length === 1 ? inWordsTexts.confirmedAgain : inWordsTexts.whichConfirmation;
  return [heading, ...formatNumberedChoices(choices), inWordsTexts.nothingReset].join('\n');
}

function formatNumberedChoices(choices: readonly Choice[]): readonly string[] {
  return choices.map((choice, index) => {
    const shown = choice.kind === 'customer' ? formatCustomer(choice.customer) : formatTarget(choice.target);
    const difference = describeChoice(choice, choices).map((text) => sanitizePlainText(text));
    return inWordsTexts.numbered(index + 1, [shown, ...difference].join(', '));
  });
}

const inWordsTexts = {
  cannotTell: (typed: string) =>
    `I cannot tell which one “${typed}” is. Type a number, or the name or address as it stands here:`,
  numbered: (number: number, choice: string) => `${number}. ${choice}`,
  nothingChanged: 'Nothing was changed.',
  cardStillOpen: 'Nothing was changed; the card is still open.',
  mayCancel: 'Type cancel to take it back.',
  whichConfirmation: 'Several of your resets wait to be confirmed here. Which one? Type its number, name or address:',
  confirmedAgain:
    'You typed the same a moment ago, and Teams delivers some messages twice. To confirm this one too, type its number, name or address:',
  nothingReset: 'Nothing was reset yet.',
} as const;
