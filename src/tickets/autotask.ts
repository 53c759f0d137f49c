import { z } from 'zod';
import { ticketTunables } from '../base/index.ts';
import type { TicketSettings } from '../config/index.ts';
import type { TicketCompany, TicketContact } from '../reset/index.ts';
import type { TicketAdapter } from './adapter.ts';
import {
  createCached,
  createTicketClient,
  jsonHeaders,
  maybeId,
  maybeText,
  type TicketCall,
  type TicketDependencies,
} from './ticket-client.ts';
import { TicketError } from './ticket-error.ts';

/** Answers for every database in which zone it is. */
const zoneDirectory = 'https://webservices2.autotask.net/atservicesrest';
const zoneHost = /^https:\/\/[a-z\d-]+\.autotask\.net(?:\/|$)/i;

const ticketRow = z.object({
  id: maybeId,
  ticketNumber: maybeText,
  title: maybeText,
  companyID: maybeId,
  contactID: maybeId,
  status: maybeId,
  completedDate: maybeText,
});

const ticketsAnswer = z.object({ items: z.array(ticketRow) });
const companyAnswer = z.object({ item: z.object({ companyName: maybeText, webAddress: maybeText }).nullish() });
const contactAnswer = z.object({
  item: z.object({ emailAddress: maybeText, firstName: maybeText, lastName: maybeText }).nullish(),
});
const notesAnswer = z.object({ items: z.array(z.object({ ticketID: maybeId, description: maybeText })) });
const createdAnswer = z.object({ itemId: maybeId });
const anyAnswer = z.looseObject({});
const picklistValue = z.object({
  value: z.union([z.string(), z.number()]).transform(Number),
  label: z.string(),
  isActive: z.boolean().nullish(),
});
const fieldsAnswer = z.object({
  fields: z.array(z.object({ name: z.string(), picklistValues: z.array(picklistValue).nullish() })),
});

type Picklist = readonly { readonly value: number; readonly label: string }[];

/**
 * Autotask PSA. The zone is asked for once a day where no address is given. The meaning of states, of who sees a note and of its
 * type stands in picklists that each database fills in itself. Errors may come with a status that says success.
 * At most three calls run at one time. See https://www.autotask.net/help/DeveloperHelp/Content/APIs/REST/REST_API_Home.htm
 */
export function createAutotask(
  settings: Extract<TicketSettings, { readonly kind: 'autotask' }>,
  dependencies: TicketDependencies,
): TicketAdapter {
  const client = createTicketClient(dependencies, ticketTunables.autotaskCallsAtOnce);
  const cache = <Value>(read: () => Promise<Value>): (() => Promise<Value>) =>
    createCached(dependencies.clock, ticketTunables.picklistMilliseconds, read);
  const findBase = cache(async () => `${settings.url ?? (await readZone())}/v1.0`);
  const ticketFields = cache(() => readPicklists('Tickets'));
  const noteFields = cache(() => readPicklists('TicketNotes'));

  return {
    system: 'autotask',
    readNumber: (typed) => /^#?(T\d{8}\.\d{4,8})$/i.exec(typed.trim())?.[1]?.toUpperCase(),
    async lookUp(number, signal) {
      const ticket = await findTicket(number, signal);
      if (ticket === undefined) return { kind: 'missing' };
      const [company, contact, states] = await Promise.all([
        readCompany(ticket.companyID, signal),
        readContact(ticket.contactID, signal),
        ticketFields().then((fields) => fields.get('status') ?? []),
      ]);
      const state = states.find(({ value }) => value === ticket.status)?.label ?? '';
      const isClosed = ticket.completedDate !== undefined || /^(?:complete|closed)/i.test(state);
      return {
        kind: 'found',
        ticket: { number, subject: ticket.title ?? '', state: isClosed ? 'closed' : 'open', company, contact },
      };
    },
    async addNote({ ticket: number, text }) {
      const [ticket, fields] = await Promise.all([findTicket(number), noteFields()]);
      if (ticket?.id === undefined) throw new TicketError('not-found');
      const body = { title: text.split('\n')[0]?.slice(0, 250), description: text, ...chooseNoteKind(fields) };
      const created = await call('POST', `/Tickets/${ticket.id}/Notes`, createdAnswer, body);
      if (created.itemId === undefined) throw new TicketError('unexpected-answer');
      return { kind: 'taken' };
    },
    async findNote({ ticket: number, id }) {
      const ticket = await findTicket(number);
      if (ticket?.id === undefined) throw new TicketError('not-found');
      const filter = [
        { op: 'eq', field: 'ticketID', value: ticket.id },
        { op: 'contains', field: 'description', value: id },
      ];
      const { items } = await call('POST', '/TicketNotes/query', notesAnswer, { filter });
      const isThere = items.some(({ ticketID, description }) => ticketID === ticket.id && description?.includes(id));
      // A filter that was passed over answers with a page of other notes, and ours may be behind it.
      if (!isThere && items.length > 0) throw new TicketError('unexpected-answer');
      return { kind: isThere ? 'there' : 'not-there' };
    },
    checks: [
      { what: 'sign-in', look: async () => (await call('GET', '/ThresholdInformation', anyAnswer), 'good') },
      { what: 'read', look: async () => (await readPicklists('Tickets'), 'good') },
      { what: 'note', look: async () => (chooseNoteKind(await readPicklists('TicketNotes')), 'good') },
    ],
  };

  async function findTicket(number: string, signal?: AbortSignal): Promise<z.infer<typeof ticketRow> | undefined> {
    const filter = [{ op: 'eq', field: 'ticketNumber', value: number }];
    const { items } = await call('POST', '/Tickets/query', ticketsAnswer, { filter }, signal);
    const [first, ...others] = items;
    if (first === undefined) return undefined;
    // A query that was misunderstood answers with tickets that no one asked for.
    if (others.length > 0 || first.id === undefined || first.ticketNumber?.toUpperCase() !== number) {
      throw new TicketError('unexpected-answer');
    }
    return first;
  }

  async function readCompany(id: number | undefined, signal?: AbortSignal): Promise<TicketCompany | undefined> {
    if (id === undefined) return undefined;
    const { item } = await call('GET', `/Companies/${id}`, companyAnswer, undefined, signal);
    const host = URL.parse(item?.webAddress?.includes('://') ? item.webAddress : `https://${item?.webAddress ?? ''}`);
    return {
      name: item?.companyName,
      tenantIds: [],
      domains: host === null ? [] : [host.hostname.replace(/^www\./, '')],
    };
  }

  async function readContact(id: number | undefined, signal?: AbortSignal): Promise<TicketContact | undefined> {
    if (id === undefined) return undefined;
    const { item } = await call('GET', `/Contacts/${id}`, contactAnswer, undefined, signal);
    const name = [item?.firstName, item?.lastName].filter((part) => part !== undefined).join(' ');
    return { name: name === '' ? undefined : name, address: item?.emailAddress, objectId: undefined };
  }

  async function readPicklists(entity: 'Tickets' | 'TicketNotes'): Promise<ReadonlyMap<string, Picklist>> {
    const { fields } = await call('GET', `/${entity}/entityInformation/fields`, fieldsAnswer);
    return new Map(
      fields.map(({ name, picklistValues }) => [
        name,
        (picklistValues ?? []).filter(({ isActive }) => isActive !== false),
      ]),
    );
  }

  async function readZone(): Promise<string> {
    const user = encodeURIComponent(settings.username);
    const { url } = await client.request(
      { method: 'GET', url: `${zoneDirectory}/v1.0/zoneInformation?user=${user}`, headers: {} },
      z.object({ url: z.string() }),
    );
    // The secret goes to Autotask alone, whatever an answer names.
    if (!zoneHost.test(url)) throw new TicketError('unexpected-answer');
    return url.replace(/\/+$/, '');
  }

  async function call<Answer>(
    method: TicketCall['method'],
    path: string,
    shape: z.ZodType<Answer>,
    body?: object,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const { username, secret, integrationCode } = settings;
    const url = `${await findBase()}${path}`;
    const headers = secret.reveal((key) =>
      integrationCode.reveal((code) => ({ ...jsonHeaders, ApiIntegrationCode: code, UserName: username, Secret: key })),
    );
    return client.request({ method, url, headers, body: body && JSON.stringify(body), signal }, shape);
  }
}

/** No more than these: “Internal & Co-Managed” is read by the customer's own IT, and a label of somebody's own may mean anything. */
const internalLabel = /^\s*internal(?:\s+(?:project\s+team|(?:users\s+)?only|users))?\s*$/i;

/** Chooses by the labels of the picklists. A note that only the partner's own people see has to be among them. */
function chooseNoteKind(fields: ReadonlyMap<string, Picklist>): {
  readonly noteType: number;
  readonly publish: number;
} {
  const publish = (fields.get('publish') ?? []).find(({ label }) => internalLabel.test(label));
  const types = fields.get('noteType') ?? [];
  const noteType =
    types.find(({ label }) => /^(?:task|ticket) notes?$/i.test(label)) ??
    types.find(({ label }) => /\bnotes?\b/i.test(label)) ??
    types[0];
  if (publish === undefined || noteType === undefined) throw new TicketError('no-internal-note');
  return { noteType: noteType.value, publish: publish.value };
}
