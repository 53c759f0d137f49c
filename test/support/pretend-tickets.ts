import type {
  NoteSending,
  RenderedNote,
  Ticket,
  TicketLookUp,
  Tickets,
  TicketTrouble,
} from '../../src/reset/ports/tickets.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** `unanswered`: the note is taken, and no answer comes. `hangs`: no answer ever comes, and it is not taken. */
export type NoteFault = 'taken' | 'unanswered' | 'lost' | 'away' | 'hangs' | { readonly againAt: number };

const away: TicketTrouble = { kind: 'failed', code: 'unavailable', httpStatus: 503, againAt: undefined };
const lost: TicketTrouble = { kind: 'failed', code: 'lost', httpStatus: undefined, againAt: undefined };

const { target } = buildResetRequest();

/** The ticket of exactly that person at that customer. */
export const ownTicket: Ticket = {
  number: '4711',
  subject: 'Cannot sign in',
  state: 'open',
  company: { name: target.customer.name, tenantIds: [target.customer.id], domains: [] },
  contact: { name: 'Ann Lee', address: target.user.userPrincipalName, objectId: target.user.id },
};

/** A ticket system in the test's hand: it reads numbers of digits, and keeps notes. */
export function createPretendTickets() {
  let lookUp: TicketLookUp | 'hangs' = { kind: 'found', ticket: ownTicket };
  const lookedUp: string[] = [];
  const notes: RenderedNote[] = [];
  const tries: string[] = [];
  const searches: string[] = [];
  const faults: NoteFault[] = [];
  let isDown = false;

  const send = (note: RenderedNote): Promise<NoteSending> => {
    tries.push(note.id);
    const fault = isDown ? 'away' : (faults.shift() ?? 'taken');
    if (typeof fault === 'object') {
      return Promise.resolve({ kind: 'failed', code: 'throttled', httpStatus: 429, againAt: fault.againAt });
    }
    switch (fault) {
      case 'taken':
        notes.push(note);
        return Promise.resolve({ kind: 'taken' });
      case 'unanswered':
        notes.push(note);
        return Promise.resolve(lost);
      case 'lost':
        return Promise.resolve(lost);
      case 'away':
        return Promise.resolve(away);
      case 'hangs':
        return new Promise(() => undefined);
    }
  };
  const tickets = {
    system: 'halopsa',
    readNumber: (typed) => /^#?(\d+)$/.exec(typed.trim())?.[1],
    lookUp: (number) => {
      lookedUp.push(number);
      return lookUp === 'hangs' ? new Promise<never>(() => undefined) : Promise.resolve(lookUp);
    },
    addNote: send,
    findNote: ({ id }) => {
      searches.push(id);
      if (isDown) return Promise.resolve(away);
      return Promise.resolve({ kind: notes.some((note) => note.id === id) ? 'there' : 'not-there' });
    },
  } as const satisfies Tickets;
  return {
    tickets,
    /** The numbers that were looked up, in order. */
    lookedUp,
    /** What stands in tickets now, in the order in which it was taken. */
    notes,
    /** The ids of the notes that were sent, every try. */
    tries,
    searches,
    /** What happens to the next notes, one after the other. */
    faults,
    /** What is found from now on. */
    find: (found: TicketLookUp | 'hangs'): void => {
      lookUp = found;
    },
    /** From now on nothing is taken and nothing is found, or it works again. */
    setDown: (down: boolean): void => {
      isDown = down;
    },
  };
}
