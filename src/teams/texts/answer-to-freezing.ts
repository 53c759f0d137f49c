import type { Freezing } from '../../reset/freezes.ts';
import type { Freeze } from '../../reset/ports/stores.ts';
import { sayTime } from '../cards/say-time.ts';
import { answerToRefusal } from './answer-to-refusal.ts';
import { nameFreeze } from './name-freeze.ts';
import { plainName } from './plain-name.ts';

const instead =
  'Nothing is frozen yet. Ask again with the domain or the tenant id, or type freeze everything to stop all resets at once.';

/** What `freeze`, typed, has done. Plain text. */
export function answerToFreezing(freezing: Freezing): string {
  switch (freezing.kind) {
    case 'frozen':
      return `${sayFrozen(freezing.freeze)} ${sayOpen(freezing)} An approver lifts the freeze by typing ${thaw(freezing.freeze)}.`;
    case 'already': {
      const { freeze } = freezing;
      return `${nameFreeze(freeze)} is frozen already, by ${plainName(freeze.by.name)} since ${sayTime(freeze.at)}. ${sayOpen(freezing)} An approver lifts the freeze by typing ${thaw(freeze)}.`;
    }
    case 'unclear':
      return sayUnclear(freezing);
    case 'not-a-technician':
    case 'groups-unknown':
      return answerToRefusal({ kind: freezing.kind }, undefined);
  }
}

function sayFrozen(freeze: Freeze): string {
  return freeze.customer === undefined
    ? 'Everything is frozen: from now on no password is reset for any customer.'
    : `Frozen: from now on no password is reset for ${nameFreeze(freeze)}, tenant ${plainName(freeze.customer.id)}.`;
}

function sayOpen({ ended, waiting, underWay }: Extract<Freezing, { kind: 'frozen' | 'already' }>): string {
  if (ended + waiting + underWay === 0) return 'No request was open.';
  return [
    count(ended, 'One open request was refused.', 'open requests were refused.'),
    count(
      waiting,
      'One that waits for Partner Center is refused when its turn comes.',
      'that wait for Partner Center are refused when their turn comes.',
    ),
    count(
      underWay,
      'One reset is being set right now and goes on to its end.',
      'resets are being set right now and go on to their end.',
    ),
  ]
    .filter(Boolean)
    .join(' ');
}

function count(number: number, one: string, several: string): string {
  if (number === 0) return '';
  return number === 1 ? one : `${number} ${several}`;
}

function thaw({ customer }: Freeze): string {
  return customer === undefined ? 'thaw everything' : `thaw ${plainName(customer.domain || customer.id)}`;
}

function sayUnclear({ typed, finding, correlationId }: Extract<Freezing, { kind: 'unclear' }>): string {
  const name = plainName(typed);
  switch (finding.kind) {
    case 'several':
      return lines(`Several customers fit “${name}”. I never pick one myself:`, finding.customers);
    case 'near':
      return lines(`I know no customer “${name}”. Did you mean:`, finding.customers);
    case 'nobody':
      return `I know no customer “${name}”. ${instead}`;
    case 'trouble':
      return `${plainName(finding.trouble.says, 600)} So I cannot look up which customer “${name}” is. ${instead} (Reference: ${correlationId})`;
  }
}

function lines(
  first: string,
  customers: readonly { readonly name: string; readonly domain: string; readonly id: string }[],
): string {
  const choices = customers.map(
    ({ name, domain, id }) => `• ${plainName(name)}, ${plainName(domain)}, tenant ${plainName(id)}`,
  );
  return [first, ...choices, instead].join('\n');
}
