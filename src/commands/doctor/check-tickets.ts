import type { Clock } from '../../base/index.ts';
import type { ProductionSettings } from '../../config/index.ts';
import { createTicketAdapter, type TicketCheck, TicketError } from '../../tickets/index.ts';
import { ticketFailures } from '../../texts/index.ts';
import type { Check, Finding } from './checks.ts';

/** Whether the ticket system lets Locksmith in, lets it read, and has what an internal note needs. It writes nothing there. */
export function checkTickets(
  { ticketSystem: settings, ticketTimeMinutes }: Pick<ProductionSettings, 'ticketSystem' | 'ticketTimeMinutes'>,
  { fetch, clock }: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
): readonly Check[] {
  if (settings === undefined || settings === 'off') return [];
  const { checks } = createTicketAdapter(settings, { fetch, clock });
  const wanted = checks.filter(({ what }) => what !== 'time' || ticketTimeMinutes !== undefined);
  return wanted.map((check) => ({ name: `ticket ${names[check.what]}`, step: 4, look: () => look(check) }));
}

async function look({ what, look: ask }: TicketCheck): Promise<Finding> {
  try {
    const found = await ask();
    if (found === 'good') return { kind: 'ok', says: good[what] };
    if (found === 'not-checkable') return { kind: 'not-checked', says: what === 'time' ? timeUnknown : noteUnknown };
    return { kind: 'wrong', says: `${ticketFailures[found].problem} (${found})`, todo: remedies[what] };
  } catch (failure) {
    if (!(failure instanceof TicketError)) throw failure;
    const { code, httpStatus } = failure;
    const { problem, advice } = ticketFailures[code];
    const says = `${problem} (${httpStatus === undefined ? code : `${code}, status ${httpStatus}`})`;
    const isAway = code === 'timeout' || code === 'lost' || code === 'unavailable' || code === 'throttled';
    return { kind: isAway ? 'not-reachable' : 'refused', says, todo: isAway ? advice : remedies[what] };
  }
}

const names = {
  'sign-in': 'sign-in',
  read: 'look-up',
  customers: 'tenants',
  note: 'notes',
  time: 'time',
} as const satisfies Record<TicketCheck['what'], string>;

const good = {
  'sign-in': 'the ticket system lets Locksmith in',
  read: 'tickets can be read',
  customers: 'clients are known by their tenants',
  note: 'there is what an internal note needs',
  time: 'time entries can be read; only a note shows whether they are taken',
} as const satisfies Record<TicketCheck['what'], string>;

const noteUnknown = 'only a note itself shows whether notes are taken';
const timeUnknown = 'only a note itself shows whether its time is taken';

const remedies = {
  'sign-in': 'Compare the settings of the ticket system with its API application, API member or API user.',
  read: 'Give the API application, member or user the right to read tickets.',
  customers:
    'Give the API application the right to read the connections to Microsoft 365; without it customers are told apart by name.',
  note: 'HaloPSA: let HALOPSA_NOTE_OUTCOME_ID name an outcome for internal notes. Autotask: keep an internal value of "publish".',
  time: 'Give the API member the right to read and add time entries, and a default work role and work type; or leave TICKET_TIME_MINUTES out.',
} as const satisfies Record<TicketCheck['what'], string>;
