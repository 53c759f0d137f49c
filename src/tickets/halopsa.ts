import { z } from 'zod';
import { parseGuid, ticketTunables } from '../base/index.ts';
import type { TicketSettings } from '../config/index.ts';
import type { RenderedNote, Ticket, TicketContact } from '../reset/index.ts';
import { addWithTime, readWholeNumber, type TicketAdapter } from './adapter.ts';
import { createHaloTenants } from './halopsa-tenants.ts';
import { createHaloToken } from './halopsa-token.ts';
import {
  createTicketClient,
  jsonHeaders,
  maybeId,
  maybeText,
  writtenAnswer,
  type TicketCall,
  type TicketClient,
  type TicketDependencies,
} from './ticket-client.ts';
import { orElse, orIfMissing, TicketError } from './ticket-error.ts';

type HaloTicket = z.infer<typeof ticketAnswer>;

const ticketAnswer = z.object({
  id: maybeId,
  summary: maybeText,
  client_id: maybeId,
  client_name: maybeText,
  user_id: maybeId,
  user_name: maybeText,
  user_email: maybeText,
  hasbeenclosed: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  merged_into_id: maybeId,
});

const userAnswer = z.object({ id: maybeId, azureoid: maybeText, emailaddress: maybeText, name: maybeText });

const anyAnswer = z.union([z.looseObject({}), z.array(z.unknown())]);

const actionsAnswer = z.object({
  record_count: maybeId,
  actions: z.array(z.object({ ticket_id: maybeId, note: maybeText, note_html: maybeText })),
});

/**
 * HaloPSA and HaloITSM. A client's tenants come from its connections to Microsoft 365, a contact's object id from the contact.
 * A missing ticket is answered without an `id`, with any status. A note is an array of actions, and needs an outcome.
 * After a 401 it reads once more with a new token, and writes no more: the note may be there. See https://haloacademy.halopsa.com/apidoc
 */
export function createHaloPsa(
  settings: Extract<TicketSettings, { readonly kind: 'halopsa' }>,
  dependencies: TicketDependencies,
): TicketAdapter {
  const client = createTicketClient(dependencies);
  const token = createHaloToken(settings, client, dependencies.clock);
  const api = `${settings.url}/api`;
  // Of its own: where the list of tenants is throttled, tickets and notes are not.
  const connectionsClient = createTicketClient(dependencies);
  const tenants = createHaloTenants(dependencies.clock, (path, shape) =>
    get(path, shape, undefined, connectionsClient),
  );

  return {
    system: 'halopsa',
    readNumber: readWholeNumber,
    async lookUp(number, signal) {
      const [ticket, tenantsOf] = await Promise.all([readTicket(number, signal), tenants.find()]);
      if (ticket === undefined) return { kind: 'missing' };
      const tenantIds = ticket.client_id === undefined ? [] : (tenantsOf.get(ticket.client_id) ?? []);
      return { kind: 'found', ticket: toTicket(number, ticket, tenantIds, await readContact(ticket, signal)) };
    },
    addNote: (note) =>
      addWithTime(note, async (minutes) => {
        const action = {
          ticket_id: Number(note.ticket),
          outcome_id: settings.noteOutcomeId,
          hiddenfromuser: true,
          sendemail: false,
          note_html: formatHtml(note),
          // In hours.
          ...(minutes !== undefined && { timetaken: minutes / 60 }),
        };
        const body = JSON.stringify([action]);
        await call({ method: 'POST', url: `${api}/Actions`, headers: jsonHeaders, body }, writtenAnswer, {});
      }),
    async findNote({ ticket, id }) {
      const query = new URLSearchParams({
        ticket_id: ticket,
        count: String(ticketTunables.actionsRead),
        excludesys: 'true',
      });
      const { actions, record_count: all = 0 } = await call(
        {
          method: 'GET',
          url: `${api}/Actions?${query.toString()}`,
          headers: {},
          maxBytes: ticketTunables.maxNotesAnswerBytes,
        },
        actionsAnswer,
      );
      const isThere = actions.some(({ note, note_html: html }) => `${note ?? ''}\n${html ?? ''}`.includes(id));
      const areOthers = actions.some(({ ticket_id: of }) => of !== undefined && String(of) !== ticket);
      // Of another ticket, or not all: ours may be among those that were not answered.
      const isCut = actions.length >= ticketTunables.actionsRead || actions.length < all;
      if (!isThere && (areOthers || isCut)) throw new TicketError('unexpected-answer');
      return { kind: isThere ? 'there' : 'not-there' };
    },
    checks: [
      { what: 'sign-in', look: async () => (await token.get({ fresh: true }), 'good') },
      { what: 'read', look: async () => (await get('/Tickets?count=1', anyAnswer), 'good') },
      { what: 'customers', look: async () => (await tenants.read(), 'good') },
      {
        what: 'note',
        look: async () => {
          const outcome = await get(`/Outcome/${settings.noteOutcomeId}`, z.object({ id: maybeId }));
          return outcome.id === settings.noteOutcomeId ? 'good' : 'no-internal-note';
        },
      },
      { what: 'time', look: () => Promise.resolve('not-checkable') },
    ],
  };

  async function readTicket(number: string, signal: AbortSignal | undefined): Promise<HaloTicket | undefined> {
    const ticket = await get(`/Tickets/${number}?includedetails=true`, ticketAnswer, signal).catch(
      orIfMissing(undefined),
    );
    if (ticket?.id === undefined || ticket.deleted === true) return undefined;
    // Whatever else was answered, it is not what was asked for.
    if (String(ticket.id) !== number) throw new TicketError('unexpected-answer');
    return ticket;
  }

  /** The contact is worth a call of its own for its object id. Where that fails, its address tells it. */
  async function readContact(
    { user_id: id, user_name: name, user_email: address }: HaloTicket,
    signal: AbortSignal | undefined,
  ): Promise<TicketContact | undefined> {
    if (id === undefined && address === undefined && name === undefined) return undefined;
    const none = { azureoid: undefined, emailaddress: undefined };
    const user = id === undefined ? none : await get(`/Users/${id}`, userAnswer, signal).catch(orElse(none));
    const objectId = user.azureoid === undefined ? undefined : parseGuid(user.azureoid);
    return { name, address: address ?? user.emailaddress, objectId };
  }

  function get<Answer>(
    path: string,
    shape: z.ZodType<Answer>,
    signal?: AbortSignal,
    by: TicketClient = client,
  ): Promise<Answer> {
    return call({ method: 'GET', url: `${api}${path}`, headers: {}, signal }, shape, undefined, by);
  }

  async function call<Answer>(
    given: TicketCall,
    shape: z.ZodType<Answer>,
    emptyAs?: object,
    by: TicketClient = client,
  ): Promise<Answer> {
    try {
      return await send(false);
    } catch (error) {
      if (!(error instanceof TicketError) || error.httpStatus !== 401) throw error;
      if (given.method === 'GET') return send(true);
      token.forget();
      throw error;
    }

    async function send(fresh: boolean): Promise<Answer> {
      const secret = await token.get({ fresh });
      const headers = secret.reveal((value) => ({ ...given.headers, Authorization: `Bearer ${value}` }));
      return by.request({ ...given, headers }, shape, emptyAs);
    }
  }
}

function toTicket(
  number: string,
  ticket: HaloTicket,
  tenantIds: readonly string[],
  contact: TicketContact | undefined,
): Ticket {
  const { summary = '', client_id: clientId, client_name: name, merged_into_id: mergedInto, hasbeenclosed } = ticket;
  const state = mergedInto === undefined ? (hasbeenclosed === true ? 'closed' : 'open') : 'merged';
  const company = clientId === undefined && name === undefined ? undefined : { name, tenantIds, domains: [] };
  return { number, subject: summary, state, company, contact };
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Everything is escaped; the only tag is the line break. */
function formatHtml({ text }: Pick<RenderedNote, 'text'>): string {
  return text.replaceAll(/[&<>"']/g, (sign) => htmlEntities[sign] ?? sign).replaceAll('\n', '<br>');
}
