import { type Conversation, type Freeze, type Freezing, isSamePerson, type Technician } from '../reset/index.ts';
import { formatAffectedRequests } from './affected-requests.ts';
import {
  formatBullets,
  formatCardTime,
  formatCustomer,
  formatCustomerName,
  formatTime,
  joinSentences,
  longestSentence,
  personName,
  sanitizeName,
  sanitizePlainText,
} from './formatting.ts';
import { describePartnerTrouble } from './failures/partner-center-failures.ts';
import { formatRefusal } from './refusals.ts';

/** The same for the card, in two parts: what happened, and what ends the freeze. */
export function describeFreezing(
  freezing: Freezing,
  conversation: Conversation,
): { readonly says: string; readonly next: string | undefined } {
  if (freezing.kind !== 'frozen' && freezing.kind !== 'already')
    return { says: sanitizeName(formatFreezeResult(freezing, conversation), longestSentence), next: undefined };
  const { freeze } = freezing;
  const what =
    freezing.kind === 'frozen' ? describeFrozen(freeze) : formatAlreadyFrozen(freezing, undefined, formatCardTime);
  return {
    says: joinSentences(what, ...formatAffectedRequests(freezing, conversation)),
    next: formatHowToThaw(freeze, freezing.mayThaw, undefined),
  };
}

/** How a freeze is lifted, and by whom: whether by the reader, too. `typed`: how somebody named it who may hear nothing else of it. */
function formatHowToThaw({ customer }: Freeze, mayThaw: boolean | undefined, typed: string | undefined): string {
  const what =
    customer !== undefined && typed !== undefined ? freezeTexts.thawCustomer(typed) : formatThaw({ customer });
  if (mayThaw === undefined) return freezeTexts.approverLifts(what);
  return mayThaw ? freezeTexts.youLift(what) : freezeTexts.othersLift(what);
}

/** What is typed to lift this freeze. Plain text. */
export function formatThaw({ customer }: Pick<Freeze, 'customer'>): string {
  return customer === undefined
    ? freezeTexts.thawEverything
    : freezeTexts.thawCustomer(sanitizePlainText(customer.domain || customer.id));
}

/** What `freeze`, typed in this chat, has done. Plain text. */
export function formatFreezeResult(freezing: Freezing, conversation: Conversation): string {
  switch (freezing.kind) {
    case 'frozen':
    case 'already': {
      const { freeze, asTyped, mayThaw } = freezing;
      const typed = asTyped === undefined ? undefined : sanitizePlainText(asTyped);
      return joinSentences(
        freezing.kind === 'frozen' ? formatFrozen(freeze, typed) : formatAlreadyFrozen(freezing, typed, formatTime),
        ...formatAffectedRequests(freezing, conversation),
        formatHowToThaw(freeze, mayThaw, typed),
      );
    }
    case 'unclear':
      return formatUnclearCustomer(freezing);
    case 'only-single-customers':
      return freezeTexts.onlySingleCustomers;
    case 'not-a-technician':
    case 'groups-unknown':
      return formatRefusal({ kind: freezing.kind }, undefined);
  }
}

function describeFrozen({ customer }: Freeze): string {
  return customer === undefined
    ? freezeTexts.fromNowOnEverywhere
    : freezeTexts.fromNowOnFor(formatFrozenCustomer(customer));
}

/** `typed`: how somebody named it who may hear nothing else of it. */
function formatFrozen({ customer }: Freeze, typed: string | undefined): string {
  if (typed !== undefined) return freezeTexts.typedFrozen(typed);
  return customer === undefined
    ? freezeTexts.everythingFrozen
    : freezeTexts.customerFrozen(formatFrozenCustomer(customer));
}

function formatAlreadyFrozen(
  { freeze, isOwn }: Pick<Extract<Freezing, { kind: 'frozen' | 'already' }>, 'freeze' | 'isOwn'>,
  typed: string | undefined,
  formatInstant: (at: number) => string,
): string {
  const name = sanitizePlainText(personName(freeze.by.name));
  const by = isOwn ? freezeTexts.you(name) : name;
  return freezeTexts.already(typed ?? formatFreezeName(freeze), by, formatInstant(freeze.at));
}

function formatUnclearCustomer({ typed, finding, correlationId }: Extract<Freezing, { kind: 'unclear' }>): string {
  const name = sanitizePlainText(typed);
  const { instead } = freezeTexts;
  switch (finding.kind) {
    case 'several':
      return formatBullets(freezeTexts.severalCustomers(name), finding.customers.map(formatCustomer), [instead]);
    case 'near':
      return formatBullets(freezeTexts.nearCustomers(name), finding.customers.map(formatCustomer), [instead]);
    case 'nobody':
      return joinSentences(freezeTexts.noCustomer(name), instead);
    case 'trouble': {
      const problem = sanitizePlainText(describePartnerTrouble(finding.trouble).problem, longestSentence);
      return joinSentences(freezeTexts.notLookedUp(name, problem), instead, freezeTexts.reference(correlationId));
    }
  }
}

/** A freeze in force as a row of a card, for this reader: what is frozen, how it ends, and who froze it. */
export function describeFreeze(
  freeze: Freeze,
  { reader, mayThaw }: { readonly reader: Technician; readonly mayThaw: boolean },
): {
  readonly who: string;
  readonly what: string;
  readonly by: string;
} {
  const { customer, by } = freeze;
  const name = sanitizeName(personName(by.name));
  const who =
    customer === undefined
      ? freezeTexts.everyCustomer
      : formatCustomerName({ ...customer, domain: customer.domain || freezeTexts.tenant(customer.id) }, sanitizeName);
  return {
    who: freezeTexts.isFrozen(who),
    what: formatHowToThaw(freeze, mayThaw, undefined),
    by: freezeTexts.frozenBy(isSamePerson(by, reader) ? freezeTexts.you(name) : name),
  };
}

/** The words of the card that asks what to freeze. */
export const freezeCardTexts = {
  heading: 'Freeze resets?',
  says: 'Nothing is reset there until an approver lifts the freeze. Resets that are still open there are refused.',
  label: 'A customer you lately asked about',
  missing: 'Choose a customer, or press another button.',
  done: 'Frozen',
  already: 'Frozen already',
  failed: 'Nothing was frozen',
  cancelled: { heading: 'Cancelled: nothing was frozen', says: 'Type freeze to be asked again.' },
  expired: {
    heading: 'Too late: nothing was frozen',
    says: 'This card was asked for too long ago. Type freeze to be asked again.',
  },
  by: (name: string, time: string) => `${name}, ${time}`,
} as const;

/** What is frozen: a customer with its domain, or every customer. Plain text. */
export function formatFreezeName({ customer }: Freeze): string {
  return customer === undefined ? freezeTexts.everyCustomer : formatFrozenCustomer(customer);
}

/** A customer with its domain, or with its tenant id where it has none. */
function formatFrozenCustomer({ name, domain, id }: NonNullable<Freeze['customer']>): string {
  return formatCustomerName({ name, domain: domain || freezeTexts.tenant(id) }, sanitizePlainText);
}

const freezeTexts = {
  everythingFrozen: 'Everything is frozen: from now on no password is reset for any customer.',
  customerFrozen: (customer: string) => `Frozen: from now on no password is reset for ${customer}.`,
  typedFrozen: (typed: string) =>
    `Frozen: from now on no password is reset for the customer that is called “${typed}”.`,
  fromNowOnEverywhere: 'From now on no password is reset for any customer.',
  fromNowOnFor: (customer: string) => `From now on no password is reset for ${customer}.`,
  already: (what: string, by: string, since: string) => `${what} is frozen already, by ${by} since ${since}.`,
  everyCustomer: 'Every customer',
  tenant: (id: string) => `tenant ${id}`,
  isFrozen: (what: string) => `Frozen: ${what}`,
  frozenBy: (name: string) => `By ${name}`,
  thawEverything: 'thaw everything',
  thawCustomer: (customer: string) => `thaw ${customer}`,
  approverLifts: (command: string) => `An approver lifts the freeze by typing ${command}.`,
  youLift: (command: string) => `You are an approver, and lift the freeze by typing ${command}.`,
  othersLift: (command: string) => `An approver lifts the freeze by typing ${command}; you are none.`,
  you: (name: string) => `you (${name})`,
  onlySingleCustomers:
    'Nothing was frozen: your right is for single customers, so you may freeze only these. Type freeze and the customer, or ask somebody with a right for all customers.',
  severalCustomers: (typed: string) => `Several customers fit “${typed}”. I never pick one myself:`,
  nearCustomers: (typed: string) => `I know no customer “${typed}” of yours. Did you mean:`,
  noCustomer: (typed: string) => `I know no customer “${typed}” of yours.`,
  notLookedUp: (typed: string, problem: string) => `I cannot look up which customer “${typed}” is: ${problem}`,
  instead:
    'Nothing is frozen yet: ask again with the domain or the tenant id, or type freeze everything to stop all resets at once.',
  reference: (id: string) => `(Correlation id: ${id})`,
} as const;

/** Answers a question about freezing or thawing, which does neither. */
export const freezeHelp =
  'I took that as a question and changed nothing. To freeze or to thaw, type it without a question mark, such as freeze Contoso.';
