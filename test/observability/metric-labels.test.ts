import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  asId,
  type CorrelationId,
  type CustomerId,
  type ObjectId,
  type OperationId,
  type UserId,
} from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import type { ResetStore } from '../../src/reset/ports/request-store.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { makeStep } from '../../src/reset/step.ts';
import type { Store } from '../../src/store/open-store.ts';
import { ConnectorError } from '../../src/teams/connector/retries.ts';
import { buildSqliteHouse, type SqliteHouse } from '../store/sqlite-house.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { formsOfSecret } from '../support/forms-of-secret.ts';
import { buildMetrics, readSamples } from './metrics-bench.ts';

/** Whatever holds the word, in each of these forms, must not be found again. */
const word = 'CANARY';
const hostile = [
  `${word}-0f0f0f0f-0000-4000-8000-000000000001`,
  `${word}"} 1\nlocksmith_planted 1\n#`,
  `${word}\\`,
  `${word}/users/../../${word}`,
  `${word}@contoso.example`,
  `__proto__${word}`,
  `${word}%0a%22`,
  `🔑${word}\u202e`,
];

const entry = { at: 1, kind: 'confirmed', actor: word, facts: { [word]: word } } as const;
const trouble = (text: string) => ({
  code: text,
  signInCode: undefined,
  httpStatus: 599,
  partnerCode: text,
  storedWording: { problem: text, advice: text },
});

let house: SqliteHouse;
let store: Store;
let takingEverything: ResetStore;

beforeEach(async () => {
  house = buildSqliteHouse();
  store = await house.open('bot');
  takingEverything = {
    ...store.resets,
    add: () => Promise.resolve('added'),
    swap: (_, { after }) => Promise.resolve({ kind: 'swapped', request: after }),
  };
});

afterEach(async () => {
  await store.close();
  await house.remove();
});

describe('labels of metrics', () => {
  it('hold no id, name, address or code of anybody, however odd, and stay few', async () => {
    const { metrics } = buildMetrics();
    const fewest = await grow(metrics, hostile.slice(0, 2));
    const most = await grow(metrics, [...hostile, ...Array.from({ length: 200 }, (_, number) => `${word}-${number}`)]);
    expect(most).toBe(fewest);
    const text = await metrics.text();
    for (const form of formsOfSecret(word)) expect(text).not.toContain(form);
    expect(text).not.toContain('planted');
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}|contoso|example|robin|29:/i);
  });
});

/** Sends every text through everything that is watched, and gives the number of samples after that. */
async function grow(metrics: ReturnType<typeof buildMetrics>['metrics'], texts: readonly string[]): Promise<number> {
  for (const text of texts) {
    await countRequests(text);
    await countCalls(text);
  }
  return readSamples(await metrics.text()).size;

  async function countRequests(text: string): Promise<void> {
    const store = metrics.instrumentStore(takingEverything);
    const request = namedAfter(text);
    await store.add(request, entry);
    await store.add(namedAfter(text, { state: 'refused', refusal: { kind: 'under-way', by: text } }), entry);
    await store.swap(request, makeStep(request, { state: 'cancelled', endedBy: text }, entry));
    const sealed = { ...request, state: 'resetting' } as const;
    const attention = { kind: 'unclear', trouble: trouble(text) } as const;
    await store.swap(sealed, makeStep(sealed, { state: 'needs-attention', attention }, entry));
    const refusal = { kind: 'partner-center', trouble: trouble(text) } as const;
    await store.swap(sealed, makeStep(sealed, { state: 'refused', refusal }, entry));
    metrics.instrumentAlarms(() => undefined)({ kind: 'bad-policy-file', problems: [text] });
  }

  async function countCalls(text: string): Promise<void> {
    const [signal, at] = [new AbortController().signal, 'https://api.partnercenter.microsoft.com'];
    const fetch = metrics.instrumentFetch((url) =>
      url.includes('fail') ? Promise.reject(new Error(text)) : Promise.resolve(new Response(text, { status: 404 })),
    );
    for (const path of [`/v1/customers/${text}/users/${text}`, `/v1/${text}`, `/${text}?${text}`, `/fail/${text}`]) {
      const init = { method: 'GET', headers: { [word]: word }, body: text, redirect: 'manual', signal } as const;
      await fetch(at + path, init).catch(() => undefined);
    }
    const { technician, target, askedIn } = namedAfter(text);
    const directory = metrics.instrumentDirectory({
      find: () => Promise.resolve({ kind: 'trouble', trouble: trouble(text) }),
      lookUp: () => Promise.resolve({ kind: 'trouble', trouble: trouble(text) }),
    });
    const id = asId<CorrelationId>(text);
    await directory.find({ text }, id, { reach: { isEverything: true, permits: () => true } });
    await directory.lookUp(target.customer, target.user.id, id);
    const setPassword = metrics.instrumentPasswordSetting(() =>
      Promise.resolve({ kind: 'refused', trouble: trouble(text) }),
    );
    const who = { customer: target.customer.id, user: target.user.id, operationId: asId<OperationId>(text) };
    await setPassword({ ...who, correlationId: id }, new Secret(text), signal);
    const connector = metrics.instrumentConnector({
      createConversation: () => Promise.reject(new ConnectorError('blocked', 403)),
      post: () => Promise.reject(new Error(text)),
      update: () => Promise.reject(new Error(text)),
      members: () => Promise.resolve([]),
      member: () => Promise.reject(Object.assign(new Error(text), { code: text })),
    });
    await connector.createConversation(askedIn, text).catch(() => undefined);
    await connector.member(askedIn, text).catch(() => undefined);
    const gate = metrics.instrumentGate({
      admit: () => Promise.resolve({ kind: 'refused', rule: 'tenant', technician }),
    });
    await gate.admit({ activity: { text }, incoming: { kind: 'malformed', why: text }, authorization: text });
    metrics.instrumentAddresses({ admit: () => undefined }).admit(text, text);
    await metrics.instrumentActivities(() => Promise.resolve({ status: 200, body: { text } }))({ text }, text);
  }
}

function namedAfter(text: string, given: Partial<ResetRequest> = {}): ResetRequest {
  const plain = buildResetRequest();
  return {
    ...plain,
    correlationId: asId<CorrelationId>(text),
    technician: { ...plain.technician, objectId: asId<ObjectId>(text), name: text, userPrincipalName: text },
    target: {
      customer: { id: asId<CustomerId>(text), name: text, domain: text },
      user: { ...plain.target.user, id: asId<UserId>(text), displayName: text, userPrincipalName: text },
    },
    ...given,
  };
}
