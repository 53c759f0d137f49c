import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendJson } from './send-json.ts';

export type GraphFault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'moved' };

export type FakeGraph = {
  readonly url: string;
  /** Whose groups were asked for, in order, refused ones included. */
  readonly asked: readonly string[];
  put(person: string, groups: readonly string[]): void;
  /** What goes wrong from now on; undefined mends it. */
  break(fault: GraphFault | undefined): void;
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
};

/** As few on a page as it takes to have a second one. */
const pageSize = 3;

const list = /^\/v1\.0\/groups\/(?<group>[\da-f-]{36})\/transitiveMembers\?(?<query>.*)$/i;
const path = /^\/v1\.0\/users\/(?<person>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/getMemberGroups$/i;

/**
 * The two calls of Microsoft Graph that Locksmith makes, over loopback HTTP: the groups of a person, the members of a group; `accepts` judges the bearer token.
 * https://learn.microsoft.com/graph/api/directoryobject-getmembergroups
 */
export async function startFakeGraph(accepts: (token: string) => boolean): Promise<FakeGraph> {
  const members = new Map<string, readonly string[]>();
  const asked: string[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let fault: GraphFault | undefined;
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = (): string => {
    const at = server.address();
    if (typeof at !== 'object' || at === null) throw new Error('The fake Graph has no port.');
    return `http://127.0.0.1:${String(at.port)}`;
  };
  return {
    url: address(),
    asked,
    put: (person, groups) => void members.set(person.toLowerCase(), groups),
    break(next) {
      fault = next;
    },
    arrived(count) {
      if (asked.length >= count) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push({ count, resolve });
      });
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  /** A page of a group's members, and one that is no user among them. */
  function listMembers(group: string, query: URLSearchParams): object {
    const inside = [...members].filter(([, groups]) => groups.some((id) => id.toLowerCase() === group.toLowerCase()));
    const all = ['99999999-9999-4999-8999-999999999999', ...inside.map(([id]) => id)];
    const from = Number(query.get('$skiptoken') ?? 0);
    const next = `${address()}/v1.0/groups/${group}/transitiveMembers?$select=id&$top=999&$skiptoken=${from + pageSize}`;
    return {
      value: all.slice(from, from + pageSize).map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
      ...(all.length > from + pageSize && { '@odata.nextLink': next }),
    };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, group, query = ''] = list.exec(request.url ?? '') ?? [];
    const person = path.exec(request.url ?? '')?.groups?.['person']?.toLowerCase();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    asked.push(person ?? (group === undefined ? '' : `members of ${group.toLowerCase()}`));
    waiting = waiting.filter(({ count, resolve }) => {
      if (asked.length >= count) resolve();
      return asked.length < count;
    });
    const token = /^Bearer (?<token>\S+)$/.exec(request.headers.authorization ?? '')?.groups?.['token'] ?? '';
    if (fault !== undefined) play(fault, response);
    else if (!accepts(token)) sendJson(response, 401, { error: { code: 'InvalidAuthenticationToken' } });
    else if (group !== undefined && request.method === 'GET')
      sendJson(response, 200, listMembers(group, new URLSearchParams(query)));
    else if (person === undefined || request.method !== 'POST')
      sendJson(response, 404, { error: { code: 'NotFound' } });
    else if (request.headers['content-type'] !== 'application/json' || !isFit(Buffer.concat(chunks).toString('utf8'))) {
      sendJson(response, 400, { error: { code: 'Request_BadRequest' } });
    } else if (!members.has(person)) sendJson(response, 404, { error: { code: 'Request_ResourceNotFound' } });
    else {
      const value = (members.get(person) ?? []).map((id) => id.toUpperCase());
      sendJson(response, 200, {
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
        value,
      });
    }
  }
}

function isFit(body: string): boolean {
  return body === '{"securityEnabledOnly":false}';
}

function play(fault: GraphFault, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      sendJson(response, fault.status, { error: { code: 'fault', message: 'CANARY' } });
      return;
    case 'body':
      response.writeHead(200);
      response.end(fault.body);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'moved':
      response.writeHead(307, { Location: '/v1.0/elsewhere' });
      response.end();
  }
}
