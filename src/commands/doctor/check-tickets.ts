import type { Clock } from '../../base/index.ts';
import type { ProductionSettings } from '../../config/index.ts';
import { createTicketAdapter, type TicketCheck, TicketError } from '../../tickets/index.ts';
import { ticketFailures } from '../../texts/index.ts';
import type { Check, Finding } from './checks.ts';

/**
 * Whether the ticket system lets Locksmith in, lets it read, and has what an internal note needs. It writes nothing there. Where it
 * does not let Locksmith in, or does not answer, that is said once and nothing more is asked.
 */
export function checkTickets(
  { ticketSystem: settings, ticketTimeMinutes }: Pick<ProductionSettings, 'ticketSystem' | 'ticketTimeMinutes'>,
  { fetch, clock }: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
): readonly Check[] {
  if (settings === undefined || settings === 'off') return [];
  const { checks } = createTicketAdapter(settings, { fetch, clock });
  const wanted = checks.filter(({ what }) => what !== 'time' || ticketTimeMinutes !== undefined);
  let isLetIn = true;
  return wanted.map((check) => ({ name: `ticket ${names[check.what]}`, step: 4, look: () => lookInTurn(check) }));

  async function lookInTurn({ what, look }: TicketCheck): Promise<Finding> {
    if (!isLetIn)
      return { kind: 'not-checked', says: 'not looked at: the ticket system has to let Locksmith in first' };
    try {
      const found = await look();
      if (found === 'good') return { kind: 'ok', says: good[what] };
      if (found === 'not-checkable') return { kind: 'not-checked', says: what === 'time' ? timeUnknown : noteUnknown };
      return { kind: 'wrong', says: `${ticketFailures[found].problem} (${found})`, todo: remedies[what] };
    } catch (failure) {
      if (!(failure instanceof TicketError)) throw failure;
      isLetIn = what !== 'sign-in' && !endsTheLook.has(failure.code);
      return explainFailure(what, failure);
    }
  }
}

const isAway: ReadonlySet<TicketError['code']> = new Set(['timeout', 'lost', 'unavailable', 'throttled']);
/** With these every further call comes to the same. */
const endsTheLook: ReadonlySet<TicketError['code']> = new Set([...isAway, 'unauthorised']);

/** The remedy follows from the code. What was looked at counts where the code says that it is that which is missing. */
function explainFailure(what: TicketCheck['what'], { code, httpStatus }: TicketError): Finding {
  const { problem, advice } = ticketFailures[code];
  // Only this look needs the outcome to be readable: a note does not.
  if (what === 'note' && code === 'forbidden') return { kind: 'not-checked', says: noteUnknown };
  const says = `${problem} (${httpStatus === undefined ? code : `${code}, status ${httpStatus}`})`;
  if (isAway.has(code)) return { kind: 'not-reachable', says, todo: advice };
  const isAddress = code === 'not-found' && (what === 'sign-in' || what === 'read');
  const isWhat = code === 'forbidden' || code === 'refused' || code === 'not-found';
  return { kind: 'refused', says, todo: isAddress ? compareAddress : isWhat ? remedies[what] : advice };
}

const compareAddress =
  'Compare the address in the settings with the system’s own, without the ending that docs/install.md leaves out.';

const names = {
  'sign-in': 'sign-in',
  read: 'look-up',
  customers: 'tenants',
  note: 'notes',
  time: 'time',
} as const satisfies Record<TicketCheck['what'], string>;

const good = {
  'sign-in': 'the ticket system lets Locksmith in',
  read: 'tickets can be read; the first one shows whether its company and contact can',
  customers: 'clients are known by their tenants',
  note: 'there is what an internal note needs; the first one shows whether it may be added',
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
