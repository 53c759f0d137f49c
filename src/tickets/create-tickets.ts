import type { TicketSettings } from '../config/index.ts';
import type { Tickets } from '../reset/index.ts';
import type { TicketAdapter } from './adapter.ts';
import { createAutotask } from './autotask.ts';
import { createConnectWise } from './connectwise.ts';
import { createHaloPsa } from './halopsa.ts';
import type { TicketDependencies } from './ticket-client.ts';
import { settleTicketCall } from './ticket-error.ts';
import { createWebhook } from './webhook.ts';

/**
 * Creates the port to the ticket system that the settings name. A call that comes to nothing is a value, with its code. `timeMinutes`
 * are for HaloPSA and ConnectWise, which enter them with a note in one write; the others pass them over.
 */
export function createTickets(
  settings: TicketSettings,
  dependencies: TicketDependencies,
  timeMinutes?: number,
): Tickets {
  const { system, readNumber, lookUp, addNote, findNote } = createTicketAdapter(settings, dependencies);
  return {
    system,
    readNumber,
    timeMinutes,
    lookUp: lookUp && ((number, signal) => settleTicketCall(() => lookUp(number, signal))),
    addNote: (note) => settleTicketCall(() => addNote(note)),
    findNote: findNote && ((note) => settleTicketCall(() => findNote(note))),
  };
}

/** The adapter of the system, with what `doctor` looks at. Its calls throw a `TicketError`. */
export function createTicketAdapter(settings: TicketSettings, dependencies: TicketDependencies): TicketAdapter {
  switch (settings.kind) {
    case 'halopsa':
      return createHaloPsa(settings, dependencies);
    case 'connectwise':
      return createConnectWise(settings, dependencies);
    case 'autotask':
      return createAutotask(settings, dependencies);
    case 'webhook':
      return createWebhook(settings, dependencies);
  }
}
