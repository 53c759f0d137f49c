import { z } from 'zod';
import { ticketTunables } from '../base/index.ts';
import type { TicketSettings } from '../config/index.ts';
import type { Ticket } from '../reset/index.ts';
import { readWholeNumber, settleMissingFor, type TicketAdapter, TicketError } from './adapter.ts';
import {
  createTicketClient,
  jsonHeaders,
  maybeId,
  maybeText,
  type TicketCall,
  type TicketDependencies,
} from './ticket-client.ts';

type ConnectWiseTicket = z.infer<typeof ticketAnswer>;

const named = z.object({ id: maybeId, name: maybeText }).nullish();

const ticketAnswer = z.object({
  id: maybeId,
  summary: maybeText,
  company: named,
  contact: named,
  contactName: maybeText,
  contactEmailAddress: maybeText,
  closedFlag: z.boolean().nullish(),
  mergedParentTicket: named,
});

const notesAnswer = z.array(z.object({ text: maybeText }));
const anyAnswer = z.union([z.looseObject({}), z.array(z.unknown())]);
const notesPerPage = 1000;

/**
 * ConnectWise PSA. The number of a ticket is its id, and stands in the path as digits; no `conditions` are made from it. A note is
 * for internal analysis alone, and sends no mail. Tenants and object ids are not known here: names and addresses tell.
 * See https://developer.connectwise.com/Products/ConnectWise_PSA/REST
 */
export function createConnectWise(
  settings: Extract<TicketSettings, { readonly kind: 'connectwise' }>,
  dependencies: TicketDependencies,
): TicketAdapter {
  const client = createTicketClient(dependencies);
  const api = `${settings.url}/apis/3.0`;

  return {
    system: 'connectwise',
    readNumber: readWholeNumber,
    async lookUp(number, signal) {
      const ticket = await get(`/service/tickets/${number}`, ticketAnswer, signal).catch(settleMissingFor(undefined));
      if (ticket === undefined) return { kind: 'missing' };
      if (String(ticket.id) !== number) throw new TicketError('unexpected-answer');
      return { kind: 'found', ticket: toTicket(number, ticket) };
    },
    async addNote({ ticket, text }) {
      const body = JSON.stringify({
        text,
        internalAnalysisFlag: true,
        detailDescriptionFlag: false,
        resolutionFlag: false,
        processNotifications: false,
      });
      await call(
        { method: 'POST', url: `${api}/service/tickets/${ticket}/notes`, headers: jsonHeaders, body },
        anyAnswer,
      );
      return { kind: 'taken' };
    },
    async findNote({ ticket, id }) {
      for (let page = 1; page <= ticketTunables.maxNotePages; page += 1) {
        const notes = await get(`/service/tickets/${ticket}/notes?pageSize=${notesPerPage}&page=${page}`, notesAnswer);
        if (notes.some(({ text }) => text?.includes(id))) return { kind: 'there' };
        if (notes.length < notesPerPage) return { kind: 'not-there' };
      }
      throw new TicketError('unexpected-answer');
    },
    checks: [
      { what: 'sign-in', look: async () => (await get('/system/info', anyAnswer), 'good') },
      { what: 'read', look: async () => (await get('/service/tickets?pageSize=1', anyAnswer), 'good') },
      // No call tells whether a note may be written, except writing one.
      { what: 'note', look: () => Promise.resolve('not-checkable') },
    ],
  };

  function get<Answer>(path: string, shape: z.ZodType<Answer>, signal?: AbortSignal): Promise<Answer> {
    return call({ method: 'GET', url: `${api}${path}`, headers: {}, signal }, shape);
  }

  function call<Answer>(given: TicketCall, shape: z.ZodType<Answer>): Promise<Answer> {
    const { company, publicKey, privateKey, clientId } = settings;
    const headers = privateKey.reveal((key) => ({
      ...given.headers,
      Accept: 'application/vnd.connectwise.com+json; version=2025.16',
      Authorization: `Basic ${Buffer.from(`${company}+${publicKey}:${key}`).toString('base64')}`,
      clientId,
    }));
    return client.request({ ...given, headers }, shape);
  }
}

function toTicket(number: string, ticket: ConnectWiseTicket): Ticket {
  const { summary = '', company, contact, contactName, contactEmailAddress: address, closedFlag } = ticket;
  const name = contactName ?? contact?.name;
  const isMerged = ticket.mergedParentTicket?.id !== undefined;
  return {
    number,
    subject: summary,
    state: isMerged ? 'merged' : closedFlag === true ? 'closed' : 'open',
    company: company?.name === undefined ? undefined : { name: company.name, tenantIds: [], domains: [] },
    contact: name === undefined && address === undefined ? undefined : { name, address, objectId: undefined },
  };
}
