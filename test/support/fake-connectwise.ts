import { type Call, isJsonObject, type JsonObject, readJsonObject } from '../../src/sandbox/loopback-http.ts';
import { json, serveTickets } from './fake-ticket-server.ts';

/*
 * Stands on public clients of ConnectWise PSA: connectwise-rest (headers, error bodies), ConnectWiseManageAPI
 * (notes, error codes) and pyconnectwise (fields). Without `clientId` every request is 401, as the portal for client ids says.
 */

export const connectWiseSignIn = {
  company: 'partner',
  publicKey: 'public',
  privateKey: 'CANARY-private',
  clientId: '1f7b3c1e-0000-4000-8000-000000000001',
};

const tickets: readonly JsonObject[] = [
  {
    id: 4711,
    summary: 'Ann cannot sign in',
    company: { id: 12, identifier: 'Contoso', name: 'Contoso Bikes' },
    contact: { id: 3, name: 'Ann Lee' },
    contactName: 'Ann Lee',
    contactEmailAddress: 'ann@contoso.example',
    status: { id: 1, name: 'New' },
    closedFlag: false,
    recordType: 'ServiceTicket',
  },
  {
    id: 4712,
    summary: 'Old',
    company: { id: 12, name: 'Contoso Bikes' },
    closedFlag: true,
    closedDate: '2026-11-01T00:00:00Z',
  },
  {
    id: 4713,
    summary: 'Twice',
    company: { id: 12, name: 'Contoso Bikes' },
    closedFlag: true,
    mergedParentTicket: { id: 4711, name: 'x' },
  },
];

export async function startFakeConnectWise() {
  const notes: (JsonObject & { readonly ticketId: number })[] = [];
  const timeEntries: JsonObject[] = [];
  let takesTime = true;
  const basic = Buffer.from(
    `${connectWiseSignIn.company}+${connectWiseSignIn.publicKey}:${connectWiseSignIn.privateKey}`,
  ).toString('base64');
  const server = await serveTickets(answer);
  return {
    ...server,
    notesOf: (ticket: number) => notes.filter(({ ticketId }) => ticketId === ticket),
    timeOf: (ticket: number) => timeEntries.filter(({ chargeToId }) => chargeToId === ticket),
    /** From now on the status of tickets forbids time. */
    refuseTime(): void {
      takesTime = false;
    },
    /** Fills the ticket with notes of others. */
    fill(ticket: number, count: number): void {
      for (let index = 0; index < count; index += 1) notes.push({ ticketId: ticket, text: `note ${index}` });
    },
  };

  function answer(call: Call) {
    const { method, path, headers, query } = call;
    if (headers['authorization'] !== `Basic ${basic}` || headers['clientid'] !== connectWiseSignIn.clientId)
      return json(401, { code: 'Unauthorized', message: 'UserNotAuthenticated', errors: null });
    if (headers['accept']?.startsWith('application/vnd.connectwise.com+json') !== true) return json(406, {});
    if (path === '/v4_6_release/apis/3.0/system/info') return json(200, { version: 'v2025.16' });
    if (path === '/v4_6_release/apis/3.0/time/entries') return answerTime(call);
    const [, id, isNotes] = /^\/v4_6_release\/apis\/3\.0\/service\/tickets(?:\/(\d+)(\/notes)?)?$/.exec(path) ?? [];
    if (id === undefined) return json(200, tickets.slice(0, 1));
    const ticket = tickets.find((one) => one['id'] === Number(id));
    if (ticket === undefined) return json(404, { code: 'NotFound', message: `Ticket ${id} not found`, errors: null });
    if (isNotes === undefined) return json(200, ticket);
    if (method === 'GET')
      return page(
        notes.filter(({ ticketId }) => ticketId === Number(id)),
        query,
      );
    const note = readJsonObject(call.body);
    if (!isJsonObject(note) || typeof note['text'] !== 'string')
      return json(400, {
        code: 'InvalidObject',
        message: 'serviceNote object is invalid',
        errors: [
          {
            code: 'MissingRequiredField',
            message: 'The text field is required.',
            resource: 'serviceNote',
            field: 'text',
          },
        ],
      });
    notes.push({ ticketId: Number(id), ...note });
    return json(201, { id: notes.length, ticketId: Number(id), ...note });
  }

  /** Whether such an entry is among the notes of its ticket too is not known, so it is not. */
  function answerTime({ method, query, body }: Call) {
    if (method === 'GET') {
      const conditions = query.get('conditions');
      if (conditions === null) return page(timeEntries, query);
      const [, id] = /^chargeToType="ServiceTicket" and chargeToId=(\d+)$/.exec(conditions) ?? [];
      if (id === undefined) return json(400, { code: 'InvalidRequest', message: 'String or Boolean expected.' });
      return page(
        timeEntries.filter(({ chargeToId }) => chargeToId === Number(id)),
        query,
      );
    }
    const entry = readJsonObject(body);
    if (!takesTime) return invalidTime('timeEntryNotAllowed', 'The status of this ticket does not allow time entries.');
    if (!isJsonObject(entry)) return invalidTime('MissingRequiredField', 'The timeStart field is required.');
    const { chargeToId, chargeToType, timeStart, timeEnd } = entry;
    if (chargeToType !== 'ServiceTicket' || !tickets.some(({ id }) => id === chargeToId))
      return invalidTime('InvalidObject', 'The chargeToId is not a ticket.');
    const instants = [timeStart, timeEnd].map((one) =>
      typeof one === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(one) ? Date.parse(one) : Number.NaN,
    );
    const [begin = 0, end = 0] = instants;
    if (!(begin < end)) return invalidTime('InvalidObject', 'The timeEnd is not after the timeStart.');
    timeEntries.push({ id: timeEntries.length + 1, ...entry });
    return json(201, { id: timeEntries.length, ...entry });
  }
}

function invalidTime(code: string, message: string) {
  const errors = [{ code, message, resource: 'timeEntry', field: 'chargeToId' }];
  return json(400, { code: 'InvalidObject', message: 'timeEntry object is invalid', errors });
}

function page(rows: readonly JsonObject[], query: URLSearchParams) {
  const size = Number(query.get('pageSize') ?? 25);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  return json(200, rows.slice(from, from + size));
}
