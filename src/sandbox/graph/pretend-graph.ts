import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../../base/index.ts';
import type { PartnerRole } from '../data/directory-roles.ts';
import type { PretendData } from '../data/pretend-data.ts';
import { createSeededRandom, mixSeed } from '../data/seeded-random.ts';
import {
  type Answer,
  type Call,
  type Delivery,
  listenOnLoopback,
  readCall,
  sendAnswer,
  sendDelivery,
} from '../loopback-http.ts';
import { createFaults, type Faults } from '../partner-center/planted-faults.ts';
import type { Accounts } from '../partner-center/accounts.ts';
import { type CarryOut, prepareCall } from './routing.ts';
import type { GraphState } from './state.ts';
import { type GraphFault, strike } from './answers-and-faults.ts';
import { createResetOperations } from './reset-operations.ts';
import { createUsersDelta } from './users-delta.ts';

/** A call as it came in; it holds neither a token nor a body. */
export type RecordedGraphCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The tenant that the token names; undefined for a token of no tenant. */
  readonly tenantId: string | undefined;
  readonly clientRequestId: string | undefined;
  /** The caller's port: the same for calls over the same connection. */
  readonly remotePort: number;
  /** Undefined while there is no answer. */
  readonly status: number | undefined;
};

export type PretendGraph = {
  /** Opens it on this machine only. The address has no slash at its end. */
  listen(where?: { readonly port?: number; readonly host?: '127.0.0.1' }): Promise<{ readonly url: string }>;
  close(): Promise<void>;
  /** The calls that came in, oldest first. */
  readonly calls: readonly RecordedGraphCall[];
  readonly faults: Faults<GraphFault>;
  /** Every Temporary Access Pass that was made, the oldest first. */
  readonly passesMade: readonly string[];
};

const maxCallsKept = 20_000;

/**
 * Makes a Microsoft Graph to pretend with, over the people of a pretend Partner Center. A token `sandbox.<tenant id>` is of
 * that tenant, and shows no one of another one. It is as strict as the documentation: consent, scopes, licences, properties,
 * `ConsistencyLevel`, restricted management, links that expire, and resets that take a while.
 */
export function createPretendGraph({
  data,
  accounts,
  seed = 1,
  clock = systemClock,
  partnerRole = 'Privileged Authentication Administrator',
  tenantOfToken = readSandboxToken,
  origin,
}: {
  readonly data: PretendData;
  readonly accounts: Accounts;
  readonly seed?: number;
  readonly clock?: Clock;
  readonly partnerRole?: PartnerRole;
  /** Reads whose tenant a token is of; undefined for none. Default: `sandbox.<tenant id>`. */
  readonly tenantOfToken?: (token: string) => string | undefined;
  /** The address that its links name; default where it listens. */
  readonly origin?: string;
}): PretendGraph {
  const { faults, take } = createFaults<GraphFault>();
  const draws = createSeededRandom(mixSeed(seed, 'pretend graph'));
  const calls: (RecordedGraphCall & { status: number | undefined })[] = [];
  const passesMade: string[] = [];
  let url = '';
  const state: GraphState = {
    data,
    accounts,
    now: () => clock.now(),
    tenantOf,
    newId: () => draws.guid(),
    root: () => `${origin ?? url}/v1.0`,
    partnerRole,
    operations: createResetOperations(clock, draws),
    delta: createUsersDelta(clock, () => draws.guid()),
    revoked: new Map(),
    passes: new Map(),
    notePass: (pass) => void passesMade.push(pass),
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, defect, false);
    });
  });
  const listener = listenOnLoopback(server);
  return {
    async listen(where) {
      const open = await listener.listen(where);
      ({ url } = open);
      return open;
    },
    close: () => listener.close(),
    calls,
    faults,
    passesMade,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    if (call === undefined) {
      response.destroy();
      return;
    }
    const noted = note(call);
    stamp(call, response);
    const prepared = prepareCall(state, call);
    const delivery: Delivery =
      prepared.kind === 'refused'
        ? { kind: 'answer', answer: prepared.answer }
        : await carryOut(call, prepared.carryOut);
    noted.status = sendDelivery(response, delivery, false);
  }

  async function carryOut(call: Call, act: CarryOut): Promise<Delivery> {
    const fault = take(call.method, call.query.size === 0 ? call.path : `${call.path}?${call.query.toString()}`);
    if (fault === undefined) return { kind: 'answer', answer: act(undefined) };
    if (fault.kind === 'operation-fails') return { kind: 'answer', answer: act(fault.detail) };
    return strike(fault, () => act(undefined), clock);
  }

  function tenantOf({ headers }: Call): string | undefined {
    const token = /^Bearer ([\x21-\x7e]+)$/i.exec(headers['authorization'] ?? '')?.[1];
    return token === undefined ? undefined : tenantOfToken(token)?.toLowerCase();
  }

  function note(call: Call): { status: number | undefined } {
    const { method, path, query, headers, remotePort } = call;
    const tenantId = tenantOf(call);
    const noted = {
      method,
      path,
      query,
      tenantId,
      clientRequestId: headers['client-request-id'],
      remotePort,
      status: undefined,
    };
    calls.push(noted);
    if (calls.length > maxCallsKept) calls.splice(0, maxCallsKept / 2);
    return noted;
  }

  function stamp({ headers }: Call, response: ServerResponse): void {
    response.setHeader('request-id', draws.guid());
    const sent = headers['client-request-id'];
    if (sent !== undefined) response.setHeader('client-request-id', sent);
  }
}

function readSandboxToken(token: string): string | undefined {
  return /^sandbox\.([\da-f-]{36})$/i.exec(token)?.[1];
}

const defect: Answer = {
  status: 500,
  body: { kind: 'text', type: 'text/plain; charset=utf-8', text: 'The pretend Microsoft Graph has a defect.' },
};
