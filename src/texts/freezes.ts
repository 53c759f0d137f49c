import {
  type Conversation,
  type Freeze,
  type Freezing,
  isSamePerson,
  type Technician,
  type Thawing,
} from '../reset/index.ts';
import { formatAffectedRequests, formatStaysRefused } from './affected-requests.ts';
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
    customer === undefined
      ? freezeTexts.thawEverything
      : freezeTexts.thawCustomer(typed ?? sanitizePlainText(customer.domain || customer.id));
  if (mayThaw === undefined) return freezeTexts.approverLifts(what);
  return mayThaw ? freezeTexts.youLift(what) : freezeTexts.othersLift(what);
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

/** What `thaw`, typed in this chat, has done. Plain text. */
export function formatThawResult(thawing: Thawing, conversation: Conversation): string {
  switch (thawing.kind) {
    case 'thawed': {
      const left = thawing.left.length === 0 ? freezeTexts.nothingElseFrozen : formatFreezes(thawing.left);
      if (thawing.lifted.length === 0) return joinSentences(freezeTexts.liftedByAnother, left);
      return joinSentences(
        freezeTexts.thawed(thawing.lifted.map(formatFreezeName).join('; ')),
        formatStaysRefused(thawing.refused, conversation),
        left,
      );
    }
    case 'nothing-frozen':
      return freezeTexts.nothingFrozen;
    case 'unclear': {
      const what =
        thawing.typed === undefined
          ? freezeTexts.severalInForce
          : freezeTexts.notFrozen(sanitizePlainText(thawing.typed));
      return [joinSentences(what, freezeTexts.howToThaw), formatFreezes(thawing.inForce)].join('\n');
    }
    case 'repeated':
      return [freezeTexts.saidBefore, formatFreezes(thawing.since)].join('\n');
    case 'not-an-approver':
      return freezeTexts.notAnApprover;
    case 'groups-unknown':
      return freezeTexts.groupsUnknown;
  }
}

/** Every freeze in force, a line each, and how it ends. Empty where none is in force. Plain text. */
export function formatFreezes(freezes: readonly Freeze[]): string {
  if (freezes.length === 0) return '';
  const isEverything = freezes.some(({ customer }) => customer === undefined);
  const of = isEverything ? 'everything' : freezes.length === 1 ? 'customer' : 'customers';
  return formatBullets(
    freezeTexts.inForce[of],
    freezes.map((freeze) => {
      const by = sanitizePlainText(personName(freeze.by.name));
      return freezeTexts.freeze(formatFreezeName(freeze), by, formatTime(freeze.at));
    }),
  );
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

function formatFreezeName({ customer }: Freeze): string {
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
  thawed: (what: string) => `Thawed: ${what}. Resets can be asked for there again.`,
  liftedByAnother: 'Somebody else was faster.',
  nothingFrozen: 'Nothing is frozen.',
  nothingElseFrozen: 'Nothing else is frozen.',
  severalInForce: 'Several freezes are in force, and I lifted none.',
  notFrozen: (typed: string) => `“${typed}” is none of what is frozen, and I lifted nothing.`,
  howToThaw: 'Type thaw with a domain or a tenant id, or thaw everything.',
  saidBefore:
    'You typed the same a moment ago, and Teams delivers some messages twice. Somebody froze since, so I lifted nothing: type it once more to lift that too.',
  notAnApprover: 'Only somebody who may approve resets may lift a freeze, and you may not. It stays in force.',
  groupsUnknown: 'I could not read which groups you are in, so the freeze stays in force. Try again in a few minutes.',
  inForce: {
    everything: 'Frozen: no password is reset for any customer until an approver types thaw.',
    customer: 'Frozen: no password is reset for this customer until an approver types thaw.',
    customers: 'Frozen: no password is reset for these customers until an approver types thaw.',
  },
  freeze: (what: string, by: string, since: string) => `${what}, by ${by} on ${since}.`,
} as const;

/** Answers a question about freezing or thawing, which does neither. */
export const freezeHelp =
  'I took that as a question and changed nothing. To freeze or to thaw, type it without a question mark, such as freeze Contoso.';
