import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Platform } from '../../src/app/platform.ts';
import { Secret } from '../../src/base/secret.ts';
import { runDoctor } from '../../src/commands/doctor/run-doctor.ts';
import type { PretendFault } from '../../src/sandbox/partner-center/index.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { openTokenStore } from '../../src/store/token-store.ts';
import {
  graphFailures,
  newSignInFailures,
  partnerCenterFailures,
  signInFailures,
  ticketFailures,
} from '../../src/texts/index.ts';
import { autotaskSignIn, startFakeAutotask } from '../support/fake-autotask.ts';
import { connectWiseSignIn, startFakeConnectWise } from '../support/fake-connectwise.ts';
import { freePort } from '../support/free-port.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';
import { readFailures } from '../support/troubleshooting-page.ts';

const person = '0a1b2c3d-0000-4000-8000-00000000000a';
const group = 'group:55555555-5555-4555-8555-55555555555a';
/** A failure that the doctor does not say, with the reason. */
type Never = { readonly never: string };
const isNever = (what: object): what is Never => 'never' in what;

let house: ProductionHouse;
beforeAll(async () => {
  house = await startProductionHouse({ policy: { technicians: [group], approvers: [person], auditors: [person] } });
  house.graph.put(person, []);
  await house.start();
  await house.consent();
});
afterAll(() => house.stop());
afterEach(() => {
  house.entra.break(undefined);
  house.partnerCenter.faults.clear();
});

/** Where a call goes that the services of the house do not answer; undefined: to them. */
type Route = (url: string, init: RequestInit | undefined) => Promise<Response> | undefined;

/** Runs the command's main. Waits before another try are cut short, and with `isSlow` the limits of calls too. */
async function run(
  settings: Readonly<Record<string, string>> = {},
  {
    route,
    partnerCenterUrl = house.settings.partnerCenterUrl,
    isSlow = false,
  }: { route?: Route; partnerCenterUrl?: string; isSlow?: boolean } = {},
) {
  const { bot, allowedTenants, partnerCenterApp: app, sealingKeys, auditKey, databaseUrl, policyFile } = house.settings;
  const tenantId = allowedTenants[0] ?? '';
  const tell = (secret: Secret | undefined): string => secret?.reveal((text) => text) ?? '';
  const environment = {
    NODE_ENV: 'production',
    MicrosoftAppId: bot.appId,
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppPassword: bot.kind === 'single-tenant' ? tell(bot.password) : '',
    ALLOWED_TENANT_IDS: tenantId,
    PARTNER_CENTER_TENANT_ID: app.tenantId,
    PARTNER_CENTER_CLIENT_ID: app.clientId,
    PARTNER_CENTER_CLIENT_SECRET: app.credential.kind === 'secret' ? tell(app.credential.secret) : '',
    SEALING_KEY: tell(sealingKeys[0]),
    AUDIT_KEY: tell(auditKey),
    DATABASE_URL: tell(databaseUrl),
    POLICY_FILE: policyFile,
    ...settings,
  };
  const { clock, fetch } = house.platform;
  const platform: Platform = {
    ...house.platform,
    clock: {
      ...clock,
      after: (milliseconds, act) =>
        clock.after(milliseconds < 8000 ? Math.min(milliseconds, 20) : isSlow ? 500 : milliseconds, act),
    },
    fetch: (input, init) => route?.(input instanceof Request ? input.url : String(input), init) ?? fetch(input, init),
  };
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const status = await runDoctor({ environment, platform, partnerCenterUrl, print, errors: new PassThrough() });
  const text = lines.join('\n');
  expect(text).not.toContain('CANARY');
  return { status, text };
}

/** The line that has the words, which has to begin with a mark of trouble. */
function expectTrouble({ status, text }: Awaited<ReturnType<typeof run>>, words: string, remedy: string): void {
  const line = text
    .split('\n')
    .find((one) => /^(?:not made yet|NOT REACHABLE|REFUSED|WRONG) /.test(one) && one.includes(words));
  expect(line ?? text).toContain(words);
  expect(text).toContain(`→ ${remedy}`);
  expect(status).toBe(1);
}

const consentAdvice = 'Run "npm run consent" and sign in as the account that Locksmith works with.';

/** Every failure of a part of the page by its code, as far as the doctor says it. */
function casesOf<What extends object>(
  planted: Readonly<Record<string, What | Never>>,
): readonly (readonly [string, What])[] {
  return Object.entries(planted).flatMap(([code, what]) => (isNever(what) ? [] : [[code, what] as const]));
}

describe('npm run doctor and the failures of the sign-in that docs/troubleshooting.md has', () => {
  type Planted =
    /** What Entra answers a request for a token with. */
    | { readonly entra: Parameters<ProductionHouse['entra']['break']>[0] }
    /** Something else in the place of the kept sign-in, sealed with these keys. */
    | { readonly kept: 'sealed-with-ours' | 'sealed-with-another' };
  const refuses = (code: number, error = 'invalid_grant'): Planted => ({ entra: { kind: 'refuses', error, code } });
  const ofConsent = { never: 'npm run consent says it of a new sign-in' };
  const { mismatch, mfa, noCustomer } = newSignInFailures;
  const planted: Readonly<Record<keyof typeof signInFailures, Planted | Never>> = {
    consent_missing: { never: 'doctor.test.ts, “says that nobody has consented”: it needs a house of its own' },
    invalid_grant: refuses(70_008),
    mfa_required: refuses(50_076),
    conditional_access: refuses(53_003),
    account_at_risk: refuses(53_011),
    security_defaults: refuses(530_035),
    interaction_required: refuses(65_001, 'interaction_required'),
    invalid_client: refuses(7_000_215, 'invalid_client'),
    client_secret_expired: refuses(7_000_222, 'invalid_client'),
    cache_unreadable: { kept: 'sealed-with-ours' },
    refused: refuses(99_999, 'something_new'),
    key_missing: { kept: 'sealed-with-another' },
    unreachable: { entra: { kind: 'status', status: 503 } },
    store_failed: ofConsent,
  };
  const ownAdvice = new Set(['invalid_client', 'client_secret_expired', 'key_missing', 'unreachable']);

  it('are all planted here, or are none of the doctor’s for a reason', () => {
    const words = [
      ...Object.values(signInFailures).map(({ administrator }) => administrator.problem),
      ...[...Object.values(mismatch), ...Object.values(mfa)].map(({ problem }) => problem),
      `Partner Center ${noCustomer.problem}.`,
    ];
    expect(readFailures('At the terminal: the sign-in').map((one) => one.words)).toEqual(words);
    expect(casesOf(planted)).toHaveLength(12);
  });

  it.each(casesOf(planted))(
    '%s is told by its words, with what to do and status 1',
    async (code, what) => {
      if ('entra' in what) house.entra.break(what.entra);
      else await keepInstead(what.kept);
      const ran = await run();
      if ('kept' in what) await house.consent();
      const failure = Object.entries(signInFailures).find(([name]) => name === code)?.[1].administrator;
      expectTrouble(
        ran,
        failure?.problem.replace(/\.$/, '') ?? '',
        ownAdvice.has(code) ? (failure?.advice ?? '') : consentAdvice,
      );
    },
    30_000,
  );

  it('a Partner Center without customers is told by its words, with what to do and status 1', async () => {
    const empty = { totalCount: 0, items: [], links: {}, attributes: { objectType: 'Collection' } };
    const ran = await run(
      {},
      { route: (url) => (url.includes('/v1/customers?') ? Promise.resolve(Response.json(empty)) : undefined) },
    );
    expectTrouble(ran, noCustomer.problem, noCustomer.advice);
  });

  it('finds nothing wrong where nothing is', async () => {
    expect((await run()).status).toBe(0);
  });

  async function keepInstead(how: 'sealed-with-ours' | 'sealed-with-another'): Promise<void> {
    const other = [new Secret(Buffer.alloc(32, 9).toString('base64'))];
    const keys = how === 'sealed-with-ours' ? house.settings.sealingKeys : other;
    const store = await openTokenStore(house.settings.databaseUrl);
    await store.tokens.put(createSealer(keys, house.platform.random.bytes).seal(new Secret('no sign-in'), 'elsewhere'));
    await store.close();
  }
});

describe('npm run doctor and the failures of Partner Center that docs/troubleshooting.md has', () => {
  const row = (status: number, code: number, description = 'x'): PretendFault => ({
    kind: 'partner-error',
    row: { status, code, description },
  });
  const ofWrites = { never: 'it changes nothing' };
  const planted: Readonly<Record<keyof typeof partnerCenterFailures, PretendFault | Never>> = {
    'invalid-argument': { never: 'its own arguments can be sent' },
    'sign-in-failed': { never: 'the sign-in is looked at before' },
    cancelled: { never: 'nothing stops it' },
    'timed-out': { kind: 'hang', effect: 'none' },
    'not-connected': { never: 'below: it needs an address that nothing listens at' },
    'no-answer': { kind: 'disconnect', effect: 'none' },
    'unknown-result': ofWrites,
    'unreadable-answer': { kind: 'as-list' },
    'foreign-answer': { kind: 'proxy-page', status: 403, effect: 'none' },
    redirected: { kind: 'redirect', location: 'http://127.0.0.1:9/' },
    'mfa-required': row(401, 900_421),
    'wrong-audience': row(401, 900_420),
    'token-refused': row(401, 400),
    'missing-privilege': row(403, 900_308),
    'missing-role': row(403, 2032),
    'conditional-access': row(403, 900_309),
    'app-only-token': row(403, 900_329),
    'no-relationship': row(403, 20_002),
    'token-issuance-failed': row(403, 90_000),
    'user-not-found': row(404, 60_002),
    'customer-not-found': row(404, 60_003),
    'not-found': row(404, 1000),
    'route-unknown': { kind: 'route-unknown', status: 404 },
    'invalid-property': row(400, 3000),
    'not-accepted': row(400, 4711),
    'bad-request': row(400, 2000),
    'stale-etag': row(400, 2055),
    'already-exists': row(409, 1, 'Permission entry already exists.'),
    conflict: row(409, 1),
    refused: row(418, 1),
    throttled: { kind: 'throttled', retryAfter: 'absent' },
    'service-fault': { kind: 'server-fault', status: 503, effect: 'none' },
  };

  it('are all planted here, or are none of the doctor’s for a reason', () => {
    const words = Object.values(partnerCenterFailures).map(({ problem }) => problem);
    expect(readFailures('Partner Center').map((one) => one.words)).toEqual(words);
    expect(casesOf(planted)).toHaveLength(27);
  });

  it.each(casesOf(planted))(
    '%s is told by its words, with what to do and status 1',
    async (code, fault) => {
      house.partnerCenter.faults.next({ method: 'GET', times: 1000, fault });
      const ran = await run({}, { isSlow: code === 'timed-out' || code === 'throttled' });
      const failure = Object.entries(partnerCenterFailures).find(([name]) => name === code)?.[1];
      expectTrouble(ran, failure?.problem ?? '', failure?.advice ?? '');
    },
    30_000,
  );

  it('not-connected is told by its words, with what to do and status 1', async () => {
    const { problem, advice } = partnerCenterFailures['not-connected'];
    expectTrouble(await run({}, { partnerCenterUrl: `http://127.0.0.1:${await freePort()}` }), problem, advice);
  });
});

describe('npm run doctor and the failures of Microsoft Graph that docs/troubleshooting.md has', () => {
  /** What Entra answers for a customer, or what Graph answers about the relationships of all. */
  type Planted =
    | { readonly entra: Parameters<ProductionHouse['entra']['customer']>[1] }
    | { readonly graph: () => Promise<Response> };
  const refuses = (code: number): Planted => ({ entra: { kind: 'refuses', error: 'invalid_grant', code } });
  const answers = (status: number, code?: string, message = 'x'): Planted => ({
    graph: () =>
      Promise.resolve(
        code === undefined
          ? new Response(null, { status, headers: status === 307 ? { location: 'http://127.0.0.1:9/' } : {} })
          : Response.json({ error: { code, message } }, { status }),
      ),
  });
  const ofOneUser = { never: 'it asks of no user' };
  const planted: Readonly<Record<keyof typeof graphFailures, Planted | Never>> = {
    'not-consented': { never: 'a customer without consent is no trouble: it is counted' },
    'consent-in-progress': refuses(650_051),
    'account-unknown': refuses(50_020),
    'conditional-access': refuses(53_003),
    'sign-in-expired': refuses(700_082),
    'sign-in-revoked': refuses(50_173),
    'sign-in-needs-person': refuses(50_076),
    'tenant-gone': refuses(90_002),
    'wrong-tenant': { entra: { kind: 'answers-as', tenantId: '31111111-1111-4111-8111-111111111111' } },
    'sign-in-failed': refuses(99_999),
    'invalid-argument': { never: 'its own arguments can be sent' },
    cancelled: { never: 'nothing stops it' },
    'timed-out': { graph: () => new Promise(() => undefined) },
    'not-connected': { graph: async () => fetch(`http://127.0.0.1:${await freePort()}/`) },
    'no-answer': { graph: () => Promise.reject(Object.assign(new TypeError('x'), { cause: { code: 'ECONNRESET' } })) },
    'unknown-result': { never: 'it changes nothing' },
    'unreadable-answer': { graph: () => Promise.resolve(Response.json({ value: 5 })) },
    'foreign-answer': { graph: () => Promise.resolve(new Response('<h1>Proxy</h1>', { status: 403 })) },
    redirected: answers(307),
    'token-refused': answers(401, 'InvalidAuthenticationToken'),
    forbidden: { never: 'it says which permission the look needs, and calls it no trouble' },
    unlicensed: answers(403, 'AadPremiumLicenseRequired'),
    'restricted-management': ofOneUser,
    'password-refused': ofOneUser,
    synchronised: ofOneUser,
    'not-found': answers(404, 'Request_ResourceNotFound'),
    'delta-expired': answers(410, 'syncStateNotFound'),
    'unsupported-query': answers(400, 'Request_UnsupportedQuery'),
    'bad-request': answers(400, 'BadRequest'),
    conflict: answers(409, 'Conflict'),
    refused: answers(418, 'Other'),
    throttled: answers(429, 'TooManyRequests'),
    'service-fault': answers(503, 'serviceNotAvailable'),
  };
  const cases = casesOf(planted);

  it('are all planted here, or are none of the doctor’s for a reason', () => {
    const words = Object.values(graphFailures).map(({ technician }) => technician.problem);
    expect(readFailures('Microsoft Graph at a customer').map((one) => one.words)).toEqual(words);
    expect(cases).toHaveLength(25);
  });

  it('of a customer’s tenant are told by their code, the customer and what to do, all at once', async () => {
    const customers = house.partnerCenter.data.customers;
    const named = cases.flatMap(([code, what], at) =>
      'entra' in what ? [[code, what.entra, customers[at]] as const] : [],
    );
    for (const [, answer, customer] of named) house.entra.customer(customer?.id ?? '', answer);
    const { status, text } = await run({ MICROSOFT_GRAPH: 'on' });
    const line = text.split('\n').find((one) => one.startsWith('WRONG         graph customers')) ?? text;
    expect(named).toHaveLength(9);
    for (const [code, , customer] of named) expect(line).toContain(`${code} (1): ${customer?.name}`);
    for (const [code] of named) expect(text).toContain(adviceOn(code));
    expect(status).toBe(1);
    for (const [, , customer] of named)
      house.entra.customer(customer?.id ?? '', { kind: 'refuses', error: 'invalid_grant', code: 65_001 });
  }, 60_000);

  it.each(cases.flatMap(([code, what]) => ('graph' in what ? [[code, what.graph] as const] : [])))(
    '%s is told by its words, with what to do and status 1',
    async (code, answer) => {
      const route: Route = (url) => (url.includes('/tenantRelationships/') ? answer() : undefined);
      const isSlow = code === 'timed-out' || code === 'throttled';
      const ran = await run({ MICROSOFT_GRAPH: 'on' }, { route, isSlow });
      expectTrouble(ran, wordsOf(code), adviceOn(code));
    },
    60_000,
  );

  function find(code: string) {
    return Object.entries(graphFailures).find(([name]) => name === code)?.[1];
  }
  const wordsOf = (code: string): string => find(code)?.technician.problem ?? 'no words';
  const adviceOn = (code: string): string => (find(code)?.administrator ?? 'no advice').replaceAll('`', '"');
});

describe('npm run doctor and the failures of the ticket system that docs/troubleshooting.md has', () => {
  const connectWise = {
    TICKET_SYSTEM: 'connectwise',
    CONNECTWISE_URL: 'https://tickets.example/v4_6_release',
    CONNECTWISE_COMPANY: connectWiseSignIn.company,
    CONNECTWISE_PUBLIC_KEY: connectWiseSignIn.publicKey,
    CONNECTWISE_PRIVATE_KEY: connectWiseSignIn.privateKey,
    CONNECTWISE_CLIENT_ID: connectWiseSignIn.clientId,
  };
  const autotask = {
    TICKET_SYSTEM: 'autotask',
    AUTOTASK_URL: 'https://tickets.example/atservicesrest',
    AUTOTASK_USERNAME: autotaskSignIn.username,
    AUTOTASK_SECRET: autotaskSignIn.secret,
    AUTOTASK_INTEGRATION_CODE: autotaskSignIn.integrationCode,
  };
  type Planted = { readonly answer: () => Promise<Response>; readonly remedy?: string };
  const answers = (status: number, remedy?: string): Planted => ({
    answer: () => Promise.resolve(new Response('{}', { status })),
    ...(remedy !== undefined && { remedy }),
  });
  const planted: Readonly<Record<keyof typeof ticketFailures, Planted | { readonly publish: string[] } | Never>> = {
    timeout: { answer: () => new Promise(() => undefined) },
    lost: { answer: () => Promise.reject(new TypeError('fetch failed')) },
    unauthorised: answers(401),
    forbidden: answers(403, 'Compare the settings of the ticket system'),
    'not-found': answers(404, 'Compare the address in the settings with the system’s own'),
    refused: answers(400, 'Compare the settings of the ticket system'),
    throttled: answers(429),
    unavailable: answers(503),
    'unexpected-answer': { answer: () => Promise.resolve(new Response('<h1>Hello</h1>')) },
    'no-internal-note': { publish: ['All Autotask Users'] },
    'other-system': { never: 'it looks at no note' },
  };
  const cases = casesOf(planted);

  it('are all planted here, or are none of the doctor’s for a reason', () => {
    const documented = readFailures('The ticket system, at the terminal and in the alarm').map(({ code }) => code);
    expect(documented).toEqual(Object.keys(planted));
    expect(cases).toHaveLength(10);
  });

  it.each(cases)('%s is told by its words, with what to do and status 1', async (code, what) => {
    const fake = await ('publish' in what ? startFakeAutotask() : startFakeConnectWise());
    if ('publish' in what && 'setPublishLabels' in fake) fake.setPublishLabels(what.publish);
    const route: Route = (url, init) =>
      !url.startsWith('https://tickets.example/')
        ? undefined
        : 'publish' in what
          ? globalThis.fetch(url.replace('https://tickets.example', fake.url), init)
          : what.answer();
    const ran = await run('publish' in what ? autotask : connectWise, { route, isSlow: code === 'timeout' });
    await fake.close();
    const failure = Object.entries(ticketFailures).find(([name]) => name === code)?.[1];
    const remedy = ('remedy' in what ? what.remedy : undefined) ?? failure?.advice;
    expectTrouble(ran, failure?.problem ?? '', remedy ?? '');
  });
});
