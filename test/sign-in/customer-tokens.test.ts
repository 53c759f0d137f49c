import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Clock, createLog, Secret, systemClock } from '../../src/base/index.ts';
import type { TokenRefusal, TokenSource } from '../../src/graph/index.ts';
import { type AcquireToken, createCustomerTokens } from '../../src/sign-in/customer-tokens.ts';
import { SignInError } from '../../src/sign-in/entra-error-codes.ts';
import { storedCredentials, type StoredCredentials } from '../../src/sign-in/stored-credentials.ts';
import { createMovableClock } from '../support/movable-clock.ts';
import { openSignInWorld, type SignInWorld, testApp } from './sign-in-world.ts';

const graph = 'https://graph.microsoft.com';
const customers = Array.from({ length: 4 }, (_, index) => `3333333${index}-3333-4333-8333-333333333333`);
const [contoso = '', fabrikam = ''] = customers;
const { signal } = new AbortController();

let world: SignInWorld;

beforeEach(async () => {
  world = await openSignInWorld();
  await world.consent();
});

afterEach(async () => {
  await world.close();
});

/** The tenant that Entra wrote into the token, or why there is none. */
async function ask(tokenFor: TokenSource, tenantId: string, fresh = false): Promise<string> {
  const answer = await tokenFor(tenantId, { fresh, signal });
  if (answer.kind === 'refused') return answer.refusal;
  return answer.token.reveal((token) => world.provider.tenantOf(token) ?? 'a token of no tenant');
}

async function readStored(): Promise<StoredCredentials> {
  const row = await world.tokens.read();
  const opened = row && storedCredentials.open(world.sealer, world.app, row.sealed);
  if (opened?.kind !== 'opened') throw new Error('nothing is stored');
  return opened.credentials;
}

function createTokens(
  options: {
    readonly acquire?: AcquireToken;
    readonly clock?: Clock;
    readonly stored?: () => Promise<StoredCredentials>;
  } = {},
): TokenSource {
  const { acquire, clock = systemClock, stored = readStored } = options;
  const { authority, fetch } = world.provider;
  return createCustomerTokens({
    dependencies: { app: world.app, authority, fetch, clock },
    resource: graph,
    readStored: stored,
    log: createLog({ write: () => undefined, clock, level: 'debug' }),
    ...(acquire && { acquire }),
  });
}

describe("a token of a customer's tenant", () => {
  it("comes from the stored sign-in, at the customer's own address, and is kept until it expires", async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    const clock = createMovableClock();
    const tokenFor = createTokens({ clock });
    expect(await ask(tokenFor, contoso)).toBe(contoso);
    expect(await ask(tokenFor, contoso)).toBe(contoso);
    expect(world.provider.asked.slice(1)).toMatchObject([{ grant: 'refresh_token', refreshToken: 1, tenant: contoso }]);
    expect(world.provider.asked[1]?.scope).toContain(`${graph}/.default`);
    clock.advance(3571_000);
    expect(await ask(tokenFor, contoso)).toBe(contoso);
    expect(world.provider.asked).toHaveLength(3);
  });

  it('is asked for once by many calls at a time, and once more for a fresh one', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    const clock = createMovableClock();
    const tokenFor = createTokens({ clock });
    await Promise.all(Array.from({ length: 5 }, () => ask(tokenFor, contoso)));
    expect(world.provider.asked).toHaveLength(2);
    clock.advance(11_000);
    await ask(tokenFor, contoso, true);
    await ask(tokenFor, contoso, true);
    expect(world.provider.asked).toHaveLength(3);
  });

  it('of a sign-in that was replaced is not used any more, and neither is its refusal', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    world.provider.customer(fabrikam, { kind: 'refuses', error: 'invalid_grant', code: 50_020 });
    const tokenFor = createTokens();
    await ask(tokenFor, contoso);
    await ask(tokenFor, fabrikam);
    const before = world.provider.asked.length;
    await ask(tokenFor, contoso);
    await ask(tokenFor, fabrikam);
    expect(world.provider.asked).toHaveLength(before);
    await world.consent();
    world.provider.customer(fabrikam, { kind: 'consented' });
    expect(await ask(tokenFor, contoso)).toBe(contoso);
    expect(world.provider.asked.at(-1)).toMatchObject({ grant: 'refresh_token', tenant: contoso });
    expect(await ask(tokenFor, fabrikam)).toBe(fabrikam);
  });

  it('is used where the stored sign-in cannot be read', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    let stored = readStored;
    const tokenFor = createTokens({ stored: () => stored() });
    expect(await ask(tokenFor, contoso)).toBe(contoso);
    stored = () => Promise.reject(new SignInError('unreachable'));
    expect(await ask(tokenFor, contoso)).toBe(contoso);
  });

  it('is asked for again half a minute after Entra was just making the service principal', async () => {
    world.provider.customer(contoso, { kind: 'refuses', error: 'invalid_grant', code: 650_051 });
    const clock = createMovableClock();
    const tokenFor = createTokens({ clock });
    expect(await ask(tokenFor, contoso)).toBe('consent-in-progress');
    world.provider.customer(contoso, { kind: 'consented' });
    clock.advance(29_000);
    expect(await ask(tokenFor, contoso)).toBe('consent-in-progress');
    clock.advance(1000);
    expect(await ask(tokenFor, contoso)).toBe(contoso);
  });

  it('comes through the sign-in of the bot as well, and leaves the stored sign-in as it is', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    const before = await world.tokens.read();
    expect(await ask(world.signIn().tokenFor, contoso)).toBe(contoso);
    expect(await world.tokens.read()).toEqual(before);
    expect(world.lines.join('\n')).not.toMatch(/CANARY|eyJ/);
  });

  it('of another tenant, by a mistake of Entra, is thrown away', async () => {
    world.provider.customer(contoso, { kind: 'answers-as', tenantId: fabrikam });
    expect(await ask(createTokens(), contoso)).toBe('wrong-tenant');
  });

  it('is never that of another customer, however their calls interleave', async () => {
    for (const id of customers) world.provider.customer(id, { kind: 'consented' });
    const call = fc.record({ customer: fc.constantFrom(...customers), fresh: fc.boolean(), later: fc.nat(4000_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { minLength: 1, maxLength: 6 }), { maxLength: 4 }), async (rounds) => {
        const clock = createMovableClock();
        const tokenFor = createTokens({ clock });
        for (const round of rounds) {
          const got = await Promise.all(round.map(({ customer, fresh }) => ask(tokenFor, customer, fresh)));
          expect(got).toEqual(round.map(({ customer }) => customer));
          clock.advance(Math.max(...round.map(({ later }) => later)));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("msal's trap: a cached token of the home tenant", () => {
  /** The sign-in with a Graph token of the home tenant in its cache, as a delegated call for groups would leave it. */
  async function withHomeToken(): Promise<StoredCredentials> {
    world.provider.customer(testApp.tenantId, { kind: 'consented' });
    const stored = await readStored();
    const cache = stored.cache.reveal((text) =>
      text.replaceAll('https://api.partnercenter.microsoft.com/user_impersonation', `${graph}/.default`),
    );
    return { ...stored, cache: new Secret(cache) };
  }

  /** The account as it came, without the customer's tenant, and the cache not passed over. */
  const mistake: AcquireToken = (msal, account, { authority, scopes }) =>
    msal.acquireTokenSilent({ account, authority, scopes });

  it('is there: the mistaken call hands it out, and it is refused as one of another tenant', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    const stored = await withHomeToken();
    const handed: string[] = [];
    const acquire: AcquireToken = async (msal, account, at) => {
      const result = await mistake(msal, account, at);
      handed.push(result.tenantId);
      return result;
    };
    const tokenFor = createTokens({ acquire, stored: () => Promise.resolve(stored) });
    expect(await ask(tokenFor, contoso)).toBe('wrong-tenant');
    expect(handed).toEqual([testApp.tenantId]);
    expect(world.provider.asked).toHaveLength(1);
  });

  it('is not fallen into: the right call passes the cache over', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    const stored = await withHomeToken();
    expect(await ask(createTokens({ stored: () => Promise.resolve(stored) }), contoso)).toBe(contoso);
  });
});

describe('a refusal of Entra for a customer', () => {
  it.each<readonly [string, number, string | undefined, TokenRefusal]>([
    ['invalid_grant', 65001, 'consent_required', 'not-consented'],
    ['invalid_grant', 65001, undefined, 'not-consented'],
    ['unauthorized_client', 7000229, undefined, 'not-consented'],
    ['unauthorized_client', 700016, undefined, 'not-consented'],
    ['invalid_client', 650051, undefined, 'consent-in-progress'],
    ['invalid_grant', 50020, undefined, 'account-unknown'],
    ['invalid_grant', 50177, undefined, 'account-unknown'],
    ['access_denied', 53003, undefined, 'conditional-access'],
    ['interaction_required', 53003, 'basic_action', 'conditional-access'],
    ['invalid_grant', 700082, undefined, 'sign-in-expired'],
    ['invalid_grant', 50173, undefined, 'sign-in-revoked'],
    ['interaction_required', 50076, 'basic_action', 'sign-in-needs-person'],
    ['invalid_request', 5000224, undefined, 'tenant-gone'],
    ['invalid_request', 900023, undefined, 'tenant-gone'],
    ['invalid_request', 90002, undefined, 'tenant-gone'],
    ['invalid_grant', 9999999, undefined, 'sign-in-failed'],
  ])('%s with AADSTS%i (%s) is told as %s, by its number', async (error, code, suberror, refusal) => {
    world.provider.customer(contoso, { kind: 'refuses', error, code, ...(suberror && { suberror }) });
    const tokenFor = world.signIn().tokenFor;
    expect(await tokenFor(contoso, { fresh: false, signal })).toEqual({ kind: 'refused', refusal, entraCode: code });
    expect(world.lines.join('\n')).toContain(`"refusal":"${refusal}","entraCode":${code}`);
    expect(world.lines.join('\n')).not.toContain('AADSTS');
    // It concerns this customer alone: the sign-in goes on, and no one is alarmed.
    expect(world.alarms).toEqual([]);
    expect(world.signIn().state()).toEqual({ kind: 'good' });
  });

  it('is remembered for a minute, and does not touch another customer', async () => {
    world.provider.customer(fabrikam, { kind: 'consented' });
    const clock = createMovableClock();
    const tokenFor = createTokens({ clock });
    expect(await ask(tokenFor, contoso)).toBe('not-consented');
    expect(await ask(tokenFor, contoso)).toBe('not-consented');
    expect(world.provider.asked).toHaveLength(2);
    expect(await ask(tokenFor, fabrikam)).toBe(fabrikam);
    world.provider.customer(contoso, { kind: 'consented' });
    clock.advance(60_000);
    expect(await ask(tokenFor, contoso)).toBe(contoso);
  });

  it('is none where Entra cannot be reached: that is asked again at once', async () => {
    world.provider.customer(contoso, { kind: 'consented' });
    world.provider.break({ kind: 'status', status: 503 });
    const tokenFor = createTokens();
    expect(await ask(tokenFor, contoso)).toBe('sign-in-failed');
    world.provider.break(undefined);
    expect(await ask(tokenFor, contoso)).toBe(contoso);
  });
});
