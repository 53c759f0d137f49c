import { z } from 'zod';
import { callWithTimeout, parseGuid, ticketTunables } from '../base/index.ts';
import type { TicketSettings } from '../config/index.ts';
import type { RenderedNote, Ticket, TicketContact } from '../reset/index.ts';
import {
  addWithTime,
  readWholeNumber,
  settleFor,
  settleMissingFor,
  type TicketAdapter,
  TicketError,
} from './adapter.ts';
import { createHaloToken } from './halopsa-token.ts';
import {
  createCached,
  createTicketClient,
  jsonHeaders,
  maybeId,
  maybeText,
  writtenAnswer,
  type TicketCall,
  type TicketClient,
  type TicketDependencies,
} from './ticket-client.ts';

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

const connectionAnswer = z.object({ id: maybeId });
/** A list, one connection, or an object that holds the list, by the version of HaloPSA. */
const connectionsAnswer = z
  .union([z.array(connectionAnswer), z.record(z.string(), z.unknown())])
  .transform((answer): readonly { readonly id: number | undefined }[] => {
    if (Array.isArray(answer)) return answer;
    const one = connectionAnswer.parse(answer);
    if (one.id !== undefined) return [one];
    return Object.values(answer).flatMap((value) => z.array(connectionAnswer).safeParse(value).data ?? []);
  });

const mappingsAnswer = z.object({
  mappings_client: z
    .array(z.object({ client_id: maybeId, azure_tenant_id: maybeText }))
    .nullish()
    .transform((mappings) => mappings ?? []),
});

/**
 * HaloPSA and HaloITSM. A client's tenants come from its connections to Microsoft 365, a contact's object id from the contact.
 * A missing ticket is answered without an `id`, with any status. A note is an array of actions, and needs an outcome.
 * After a 401 it tries once more with a new token. See https://haloacademy.halopsa.com/apidoc
 */
export function createHaloPsa(
  settings: Extract<TicketSettings, { readonly kind: 'halopsa' }>,
  dependencies: TicketDependencies,
): TicketAdapter {
  const client = createTicketClient(dependencies);
  const getToken = createHaloToken(settings, client, dependencies.clock);
  const api = `${settings.url}/api`;
  const { clock } = dependencies;
  // Of its own: where the list of tenants is throttled, tickets and notes are not.
  const connectionsClient = createTicketClient(dependencies);
  let noTenantsBefore = 0;
  const tenantsOfClients = createCached(clock, ticketTunables.clientTenantsMilliseconds, async () => {
    const tenants = await readTenants();
    noTenantsBefore = 0;
    return tenants;
  });

  return {
    system: 'halopsa',
    readNumber: readWholeNumber,
    async lookUp(number, signal) {
      const [ticket, tenants] = await Promise.all([readTicket(number, signal), findTenants()]);
      if (ticket === undefined) return { kind: 'missing' };
      const tenantIds = ticket.client_id === undefined ? [] : (tenants.get(ticket.client_id) ?? []);
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
      { what: 'sign-in', look: async () => (await getToken({ fresh: true }), 'good') },
      { what: 'read', look: async () => (await get('/Tickets?count=1', anyAnswer), 'good') },
      { what: 'customers', look: async () => (await readTenants(), 'good') },
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
      settleMissingFor(undefined),
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
    const user = id === undefined ? none : await get(`/Users/${id}`, userAnswer, signal).catch(settleFor(none));
    const objectId = user.azureoid === undefined ? undefined : parseGuid(user.azureoid);
    return { name, address: address ?? user.emailaddress, objectId };
  }

  /**
   * The tenants of each client, or none of any where they cannot be read, or not in time: the company is told by its name then. A list
   * that comes late counts from then on.
   */
  async function findTenants(): Promise<ReadonlyMap<number, readonly string[]>> {
    const none = new Map<number, readonly string[]>();
    if (clock.now() < noTenantsBefore) return none;
    const reading = tenantsOfClients().catch(settleFor(undefined));
    const timed = await callWithTimeout(clock, ticketTunables.tenantsTimeoutMilliseconds, () => reading);
    if (timed.kind === 'answered' && timed.result !== undefined) return timed.result;
    noTenantsBefore = clock.now() + ticketTunables.tenantsRetryMilliseconds;
    return none;
  }

  /** The tenants of each client, by the client's id. */
  async function readTenants(): Promise<ReadonlyMap<number, readonly string[]>> {
    const connections = await get('/AzureADConnection?type=2', connectionsAnswer, undefined, connectionsClient);
    const ids = connections.flatMap(({ id }) => id ?? []).slice(0, ticketTunables.maxTenantConnections);
    const read = await Promise.all(
      ids.map((id) => {
        const path = `/AzureADConnection/${id}?type=2&includedetails=true&includetenants=true`;
        return get(path, mappingsAnswer, undefined, connectionsClient);
      }),
    );
    const tenants = new Map<number, readonly string[]>();
    for (const { client_id: clientId, azure_tenant_id: text = '' } of read.flatMap((one) => one.mappings_client)) {
      const tenant = parseGuid(text);
      if (clientId !== undefined && tenant !== undefined)
        tenants.set(clientId, [...(tenants.get(clientId) ?? []), tenant]);
    }
    return tenants;
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
      return send(true);
    }

    async function send(fresh: boolean): Promise<Answer> {
      const token = await getToken({ fresh });
      const headers = token.reveal((value) => ({ ...given.headers, Authorization: `Bearer ${value}` }));
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
