import { createHmac } from 'node:crypto';
import type { TicketSettings } from '../config/index.ts';
import type { RenderedNote } from '../reset/index.ts';
import type { TicketAdapter } from './adapter.ts';
import { createTicketClient, jsonHeaders, type TicketDependencies } from './ticket-client.ts';

/**
 * A webhook of one's own: one JSON POST for each note, with a signature over its time and its body. The receiver tells by the id
 * whether it has a note already; it is the same in every try. Its status says whether it has taken the note. Tickets cannot be read.
 */
export function createWebhook(
  settings: Extract<TicketSettings, { readonly kind: 'webhook' }>,
  dependencies: TicketDependencies,
): TicketAdapter {
  const client = createTicketClient(dependencies);
  return {
    system: 'webhook',
    // What the receiver calls a ticket is not known here, so it gets what was typed.
    readNumber: (typed) => (typed.trim() === '' ? undefined : typed.trim()),
    lookUp: undefined,
    async addNote(note) {
      const body = formatBody(note);
      const seconds = Math.floor(dependencies.clock.now() / 1000);
      const signature = settings.secret.reveal((key) =>
        createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex'),
      );
      const headers = {
        ...jsonHeaders,
        'Locksmith-Note-Id': note.id,
        'Locksmith-Signature': `t=${seconds},v1=${signature}`,
      };
      await settings.url.reveal((url) => client.send({ method: 'POST', url, headers, body }));
      return { kind: 'taken' };
    },
    findNote: undefined,
    // A look would be a note that says nothing.
    checks: [{ what: 'note', look: () => Promise.resolve('not-checkable') }],
  };
}

/** The body as it is promised. What was not said is null. */
function formatBody(note: RenderedNote): string {
  const { id, ticket, outcome, at, customer, user, technician, verification, approvedBy, correlationId, text } = note;
  return JSON.stringify({
    id,
    ticket,
    outcome,
    at: new Date(at).toISOString(),
    customer: { tenantId: customer.tenantId, name: customer.name },
    user: { id: user.id, userPrincipalName: user.userPrincipalName, displayName: user.displayName },
    technician,
    verification: verification ?? null,
    approvedBy: approvedBy ?? null,
    correlationId,
    text,
  });
}
