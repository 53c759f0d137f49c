import { type Call, isJsonObject, type JsonObject, readJsonObject } from '../../src/sandbox/loopback-http.ts';
import { json, serveTickets } from './fake-ticket-server.ts';

/*
 * Stands on Autotask's developer pages (sign-in, notes, limits) and public clients of it: n8n-nodes-autotask (query by number),
 * go-autotask (zone, errors with a 2xx) and AutoTask.Psa.Api (fields). Picklists have values of their own, as databases do.
 */

export const autotaskSignIn = {
  username: 'api@partner.example',
  secret: 'CANARY-secret',
  integrationCode: 'CANARY-code',
};

const number = 'T20261130.0012';
const tickets: readonly JsonObject[] = [
  {
    id: 9001,
    ticketNumber: number,
    title: 'Ann cannot sign in',
    companyID: 12,
    contactID: 3,
    status: 1,
    completedDate: null,
  },
  {
    id: 9002,
    ticketNumber: 'T20261130.0013',
    title: 'Old',
    companyID: 12,
    contactID: null,
    status: 17,
    completedDate: null,
  },
];

export async function startFakeAutotask() {
  const notes: (JsonObject & { readonly ticketID: number })[] = [];
  let publishLabels = ['All Autotask Users', 'Internal Project Team'];
  const server = await serveTickets(answer);
  return {
    ...server,
    notesOf: (ticket: number) => notes.filter(({ ticketID }) => ticketID === ticket),
    /** The picklist of who sees a note, from now on. */
    setPublishLabels(labels: string[]): void {
      publishLabels = labels;
    },
  };

  function answer(call: Call) {
    const { method, path, headers } = call;
    const isKnown =
      headers['username'] === autotaskSignIn.username &&
      headers['secret'] === autotaskSignIn.secret &&
      headers['apiintegrationcode'] === autotaskSignIn.integrationCode;
    if (!isKnown) return json(401, { errors: ['The logged in Resource does not have the adequate permissions.'] });
    const body = readJsonObject(call.body) ?? {};
    const at = `${method} ${path.replace(/^\/atservicesrest\/v1\.0/, '')}`;
    if (at === 'GET /ThresholdInformation') return json(200, { externalRequestThreshold: 10_000 });
    if (at === 'POST /Tickets/query') return json(200, { items: query(tickets, body), pageDetails: { count: 1 } });
    if (at === 'POST /TicketNotes/query') return json(200, { items: query(notes, body), pageDetails: { count: 1 } });
    if (at === 'GET /Companies/12')
      return json(200, { item: { id: 12, companyName: 'Contoso Bikes', webAddress: 'https://www.contoso.example/' } });
    if (at === 'GET /Contacts/3')
      return json(200, { item: { id: 3, firstName: 'Ann', lastName: 'Lee', emailAddress: 'ann@contoso.example' } });
    if (at === 'GET /Tickets/entityInformation/fields')
      return json(200, {
        fields: [
          picklist('status', [
            [1, 'New'],
            [17, 'Complete'],
          ]),
        ],
      });
    if (at === 'GET /TicketNotes/entityInformation/fields') {
      return json(200, {
        fields: [
          picklist(
            'publish',
            publishLabels.map((label, index) => [index + 3, label]),
          ),
          picklist('noteType', [
            [1, 'Task Detail'],
            [3, 'Task Notes'],
            [13, 'Workflow Rule Note'],
          ]),
        ],
      });
    }
    const [, id] = /^POST \/Tickets\/(\d+)\/Notes$/.exec(at) ?? [];
    if (id === undefined) return json(404, { errors: ['No HTTP resource was found that matches the request URI.'] });
    if (typeof body['title'] !== 'string' || typeof body['description'] !== 'string')
      return json(500, { errors: ['Value cannot be null: title or description.'] });
    // Errors of a write can come with a status that says success.
    if (body['publish'] !== 4 || body['noteType'] !== 3)
      return json(200, { errors: [{ message: 'Value is not in the picklist.', field: 'publish' }] });
    notes.push({ ticketID: Number(id), ...body });
    return json(200, { itemId: notes.length });
  }
}

function picklist(name: string, values: readonly (readonly [number, string])[]): JsonObject {
  return {
    name,
    isPickList: true,
    picklistValues: values.map(([value, label]) => ({ value: String(value), label, isActive: true })),
  };
}

/** An unknown operator or field fits everything, which is what an invalid query comes to. */
function query(rows: readonly JsonObject[], { filter }: JsonObject): JsonObject[] {
  const conditions = Array.isArray(filter) ? filter.filter(isJsonObject) : [];
  return rows.filter((row) =>
    conditions.every(({ op, field, value }) => {
      const held = typeof field === 'string' ? row[field] : undefined;
      if (op === 'eq') return held === value;
      return op !== 'contains' || typeof held !== 'string' || typeof value !== 'string' || held.includes(value);
    }),
  );
}
