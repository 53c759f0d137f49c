import { type Clock, Secret, systemClock } from '../../base/index.ts';
import type { TicketSettings } from '../../config/index.ts';
import {
  type Answer,
  type Call,
  createPretendServer,
  isJsonObject,
  type Json,
  jsonAnswer,
  type JsonObject,
  textAnswer,
} from '../loopback-http.ts';
import { createSeededRandom } from '../data/seeded-random.ts';
import { makePretendTickets, type PretendAction, type PretendTicket, type PretendTickets } from './ticket-data.ts';

/** What a pretend HaloPSA takes for a sign-in. */
export const pretendHaloSignIn = { clientId: 'locksmith-sandbox', clientSecret: 'sandbox' } as const;

/** The settings that lead to a pretend HaloPSA at that address. */
export function describePretendHaloPsa(url: string): TicketSettings {
  return {
    kind: 'halopsa',
    url,
    authUrl: `${url}/auth`,
    clientId: pretendHaloSignIn.clientId,
    clientSecret: new Secret(pretendHaloSignIn.clientSecret),
    tenant: undefined,
    noteOutcomeId: internalNoteOutcome,
  };
}

export type PretendHaloPsa = ReturnType<typeof createPretendServer> & {
  readonly data: PretendTickets;
  readonly actions: readonly PretendAction[];
  /** Method and path of each call, oldest first. It holds neither a token nor a body. */
  readonly calls: readonly string[];
  /** From now on no token that was given counts. */
  endTokens(): void;
  /** From now on no action with time is taken. */
  refuseTime(): void;
};

/** The built-in outcome of an internal note. */
const internalNoteOutcome = 7;
const tokenLifeSeconds = 3600;

/**
 * Makes a HaloPSA to pretend with: a token endpoint, tickets, contacts, actions, and which client has which tenant. As strict as what is known of the real one: an action needs an outcome and an array around it, a
 * missing ticket is answered with success and without an id, a token ends. It forgets everything when it is closed.
 */
export function createPretendHaloPsa({
  seed = 1,
  clock = systemClock,
}: { readonly seed?: number; readonly clock?: Clock } = {}): PretendHaloPsa {
  const data = makePretendTickets(seed, clock.now());
  const draws = createSeededRandom(seed);
  const tokens = new Map<string, number>();
  const actions: PretendAction[] = [];
  const calls: string[] = [];
  let takesTime = true;

  return {
    ...createPretendServer(answer, ({ method, path }) => calls.push(`${method} ${path}`)),
    data,
    actions,
    calls,
    endTokens: () => {
      tokens.clear();
    },
    refuseTime: () => {
      takesTime = false;
    },
  };

  function answer(call: Call): Answer {
    const { method, path } = call;
    if (path === '/auth/token') return method === 'POST' ? giveToken(call) : textAnswer(405, '');
    if (!path.startsWith('/api/')) return textAnswer(404, '');
    if (!isSignedIn(call)) return { status: 401, body: { kind: 'none' } };
    return answerApi(call, path.slice('/api'.length));
  }

  function giveToken({ body, headers }: Call): Answer {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const form = new URLSearchParams(body);
    if (!isForm || form.get('grant_type') !== 'client_credentials')
      return jsonAnswer(400, { error: 'unsupported_grant_type' });
    const { clientId, clientSecret } = pretendHaloSignIn;
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return jsonAnswer(400, { error: 'invalid_client' });
    const token = draws.guid();
    tokens.set(token, clock.now() + tokenLifeSeconds * 1000);
    return jsonAnswer(200, { access_token: token, token_type: 'Bearer', expires_in: tokenLifeSeconds, scope: 'all' });
  }

  function isSignedIn({ headers }: Call): boolean {
    const [, token = ''] = /^Bearer (.+)$/.exec(headers['authorization'] ?? '') ?? [];
    return (tokens.get(token) ?? 0) > clock.now();
  }

  function answerApi(call: Call, path: string): Answer {
    const { method, query } = call;
    if (method === 'POST') return path === '/Actions' ? addActions(call) : textAnswer(404, '');
    if (method !== 'GET') return textAnswer(405, '');
    const [, resource = '', id] = /^\/(\w+)(?:\/(\d{1,10}))?$/.exec(path) ?? [];
    switch (resource) {
      case 'Tickets':
        return id === undefined
          ? jsonAnswer(200, { record_count: data.tickets.length, tickets: data.tickets.slice(0, 1).map(formatTicket) })
          : jsonAnswer(200, readTicket(Number(id)));
      case 'Users': {
        const contact = data.contacts.find((one) => one.id === Number(id));
        if (contact === undefined) return textAnswer(404, '');
        const { name, address: emailaddress, objectId: azureoid, client } = contact;
        return jsonAnswer(200, { id: contact.id, name, emailaddress, azureoid, client_id: client.id });
      }
      case 'Actions':
        return listActions(Number(query.get('ticket_id')));
      case 'Outcome':
        return Number(id) === internalNoteOutcome
          ? jsonAnswer(200, { id: internalNoteOutcome, outcome: 'Internal Note' })
          : textAnswer(404, '');
      case 'AzureADConnection':
        return id === undefined ? jsonAnswer(200, [{ id: 1, name: 'Microsoft CSP' }]) : jsonAnswer(200, readMappings());
      default:
        return textAnswer(404, '');
    }
  }

  function readTicket(id: number): JsonObject {
    const ticket = data.tickets.find((one) => one.id === id);
    return ticket === undefined ? {} : formatTicket(ticket);
  }

  function readMappings(): JsonObject {
    const mapped = data.clients.filter(({ tenantId }) => tenantId !== undefined);
    return {
      id: 1,
      mappings_client: mapped.map(({ id, name, tenantId }) => ({
        client_id: id,
        client_name: name,
        azure_tenant_id: tenantId,
      })),
    };
  }

  function listActions(ticketId: number): Answer {
    const own = actions.filter((action) => action.ticketId === ticketId).toReversed();
    return jsonAnswer(200, {
      record_count: own.length,
      actions: own.map(({ id, html, isHiddenFromUser, minutes }) => ({
        id,
        ticket_id: ticketId,
        hiddenfromuser: isHiddenFromUser,
        note: html.replaceAll('<br>', '\n'),
        note_html: html,
        timetaken: (minutes ?? 0) / 60,
      })),
    });
  }

  function addActions({ body }: Call): Answer {
    const sent = readJsonArray(body);
    if (sent === undefined) return textAnswer(400, 'Cannot deserialize the current JSON object: an array is needed.');
    const made: PretendAction[] = [];
    for (const one of sent) {
      if (!isJsonObject(one)) return textAnswer(400, 'An action is an object.');
      const { ticket_id: ticketId, outcome_id: outcome, hiddenfromuser, note_html: html, timetaken: hours } = one;
      const ticket = data.tickets.find(({ id }) => id === ticketId);
      if (ticket === undefined) return textAnswer(400, 'The ticket does not exist.');
      if (outcome !== internalNoteOutcome) return textAnswer(400, 'An Outcome must be entered for this Action');
      if (typeof html !== 'string') return textAnswer(400, 'A note must be entered for this Action');
      if (hours !== undefined && (typeof hours !== 'number' || !takesTime))
        return textAnswer(400, 'Time Taken is not valid.');
      const id = actions.length + made.length + 1;
      const minutes = hours === undefined ? undefined : Math.round(hours * 60);
      made.push({ id, ticketId: ticket.id, html, isHiddenFromUser: hiddenfromuser === true, minutes, at: clock.now() });
    }
    actions.push(...made);
    return jsonAnswer(201, { id: made[0]?.id, ticket_id: made[0]?.ticketId });
  }
}

function formatTicket({ id, summary, contact, isClosed, mergedInto }: PretendTicket): JsonObject {
  return {
    id,
    summary,
    client_id: contact.client.id,
    client_name: contact.client.name,
    user_id: contact.id,
    user_name: contact.name,
    user_email: contact.address,
    hasbeenclosed: isClosed,
    deleted: false,
    merged_into_id: mergedInto ?? 0,
  };
}

function readJsonArray(text: string): readonly Json[] | undefined {
  try {
    const value: Json[] | JsonObject = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
