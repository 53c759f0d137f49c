import type { Clock } from '../../base/index.ts';
import type { TicketSettings } from '../../config/index.ts';
import { createTicketAdapter, type TicketCheck, TicketError } from '../../tickets/index.ts';
import type { Check, Finding } from './checks.ts';

/** Whether the ticket system lets Locksmith in, lets it read, and has what an internal note needs. It writes nothing there. */
export function checkTickets(
  settings: TicketSettings | 'off' | undefined,
  { fetch, clock }: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
): readonly Check[] {
  if (settings === undefined || settings === 'off') return [];
  const { checks } = createTicketAdapter(settings, { fetch, clock });
  return checks.map((check) => ({ name: `ticket ${names[check.what]}`, step: 4, look: () => look(check) }));
}

async function look({ what, look: ask }: TicketCheck): Promise<Finding> {
  try {
    const found = await ask();
    if (found === 'good') return { kind: 'ok', says: good[what] };
    if (found === 'not-checkable')
      return { kind: 'not-checked', says: 'only a note itself shows whether notes are taken' };
    return { kind: 'wrong', says: `the ticket system: ${found}`, todo: remedies[what] };
  } catch (failure) {
    if (!(failure instanceof TicketError)) throw failure;
    const { code, httpStatus } = failure;
    const says = `the ticket system: ${code}${httpStatus === undefined ? '' : ` (${httpStatus})`}`;
    const isAway = code === 'timeout' || code === 'lost' || code === 'unavailable' || code === 'throttled';
    return { kind: isAway ? 'not-reachable' : 'refused', says, todo: isAway ? away : remedies[what] };
  }
}

const names = {
  'sign-in': 'sign-in',
  read: 'look-up',
  customers: 'tenants',
  note: 'notes',
} as const satisfies Record<TicketCheck['what'], string>;

const good = {
  'sign-in': 'the ticket system lets Locksmith in',
  read: 'tickets can be read',
  customers: 'clients are known by their tenants',
  note: 'there is what an internal note needs',
} as const satisfies Record<TicketCheck['what'], string>;

const away = 'Let this machine reach the address of the ticket system over https, or wait until it is up again.';

const remedies = {
  'sign-in': 'Compare the settings of the ticket system with its API application, API member or API user.',
  read: 'Give the API application, member or user the right to read tickets.',
  customers:
    'Give the API application the right to read the connections to Microsoft 365; without it customers are told apart by name.',
  note: 'HaloPSA: let HALOPSA_NOTE_OUTCOME_ID name an outcome for internal notes. Autotask: keep an internal value of "publish".',
} as const satisfies Record<TicketCheck['what'], string>;
