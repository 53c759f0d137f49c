import type { Freeze, Freezing, Thawing } from '../reset/index.ts';
import { formatTime, sanitizePlainText } from './formatting.ts';
import { describePartnerTrouble } from './partner-center-failures.ts';
import { formatRefusal } from './refusals.ts';

const instead =
  'Nothing is frozen yet. Ask again with the domain or the tenant id, or type freeze everything to stop all resets at once.';

/** What `freeze`, typed, has done. Plain text. */
export function formatFreezeResult(freezing: Freezing): string {
  switch (freezing.kind) {
    case 'frozen':
      return `${formatFrozen(freezing.freeze)} ${formatAffectedRequests(freezing)} An approver lifts the freeze by typing ${formatThawCommand(freezing.freeze)}.`;
    case 'already': {
      const { freeze } = freezing;
      return `${formatFreezeName(freeze)} is frozen already, by ${sanitizePlainText(freeze.by.name)} since ${formatTime(freeze.at)}. ${formatAffectedRequests(freezing)} An approver lifts the freeze by typing ${formatThawCommand(freeze)}.`;
    }
    case 'unclear':
      return formatUnclearCustomer(freezing);
    case 'not-a-technician':
    case 'groups-unknown':
      return formatRefusal({ kind: freezing.kind }, undefined);
  }
}

function formatFrozen(freeze: Freeze): string {
  return freeze.customer === undefined
    ? 'Everything is frozen: from now on no password is reset for any customer.'
    : `Frozen: from now on no password is reset for ${formatFreezeName(freeze)}, tenant ${sanitizePlainText(freeze.customer.id)}.`;
}

function formatAffectedRequests({
  ended,
  waiting,
  underWay,
}: Extract<Freezing, { kind: 'frozen' | 'already' }>): string {
  if (ended + waiting + underWay === 0) return 'No request was open.';
  return [
    formatCount(ended, 'One open request was refused.', 'open requests were refused.'),
    formatCount(
      waiting,
      'One that waits for Partner Center is refused when its turn comes.',
      'that wait for Partner Center are refused when their turn comes.',
    ),
    formatCount(
      underWay,
      'One reset is being set right now and goes on to its end.',
      'resets are being set right now and go on to their end.',
    ),
  ]
    .filter(Boolean)
    .join(' ');
}

function formatCount(number: number, one: string, several: string): string {
  if (number === 0) return '';
  return number === 1 ? one : `${number} ${several}`;
}

function formatThawCommand({ customer }: Freeze): string {
  return customer === undefined ? 'thaw everything' : `thaw ${sanitizePlainText(customer.domain || customer.id)}`;
}

function formatUnclearCustomer({ typed, finding, correlationId }: Extract<Freezing, { kind: 'unclear' }>): string {
  const name = sanitizePlainText(typed);
  switch (finding.kind) {
    case 'several':
      return formatCustomerList(`Several customers fit “${name}”. I never pick one myself:`, finding.customers);
    case 'near':
      return formatCustomerList(`I know no customer “${name}”. Did you mean:`, finding.customers);
    case 'nobody':
      return `I know no customer “${name}”. ${instead}`;
    case 'trouble':
      return `${sanitizePlainText(describePartnerTrouble(finding.trouble).problem, 600)} So I cannot look up which customer “${name}” is. ${instead} (Reference: ${correlationId})`;
  }
}

function formatCustomerList(
  first: string,
  customers: readonly { readonly name: string; readonly domain: string; readonly id: string }[],
): string {
  const choices = customers.map(
    ({ name, domain, id }) =>
      `• ${sanitizePlainText(name)}, ${sanitizePlainText(domain)}, tenant ${sanitizePlainText(id)}`,
  );
  return [first, ...choices, instead].join('\n');
}

/** What `thaw`, typed, has done. Plain text. */
export function formatThawResult(thawing: Thawing): string {
  switch (thawing.kind) {
    case 'thawed': {
      if (thawing.lifted.length === 0) return `Somebody else was faster. ${formatRemainingFreezes(thawing.left)}`;
      return `Thawed: ${thawing.lifted.map(formatFreezeName).join('; ')}. What the freeze ended stays ended: ask again for what is still needed. ${formatRemainingFreezes(thawing.left)}`;
    }
    case 'nothing-frozen':
      return 'Nothing is frozen.';
    case 'unclear': {
      const what =
        thawing.typed === undefined
          ? 'Several freezes are in force, and I lifted none.'
          : `“${sanitizePlainText(thawing.typed)}” is none of what is frozen, and I lifted nothing.`;
      return `${what} Type thaw with a domain or a tenant id, or thaw everything.\n${formatFreezes(thawing.inForce)}`;
    }
    case 'not-an-approver':
      return 'Only somebody who may approve resets may lift a freeze. It stays in force.';
    case 'groups-unknown':
      return 'It could not be read which groups you are in, and in doubt nobody may lift a freeze. It stays in force. Try again in a few minutes.';
  }
}

function formatRemainingFreezes(left: Extract<Thawing, { kind: 'thawed' }>['left']): string {
  return left.length === 0 ? 'Nothing else is frozen.' : formatFreezes(left);
}

/** Every freeze in force, a line each, and how it ends; nothing where there is none. Plain text. */
export function formatFreezes(freezes: readonly Freeze[]): string {
  if (freezes.length === 0) return '';
  return [
    `Frozen: no password is reset for ${formatFrozenCustomers(freezes)} until an approver types thaw.`,
    ...freezes.map(
      (freeze) => `• ${formatFreezeName(freeze)}, by ${sanitizePlainText(freeze.by.name)} on ${formatTime(freeze.at)}.`,
    ),
  ].join('\n');
}

function formatFrozenCustomers(freezes: readonly Freeze[]): string {
  if (freezes.some(({ customer }) => customer === undefined)) return 'any customer';
  return freezes.length === 1 ? 'this customer' : 'these customers';
}

/** Answers a question about freezing or thawing, which does neither: what is frozen, and what to type. Plain text. */
export function formatFreezeHelp(freezes: readonly Freeze[]): string {
  const how =
    'I took that as a question and changed nothing. To freeze or to thaw, type it without a question mark: freeze Contoso, freeze everything, thaw Contoso or thaw everything.';
  return [formatFreezes(freezes), how].filter(Boolean).join('\n');
}

/** What a freeze stops: everything, or one customer with their domain, or their tenant id where they have none. */
function formatFreezeName({ customer }: Freeze): string {
  if (customer === undefined) return 'Every customer';
  return `${sanitizePlainText(customer.name)} (${sanitizePlainText(customer.domain || `tenant ${customer.id}`)})`;
}
