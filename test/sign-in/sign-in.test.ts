import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import type { SignInPause } from '../../src/reset/refusal.ts';
import { reportOutcomes, type SignIn } from '../../src/sign-in/sign-in.ts';
import { storedCredentials } from '../../src/sign-in/stored-credentials.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';
import type { ProviderFault } from '../support/openid-provider.ts';
import { findPlain, openSignInWorld, type SignInWorld } from './sign-in-world.ts';

describe('signing in to Partner Center', () => {
  let world: SignInWorld;
  const plain = (secret: Secret): string => secret.reveal((value) => value);
  const grants = () => world.provider.asked.map(({ grant }) => grant);

  beforeEach(async () => {
    world = await openSignInWorld();
  });

  afterEach(() => world.close());

  it('gives the token of the consent while it is good, without asking again', async () => {
    await world.consent();
    const signIn = world.signIn();
    const [first, second] = [await signIn.credentials.getToken(), await signIn.credentials.getToken()];
    expect(plain(first)).toBe(plain(second));
    expect(world.provider.secrets).toContain(plain(first));
    expect(grants()).toEqual(['authorization_code']);
    expect(world.provider.lookedUp).toEqual([expect.stringContaining('/authorize')]);
  });

  it('renews silently thirty seconds before the end, and keeps the refresh token that comes with it', async () => {
    await world.consent();
    const clock = createHandClock(Date.now());
    const signIn = world.signIn({ clock });
    const first = plain(await signIn.credentials.getToken());
    clock.advance(3600_000 - 40_000);
    expect(plain(await signIn.credentials.getToken())).toBe(first);
    clock.advance(15_000);
    const second = plain(await signIn.credentials.getToken());
    expect(second).not.toBe(first);
    clock.advance(3600_000 - 31_000);
    expect(plain(await signIn.credentials.getToken())).toBe(second);
    clock.advance(1000);
    expect(plain(await signIn.credentials.getToken())).not.toBe(second);
    expect(world.provider.asked.map(({ refreshToken }) => refreshToken)).toEqual([undefined, 1, 2]);
  });

  it('goes on after a restart with what was rotated', async () => {
    await world.consent();
    plain(await world.signIn().credentials.getToken({ fresh: true }));
    const token = plain(await world.signIn().credentials.getToken());
    expect(world.provider.secrets).toContain(token);
    await world.signIn({ clock: createHandClock(Date.now() + 3600_000) }).credentials.getToken();
    expect(world.provider.asked.map(({ refreshToken }) => refreshToken)).toEqual([undefined, 1, 2]);
  });

  it('asks for one fresh token for one 401, for two calls refused at once too', async () => {
    await world.consent();
    const { credentials } = world.signIn();
    const old = plain(await credentials.getToken());
    const fresh = await Promise.all([credentials.getToken({ fresh: true }), credentials.getToken({ fresh: true })]);
    const late = await credentials.getToken({ fresh: true });
    expect(new Set([...fresh, late].map(plain)).size).toBe(1);
    expect(plain(late)).not.toBe(old);
    expect(plain(await credentials.getToken())).toBe(plain(late));
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
  });

  it('gives no token that was just refused, even while it is being looked for whether the sign-in is still alive', async () => {
    await world.consent();
    const signIn = world.signIn();
    const refused = plain(await signIn.credentials.getToken());
    signIn.start();
    const fresh = plain(await signIn.credentials.getToken({ fresh: true }));
    signIn.stop();
    expect(fresh).not.toBe(refused);
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
  });

  it('gives no token that has ended, even while it is being looked for whether the sign-in is still alive', async () => {
    await world.consent();
    const signIn = world.signIn({ clock: createHandClock(Date.now() + 3600_000) });
    signIn.start();
    await signIn.credentials.getToken();
    signIn.stop();
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
  });

  it('gives another fresh token for another 401 where the clock was set back in between', async () => {
    await world.consent();
    const clock = createHandClock(Date.now());
    const { credentials } = world.signIn({ clock });
    await credentials.getToken();
    const first = plain(await credentials.getToken({ fresh: true }));
    clock.advance(-60_000);
    expect(plain(await credentials.getToken({ fresh: true }))).not.toBe(first);
  });

  it('renews once for many callers at once', async () => {
    await world.consent();
    const { credentials } = world.signIn({ clock: createHandClock(Date.now() + 3600_000) });
    const tokens = await Promise.all(Array.from({ length: 20 }, () => credentials.getToken()));
    expect(new Set(tokens.map(plain)).size).toBe(1);
    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
  });

  it('keeps nothing at rest that is plain', async () => {
    await world.consent();
    const clock = createHandClock(Date.now());
    const signIn = world.signIn({ clock });
    clock.advance(3600_000);
    await signIn.credentials.getToken();
    await signIn.getGraphToken();
    expect(world.provider.secrets.length).toBeGreaterThan(6);
    expect(findPlain(world.path, world.provider.secrets)).toEqual([]);
    expect(world.lines.join('')).not.toContain('CANARY');
  });
});

describe('a sign-in that Entra refuses', () => {
  let world: SignInWorld;
  let clock: HandClock;
  let signIn: SignIn;
  const get = () => signIn.credentials.getToken();
  const asked = () => world.provider.arrivals;

  beforeEach(async () => {
    world = await openSignInWorld();
    clock = createHandClock(Date.now());
    signIn = world.signIn({ clock });
  });

  afterEach(() => world.close());

  const refuses = (error: string, code: number, suberror?: string): ProviderFault => ({
    kind: 'refuses',
    error,
    code,
    ...(suberror !== undefined && { suberror }),
  });

  it.each<readonly [string, SignInPause, ProviderFault]>([
    ['for want of MFA', 'mfa_required', refuses('invalid_grant', 50_076, 'basic_action')],
    ['because MFA was never set up', 'mfa_required', refuses('interaction_required', 50_079)],
    ['because the token was revoked', 'invalid_grant', refuses('invalid_grant', 50_173, 'bad_token')],
    ['because nobody used it for too long', 'invalid_grant', refuses('invalid_grant', 700_082)],
    ['by Conditional Access', 'conditional_access', refuses('invalid_grant', 53_003)],
    ['because the account is at risk', 'account_at_risk', refuses('invalid_grant', 530_034)],
    ['because the account is at risk in its own tenant', 'account_at_risk', refuses('interaction_required', 53_011)],
    ['by security defaults', 'security_defaults', refuses('invalid_grant', 530_035)],
    ['until a person is there', 'interaction_required', refuses('interaction_required', 50_058)],
    ['because the secret has expired', 'client_secret_expired', refuses('invalid_client', 7_000_222)],
    ['because the secret is wrong', 'invalid_client', refuses('invalid_client', 7_000_215)],
    ['because there is no such application', 'invalid_client', refuses('unauthorized_client', 700_016)],
    ['for a reason nobody knows', 'refused', refuses('something_new', 999_999)],
  ])('%s pauses, is told once, and is not asked for again at once', async (_, cause, fault) => {
    await world.consent();
    clock.advance(3600_000);
    world.provider.break(fault);
    for (let call = 0; call < 5; call += 1) await expect(get()).rejects.toMatchObject({ code: cause });
    expect(asked()).toBe(2);
    expect(world.alarms).toEqual([{ kind: 'sign-in-paused', cause }]);
    expect(signIn.state()).toEqual({ kind: 'paused', cause, since: clock.now() });
    const error: unknown = await get().catch((failure: unknown) => failure);
    const said = inspect(error, { depth: 20, showHidden: true }) + world.lines.join('') + JSON.stringify(world.alarms);
    expect(said).not.toMatch(/CANARY|AADSTS|eyJ/);
  });

  it('is asked for again after five minutes, then ever more seldom, and told of no more', async () => {
    await world.consent();
    clock.advance(3600_000);
    world.provider.revoke();
    for (let minute = 0; minute < 240; minute += 1) {
      await expect(get()).rejects.toMatchObject({ code: 'invalid_grant' });
      clock.advance(60_000);
    }
    // At 0, 5, 15, 35 and 75 minutes, then every hour.
    expect(asked()).toBe(1 + 7);
    expect(world.alarms).toHaveLength(1);
  });

  it('goes on by itself once Entra allows it again', async () => {
    await world.consent();
    clock.advance(3600_000);
    world.provider.break(refuses('invalid_grant', 53_003));
    await expect(get()).rejects.toMatchObject({ code: 'conditional_access' });
    world.provider.break(undefined);
    clock.advance(5 * 60_000);
    await get();
    expect(signIn.state()).toEqual({ kind: 'good' });
  });

  it('goes on at once after a new consent that another process has stored', async () => {
    await world.consent();
    clock.advance(3600_000);
    world.provider.revoke();
    await expect(get()).rejects.toMatchObject({ code: 'invalid_grant' });
    await world.consent();
    await get();
    expect(signIn.state()).toEqual({ kind: 'good' });
    world.provider.revoke();
    clock.advance(2 * 3600_000);
    await expect(get()).rejects.toMatchObject({ code: 'invalid_grant' });
    expect(world.alarms).toHaveLength(2);
  });

  it('before anybody has consented is told once, and goes on after the first consent', async () => {
    for (let call = 0; call < 3; call += 1) await expect(get()).rejects.toMatchObject({ code: 'consent_missing' });
    expect(world.alarms).toEqual([{ kind: 'sign-in-paused', cause: 'consent_missing' }]);
    expect(asked()).toBe(0);
    await world.consent();
    await get();
  });

  it('pauses when Partner Center wants MFA (900421), is told once, and goes on after a new consent', async () => {
    await world.consent();
    await get();
    signIn.reportOutcome('mfa-required');
    signIn.reportOutcome('mfa-required');
    await expect(get()).rejects.toMatchObject({ code: 'mfa_required' });
    clock.advance(5 * 60_000);
    await get();
    signIn.reportOutcome('mfa-required');
    expect(world.alarms).toEqual([{ kind: 'sign-in-paused', cause: 'mfa_required' }]);
    await world.consent();
    await get();
    signIn.reportOutcome('accepted');
    signIn.reportOutcome('mfa-required');
    expect(world.alarms).toHaveLength(2);
  });

  it('tells once of a Partner Center that lets reads through and wants MFA for every write, and tries ever more seldom', async () => {
    await world.consent();
    const noMfa = {
      code: 'mfa-required',
      signInCode: undefined,
      httpStatus: 401,
      partnerCode: '900421',
      storedWording: undefined,
    };
    let takesWrites = false;
    const request = buildResetRequest();
    const { customer, user } = request.target;
    const ways = reportOutcomes(
      {
        directory: {
          find: () => Promise.reject(new Error('not asked')),
          lookUp: () => Promise.resolve({ kind: 'found', user }),
        },
        setPassword: () => Promise.resolve(takesWrites ? { kind: 'applied' } : { kind: 'refused', trouble: noMfa }),
      },
      (answer) => {
        signIn.reportOutcome(answer);
      },
    );
    let writes = 0;
    const reset = async (): Promise<void> => {
      await get();
      await ways.directory.lookUp(customer, user.id, request.correlationId);
      writes += 1;
      const { operationId, correlationId } = request;
      const operation = { customer: customer.id, user: user.id, operationId, correlationId };
      await ways.setPassword(operation, new Secret('CANARY'), new AbortController().signal);
    };
    for (let minute = 0; minute < 240; minute += 1) {
      await reset().catch(() => undefined);
      clock.advance(60_000);
    }
    // At 0, 5, 15, 35 and 75 minutes, then every hour.
    expect(writes).toBe(7);
    expect(world.alarms).toEqual([{ kind: 'sign-in-paused', cause: 'mfa_required' }]);
    takesWrites = true;
    clock.advance(60 * 60_000);
    await reset();
    takesWrites = false;
    await reset();
    await expect(reset()).rejects.toMatchObject({ code: 'mfa_required' });
    expect(world.alarms).toHaveLength(2);
    await world.consent();
    await reset();
    expect(world.alarms).toHaveLength(3);
    clock.advance(5 * 60_000);
    await reset();
  });

  it.each<readonly [string, ProviderFault]>([
    ['answers 503', { kind: 'status', status: 503 }],
    ['answers 429', { kind: 'status', status: 429, body: '{"error":"temporarily_unavailable"}' }],
    ['answers with a page of somebody in between', { kind: 'status', status: 403 }],
    ['says that it is away for a moment', refuses('invalid_grant', 90_006)],
    ['says that its directory is away', refuses('server_error', 90_033)],
    ['says that the tenant asks too often', refuses('invalid_request', 90_055)],
    ['answers 200 with nothing in it', { kind: 'status', status: 200, body: '{}' }],
    ['answers 400 without a reason', { kind: 'status', status: 400, body: '{}' }],
    ['breaks the connection', { kind: 'reset' }],
    ['redirects', { kind: 'moved' }],
  ])('passes when the provider %s: it is tried again, and nobody is alarmed', async (_, fault) => {
    await world.consent();
    clock.advance(3600_000);
    world.provider.break(fault);
    await expect(get()).rejects.toMatchObject({ code: 'unreachable' });
    await expect(get()).rejects.toMatchObject({ code: 'unreachable' });
    expect(world.alarms).toEqual([]);
    expect(signIn.state()).toEqual({ kind: 'good' });
    expect(world.provider.lookedUp.join()).not.toContain('/elsewhere');
    world.provider.break(undefined);
    await get();
    expect(world.lines.join('')).not.toMatch(/CANARY|eyJ/);
  });

  it('gives a silent provider ten seconds', async () => {
    await world.consent();
    clock.advance(3600_000);
    world.provider.break({ kind: 'silence' });
    const waiting = expect(get()).rejects.toMatchObject({ code: 'unreachable' });
    await world.provider.arrived(2);
    clock.advance(10_000);
    await waiting;
  });

  it('does not open for another application, and says so', async () => {
    await world.consent();
    const other = await openSignInWorld({ app: { ...world.app, clientId: '33333333-3333-4333-8333-333333333333' } });
    const kept = await world.tokens.read();
    if (kept !== undefined) await other.tokens.put(kept.sealed);
    const signIn = other.signIn({ sealer: world.sealer });
    await expect(signIn.credentials.getToken()).rejects.toMatchObject({ code: 'cache_unreadable' });
    expect(other.provider.asked).toEqual([]);
    await other.close();
  });

  it('is no reason to pause where another instance has sealed it with a key that is not here', async () => {
    await world.consent();
    const other = createSealer([new Secret(randomBytes(32).toString('base64'))], randomBytes);
    const behind = world.signIn({ sealer: other });
    await expect(behind.credentials.getToken()).rejects.toMatchObject({ code: 'key_missing' });
    expect(behind.state()).toEqual({ kind: 'good' });
    const kept = await world.tokens.read();
    expect(world.alarms).toEqual([{ kind: 'sealing-key-missing', keyId: kept?.sealed.keyId }]);
    expect(world.lines.some((line) => line.includes('"sign-in-failed"') && line.includes('key_missing'))).toBe(true);
    const opened = kept && storedCredentials.open(world.sealer, world.app, kept.sealed);
    if (opened?.kind !== 'opened') throw new Error('it does not open');
    await world.tokens.put(storedCredentials.seal(other, world.app, opened.credentials));
    await expect(behind.credentials.getToken()).resolves.toBeDefined();
  });

  it('is no reason to pause where the store does not answer', async () => {
    await world.consent();
    const broken = { ...world.tokens, read: () => Promise.reject(new Error('the disk is gone')) };
    const { credentials } = world.signIn({ tokens: broken });
    await expect(credentials.getToken()).rejects.toMatchObject({ code: 'store_failed' });
    expect(world.alarms).toEqual([]);
  });

  it('still gives a token that was renewed and could not be stored', async () => {
    await world.consent();
    const broken = { ...world.tokens, renew: () => Promise.reject(new Error('the disk is full')) };
    const { credentials } = world.signIn({ clock, tokens: broken });
    clock.advance(3600_000);
    await credentials.getToken();
    await credentials.getToken();
    expect(asked()).toBe(2);
  });
});
