import { z } from 'zod';
import { ticketTunables } from '../base/index.ts';
import type { TicketSettings } from '../config/index.ts';
import type { RenderedNote, Ticket } from '../reset/index.ts';
import { addWithTime, readWholeNumber, type TicketAdapter } from './adapter.ts';
import {
  createTicketClient,
  jsonHeaders,
  maybeId,
  maybeText,
  writtenAnswer,
  type TicketCall,
  type TicketDependencies,
} from './ticket-client.ts';
import { orIfMissing, TicketError } from './ticket-error.ts';

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

/** Notes have a `text`, time entries have `notes`. */
const notesAnswer = z.array(z.object({ text: maybeText, notes: maybeText }));
const anyAnswer = z.union([z.looseObject({}), z.array(z.unknown())]);
/**
 * ConnectWise PSA. The number of a ticket is its id, and stands in paths and `conditions` as digits alone. A note is for internal
 * analysis alone, and sends no mail. A time entry makes that note itself. Tenants and object ids are not known here: names and addresses tell.
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
      const ticket = await get(`/service/tickets/${number}`, ticketAnswer, signal).catch(orIfMissing(undefined));
      if (ticket === undefined) return { kind: 'missing' };
      if (String(ticket.id) !== number) throw new TicketError('unexpected-answer');
      return { kind: 'found', ticket: toTicket(number, ticket) };
    },
    addNote: (note) =>
      addWithTime(note, async (minutes) => {
        const [path, body] =
          minutes === undefined
            ? [`/service/tickets/${note.ticket}/notes`, formatNote(note)]
            : ['/time/entries', formatTimeEntry(note, minutes)];
        await call(
          { method: 'POST', url: `${api}${path}`, headers: jsonHeaders, body: JSON.stringify(body) },
          writtenAnswer,
        );
      }),
    async findNote({ ticket, id, minutes }) {
      if (await isAmong(`/service/tickets/${ticket}/notes?`, id)) return { kind: 'there' };
      if (minutes === undefined) return { kind: 'not-there' };
      // The number is nothing but digits, see `readWholeNumber`.
      const conditions = encodeURIComponent(`chargeToType="ServiceTicket" and chargeToId=${Number(ticket)}`);
      return { kind: (await isAmong(`/time/entries?conditions=${conditions}&`, id)) ? 'there' : 'not-there' };
    },
    checks: [
      { what: 'sign-in', look: async () => (await get('/system/info', anyAnswer), 'good') },
      { what: 'read', look: async () => (await get('/service/tickets?pageSize=1', anyAnswer), 'good') },
      // No call tells whether a note may be written, except writing one.
      { what: 'note', look: () => Promise.resolve('not-checkable') },
      { what: 'time', look: async () => (await get('/time/entries?pageSize=1', notesAnswer), 'good') },
    ],
  };

  /** Whether the id stands in one of the notes or time entries of that list. */
  async function isAmong(list: string, id: string): Promise<boolean> {
    for (let page = 1; page <= ticketTunables.maxNotePages; page += 1) {
      const found = await call(
        {
          method: 'GET',
          url: `${api}${list}pageSize=${ticketTunables.notesPerPage}&page=${page}`,
          headers: {},
          maxBytes: ticketTunables.maxNotesAnswerBytes,
        },
        notesAnswer,
      );
      if (found.some(({ text, notes }) => `${text ?? ''}\n${notes ?? ''}`.includes(id))) return true;
      if (found.length < ticketTunables.notesPerPage) return false;
    }
    throw new TicketError('unexpected-answer');
  }

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

function formatNote({ text }: RenderedNote): object {
  return {
    text,
    internalAnalysisFlag: true,
    detailDescriptionFlag: false,
    resolutionFlag: false,
    processNotifications: false,
  };
}

/**
 * Work that ended with the reset. It is not billed, because invoices may print the notes of what is: no customer is to read them.
 * Member, role and type of work are left to the defaults of the API member.
 */
function formatTimeEntry({ ticket, text, at }: RenderedNote, minutes: number): object {
  return {
    chargeToId: Number(ticket),
    chargeToType: 'ServiceTicket',
    timeStart: formatInstant(at - minutes * 60_000),
    timeEnd: formatInstant(at),
    billableOption: 'DoNotBill',
    notes: text,
    addToInternalAnalysisFlag: true,
    addToDetailDescriptionFlag: false,
    addToResolutionFlag: false,
    emailContactFlag: false,
    emailResourceFlag: false,
    emailCcFlag: false,
  };
}

/** Without fractions of a second, as public clients send it. */
function formatInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
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
