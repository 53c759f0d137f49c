import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHandClock } from '../support/hand-clock.ts';
import { findPlain } from './find-plain.ts';
import { openSignInWorld, type SignInWorld } from './sign-in-world.ts';
import type { Secret } from '../../src/secret.ts';

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
