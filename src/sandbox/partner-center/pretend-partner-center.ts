import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock, type Secret, systemClock } from '../../base/index.ts';
import type { PartnerRole } from '../data/directory-roles.ts';
import { createPretendData, type PretendData } from '../data/pretend-data.ts';
import { createSeededRandom, mixSeed } from '../data/seeded-random.ts';
import { applyFault, createHeaderStamp } from './answers-and-faults.ts';
import { createFaults, type Faults, type PretendFault } from './planted-faults.ts';
import { type Answer, type Call, listenOnLoopback, readCall, sendAnswer, sendDelivery } from '../loopback-http.ts';
import type { PartnerCenterState } from './queries.ts';
import type { Quirks } from './resources.ts';
import { prepareCall } from './routing.ts';
import { type Accounts, createAccounts } from './accounts.ts';

/**
 * Makes a Partner Center to pretend with: HTTP on this machine, as strict as the documentation, with customers and
 * users of a seed. It changes nothing anywhere, and forgets everything when it is closed.
 */
export function createPretendPartnerCenter(options: PretendPartnerCenterOptions = {}): PretendPartnerCenter {
  const { seed = 1, clock = systemClock, acceptsToken: accepted = 'sandbox' } = options;
  const data = createPretendData(seed, clock.now());
  const accounts = createAccounts(data, clock);
  const { faults, take } = createFaults();
  const record = createCallRecorder();
  const house: PartnerCenterState = {
    data,
    accounts,
    consents: new Map(),
    tokenKey: createHash('sha256').update(`continuation ${seed}`).digest('hex'),
    partnerRole: options.partnerRole ?? 'Privileged Authentication Administrator',
    synchronisedUsers: options.synchronisedUsers ?? 'refuse',
  };
  const acceptsToken =
    typeof accepted === 'string' ? (token: Secret) => token.reveal((text) => text === accepted) : accepted;
  const drawQuirks = createQuirkDraw(seed, options.quirks ?? true);
  const stampHeaders = createHeaderStamp(seed);

  const answerPartner = async (call: Call, response: ServerResponse): Promise<void> => {
    stampHeaders(call, response);
    const noted = record.note(call);
    const quirks = drawQuirks();
    const prepared = prepareCall(house, call, quirks, acceptsToken);
    if (prepared.kind === 'refused') {
      noted.status = sendDelivery(response, { kind: 'answer', answer: prepared.answer }, quirks.bom);
      return;
    }
    const fault = take(call.method, call.query.size === 0 ? call.path : `${call.path}?${call.query.toString()}`);
    noted.fault = fault?.kind;
    const delivery =
      fault === undefined
        ? ({ kind: 'answer', answer: prepared.carryOut() } as const)
        : await applyFault(fault, prepared.carryOut, clock);
    noted.status = sendDelivery(response, delivery, quirks.bom && fault === undefined);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    if (call === undefined) {
      sendAnswer(response, { status: 413, headers: { Connection: 'close' }, body: { kind: 'none' } }, false);
      request.destroy();
    } else {
      await answerPartner(call, response);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, defectAnswer, false);
    });
  });
  return {
    ...listenOnLoopback(server),
    calls: record.calls,
    faults,
    data,
    accounts,
    consents: house.consents,
    passwordMatches: (customerId, userId, password) => accounts.passwordMatches(customerId, userId, password),
    resetCount: (customerId, userId) => accounts.resetCount(customerId, userId),
    distinctPasswords: (customerId, userId) => accounts.distinctPasswords(customerId, userId),
  };
}

const defectAnswer: Answer = {
  status: 500,
  body: { kind: 'text', type: 'text/plain; charset=utf-8', text: 'The pretend Partner Center has a defect.' },
};

function createQuirkDraw(seed: number, isOn: boolean): () => Quirks {
  const draws = createSeededRandom(mixSeed(seed, 'quirks'));
  return () => ({
    bom: isOn && draws.onceIn(5),
    omitsNull: isOn && draws.onceIn(2),
    versionInLinks: isOn && draws.onceIn(2),
  });
}

/** A call below `/v1` as it came in; it holds neither a token nor a body. */
export type RecordedCall = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** All headers but `authorization`; names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The caller's port: the same for calls over the same connection. */
  readonly remotePort: number;
  /** Undefined while there is no answer, and for ever where none came. */
  readonly status: number | undefined;
  readonly fault: PretendFault['kind'] | undefined;
};

/** What a pretend Partner Center may be told; nothing is needed. */
export type PretendPartnerCenterOptions = {
  /** The data follow from it; default 1. */
  readonly seed?: number;
  /** The token to accept, or who judges it; default `sandbox`. */
  readonly acceptsToken?: string | ((token: Secret) => boolean);
  readonly clock?: Clock;
  /** What the partner's service account may do; default the one that may reset everybody. */
  readonly partnerRole?: PartnerRole;
  /** What happens to a new password for a user from a local directory; default `refuse`. */
  readonly synchronisedUsers?: 'accept' | 'refuse';
  /** Whether answers take the freedoms real ones take: a BOM, null fields left out, `/v1` in links; default true. */
  readonly quirks?: boolean;
};

/** A pretend Partner Center. */
export type PretendPartnerCenter = {
  /** Opens it on this machine only; port 0 takes any that is free. The address has no slash at its end. */
  listen(where?: { readonly port?: number; readonly host?: '127.0.0.1' }): Promise<{ readonly url: string }>;
  /** Closes it and breaks every connection. */
  close(): Promise<void>;
  /** The calls that came in, oldest first; of very many the last 10,000 or more. */
  readonly calls: readonly RecordedCall[];
  readonly faults: Faults;
  readonly data: PretendData;
  /** The passwords that were set, which a pretend Graph beside it shares. */
  readonly accounts: Accounts;
  /** The scopes of Microsoft Graph that were consented through Partner Center, by customer. */
  readonly consents: ReadonlyMap<string, readonly string[]>;
  /** Whether this is the user's password now; false as long as none was set. */
  passwordMatches(customerId: string, userId: string, password: Secret): boolean;
  /** How often a password of this user was set, the same one again included. */
  resetCount(customerId: string, userId: string): number;
  /** How many different passwords this user was given. */
  distinctPasswords(customerId: string, userId: string): number;
};

type WritableCall = { -readonly [Field in keyof RecordedCall]: RecordedCall[Field] };

const minCallsKept = 10_000;

/** Keeps what is known of calls, without tokens and bodies; what `note` gives is filled in when the answer goes out. */
function createCallRecorder(): { readonly calls: readonly RecordedCall[]; note(call: Call): WritableCall } {
  const calls: WritableCall[] = [];
  return {
    calls,
    note({ method, path, query, headers: { authorization: _left, ...headers }, remotePort }) {
      const noted: WritableCall = {
        method,
        path,
        query,
        requestId: headers['ms-requestid'],
        correlationId: headers['ms-correlationid'],
        headers,
        remotePort,
        status: undefined,
        fault: undefined,
      };
      calls.push(noted);
      if (calls.length > 2 * minCallsKept) calls.splice(0, minCallsKept);
      return noted;
    },
  };
}
