import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { ConnectorCall, ConnectorFault } from './fake-connector-faults.ts';
import { playFault } from './fake-connector-faults.ts';
import type { FakeChats } from './fake-chats.ts';
import { createFakeChats } from './fake-chats.ts';

/** One request as it arrived. */
export type ReceivedCall = {
  readonly call: ConnectorCall | 'unknown';
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

export type FakeConnector = Pick<
  FakeChats,
  'addChat' | 'addMember' | 'join' | 'shown' | 'versions' | 'personalChat'
> & {
  /** The service address for activities. */
  readonly url: string;
  readonly received: readonly ReceivedCall[];
  /** Makes the next `times` calls of a kind go wrong, of those that `fits` says yes to where it is given. */
  fail(
    call: ConnectorCall,
    fault: ConnectorFault,
    times?: number,
    fits?: (received: Pick<ReceivedCall, 'method' | 'path' | 'body'>) => boolean,
  ): void;
  /** How many calls are still to go wrong. */
  faultsLeft(): number;
  /** Lets nothing more go wrong. */
  forgive(): void;
  /** Resolves when `count` calls in all have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
};

/**
 * A Bot Framework connector over loopback HTTP, at least as strict as the real one: chats have to exist, the 1:1 needs
 * a tenant and exactly one member by its id, an update needs a message that stands, and text and a card do not go in
 * one message. With `token` every call has to carry it, or one that it accepts.
 */
export async function createFakeConnector({
  token,
}: { readonly token?: string | ((token: string) => boolean) } = {}): Promise<FakeConnector> {
  const chats = createFakeChats();
  const received: ReceivedCall[] = [];
  const faults: {
    readonly call: ConnectorCall;
    readonly fault: ConnectorFault;
    readonly fits: (received: ReceivedCall) => boolean;
  }[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const { method = '', url = '' } = request;
    const route = findRoute(method, url);
    const { authorization } = request.headers;
    const arrived: ReceivedCall = { call: route?.call ?? 'unknown', method, path: url, authorization, body };
    received.push(arrived);
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();

    const next = faults.findIndex(({ call, fits }) => call === route?.call && fits(arrived));
    const [planned] = next === -1 ? [] : faults.splice(next, 1);
    const act = () =>
      token !== undefined && !accepts(token, authorization)
        ? { status: 401, body: { error: { code: 'BotNotRegistered', message: 'No such bot.' } } }
        : chats.handle(route, body, request.headers['content-type']);
    const early = planned?.fault.delivered === true ? act() : undefined;
    if (planned !== undefined && !(await playFault(planned.fault, response))) return;
    const answer = early ?? act();
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(Error.isError(error) ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The fake connector has no port.');

  return {
    url: `http://127.0.0.1:${String(address.port)}/`,
    received,
    addChat: chats.addChat,
    addMember: chats.addMember,
    join: chats.join,
    shown: chats.shown,
    versions: chats.versions,
    personalChat: chats.personalChat,
    fail(call, fault, times = 1, fits = () => true) {
      for (let time = 0; time < times; time += 1) faults.push({ call, fault, fits });
    },
    faultsLeft: () => faults.length,
    forgive() {
      faults.length = 0;
    },
    arrived(count) {
      if (received.length >= count) return Promise.resolve();
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
}

function findRoute(method: string, url: string) {
  const parts = url.split('/').map((part) => decodeURIComponent(part));
  const [empty, version, conversations, chat, collection, id, ...rest] = parts;
  if (empty !== '' || version !== 'v3' || conversations !== 'conversations' || rest.length > 0) return undefined;
  if (method === 'POST' && chat === undefined) return { call: 'create', chat: '', id: '' } as const;
  if (chat === undefined || chat === '') return undefined;
  if (method === 'POST' && collection === 'activities') return { call: 'post', chat, id: id ?? '' } as const;
  if (method === 'GET' && collection === 'members' && id === undefined)
    return { call: 'members', chat, id: '' } as const;
  if (id === undefined || id === '') return undefined;
  if (method === 'PUT' && collection === 'activities') return { call: 'update', chat, id } as const;
  return method === 'GET' && collection === 'members' ? ({ call: 'member', chat, id } as const) : undefined;
}

function accepts(wanted: string | ((token: string) => boolean), authorization: string | undefined): boolean {
  const sent = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (sent === undefined) return false;
  return typeof wanted === 'string' ? sent === wanted : wanted(sent);
}
