import { Counter, type Registry } from 'prom-client';
import { ticketFailures, type Tickets } from '../reset/index.ts';

const calls = ['look-up', 'find-note', 'add-note'] as const;

/** Counts what of the ticket system came to nothing, by what was asked of it and why. Each try of a note counts. */
export function createTicketMetrics(registry: Registry): (tickets: Tickets) => Tickets {
  const failures = new Counter({
    name: 'locksmith_ticket_failures_total',
    help: 'Look-ups and notes that came to nothing, by what was asked of the ticket system and why.',
    labelNames: ['call', 'code'] as const,
    registers: [registry],
  });
  for (const call of calls) for (const code of ticketFailures) failures.inc({ call, code }, 0);
  return ({ lookUp, findNote, addNote, ...rest }) => {
    const counted = async <Answer extends Counted>(
      call: (typeof calls)[number],
      asked: Promise<Answer>,
    ): Promise<Answer> => {
      const answer = await asked;
      if (answer.kind === 'failed' && answer.code !== undefined) failures.inc({ call, code: answer.code });
      return answer;
    };
    return {
      ...rest,
      lookUp: lookUp && ((number, signal) => counted('look-up', lookUp(number, signal))),
      findNote: findNote && ((note) => counted('find-note', findNote(note))),
      addNote: (note) => counted('add-note', addNote(note)),
    };
  };
}

/** An answer of the ticket system. Only a failed one has a code. */
type Counted = { readonly kind: string; readonly code?: (typeof ticketFailures)[number] };
