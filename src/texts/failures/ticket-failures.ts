import type { TicketFailure } from '../../reset/index.ts';
import type { FailureText } from '../formatting.ts';

const reach = 'Let this machine reach the address of the ticket system over https, or wait until it is up again.';
const compare = 'Compare the settings of the ticket system with its API application, API member or API user.';
const report = 'Compare the address in the settings with the system’s own; if it is right, report it.';

/** Why a call to the ticket system came to nothing, for administrators. */
export const ticketFailures: Readonly<Record<TicketFailure, FailureText>> = {
  timeout: { problem: 'The ticket system does not answer in time.', advice: reach },
  lost: { problem: 'The ticket system cannot be reached, or its answer was lost.', advice: reach },
  unauthorised: { problem: 'The ticket system does not let Locksmith in.', advice: compare },
  forbidden: {
    problem: 'The ticket system lets Locksmith in and forbids this.',
    advice:
      'Give the API application, member or user the right to read tickets, companies and contacts, and to add notes.',
  },
  'not-found': {
    problem: 'The ticket system has no such ticket, or not at this address.',
    advice: 'Look whether the ticket was deleted, and compare the address in the settings.',
  },
  refused: {
    problem: 'The ticket system takes the call amiss.',
    advice:
      'HaloPSA: let HALOPSA_NOTE_OUTCOME_ID name an outcome for internal notes. Otherwise look into the log of the ticket system.',
  },
  throttled: {
    problem: 'The ticket system wants fewer calls.',
    advice: 'Nothing: it is tried again. Look who else uses the same API account.',
  },
  unavailable: { problem: 'The ticket system says that it is out of order.', advice: 'Wait until it is up again.' },
  'unexpected-answer': { problem: 'The ticket system answers in a way that Locksmith does not know.', advice: report },
  'no-internal-note': {
    problem: 'The ticket system names no kind of note that customers do not see.',
    advice: 'Autotask: keep an internal value of “publish”.',
  },
  'other-system': {
    problem: 'The note is for a ticket of the system that TICKET_SYSTEM named before.',
    advice: 'Write it in by hand: `npm run audit -- notes` shows it.',
  },
};
