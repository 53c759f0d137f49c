import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { signInTunables } from '../../src/base/every-duration-and-limit.ts';
import type { TokenStore } from '../../src/reset/ports/stores.ts';
import type { Store } from '../../src/store/open-store.ts';
import { buildPostgresHouse } from '../store/postgres-house.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { describeOnPostgres } from '../support/describe-on-postgres.ts';
import { openSignInWorld, type SignInWorld } from './sign-in-world.ts';

type OpenTwo = (world: SignInWorld) => Promise<{ readonly stores: readonly TokenStore[]; close(): Promise<void> }>;

/** A clock that is an hour ahead, on which waiting takes as long as it takes. */
const later: Clock = { ...systemClock, now: () => systemClock.now() + 3600_000 };

function describeTogether(openTwo: OpenTwo): void {
  let world: SignInWorld;
  let two: Awaited<ReturnType<OpenTwo>>;

  beforeEach(async () => {
    world = await openSignInWorld();
    await world.consent();
    two = await openTwo(world);
  });

  afterEach(async () => {
    await two.close();
    await world.close();
  });

  it('ask Entra once, and the one that waits takes what the other has stored', async () => {
    world.provider.break({ kind: 'holds' });
    const [one, other] = two.stores.map((tokens, index) =>
      world.signIn({ instance: `instance-${index}`, tokens, clock: later }).credentials.getToken(),
    );
    await world.provider.arrived(2);
    // Long enough for the other one to look several times.
    await new Promise<void>((resolve) => systemClock.after(500, resolve));
    world.provider.proceed();
    const [first, second] = await Promise.all([one, other]);
    expect(first?.reveal((value) => value)).toBe(second?.reveal((value) => value));
    expect(world.provider.asked.map(({ grant }) => grant)).toEqual(['authorization_code', 'refresh_token']);
  });

  it('leave the renewal to the next one where the first has failed', async () => {
    world.provider.break({ kind: 'status', status: 503 });
    const [first, second] = two.stores.map((tokens, index) =>
      world.signIn({ instance: `instance-${index}`, tokens, clock: later }),
    );
    await expect(first?.credentials.getToken()).rejects.toMatchObject({ code: 'unreachable' });
    world.provider.break(undefined);
    await second?.credentials.getToken();
    await first?.credentials.getToken();
    expect(world.provider.asked.map(({ grant }) => grant)).toEqual(['authorization_code', 'refresh_token']);
  });
}

describe('two instances that renew at once, on SQLite', () => {
  describeTogether((world) =>
    Promise.resolve({ stores: [world.tokens, world.tokens], close: () => Promise.resolve() }),
  );

  it('wait no longer than a lease for one that died in the middle', async () => {
    const world = await openSignInWorld();
    await world.consent();
    const clock = createHandClock(Date.now() + 3600_000);
    await world.tokens.lease(1, { owner: 'dead', now: clock.now(), until: clock.now() + 30_000 });
    const token = world.signIn({ clock }).credentials.getToken();
    await clock.waiting((wait) => wait === 200);
    clock.advance(30_000);
    await token;
    await world.close();
  });
});

describeOnPostgres('two instances that renew at once, on PostgreSQL', (server) => {
  describeTogether(async (world) => {
    const house = await buildPostgresHouse(server);
    const stores: Store[] = [await house.open({ instance: 'first' }), await house.open({ instance: 'second' })];
    const kept = await world.tokens.read();
    if (kept !== undefined) await stores[0]?.tokens.put(kept.sealed);
    return {
      stores: stores.map(({ tokens }) => tokens),
      close: async () => {
        for (const store of stores) await store.close();
      },
    };
  });
});

describe('the time limits of a renewal', () => {
  it('fit into each other: a sign-in ends before its lease, and a lease before the wait for it', () => {
    const { signInTimeoutMilliseconds, renewalLeaseMilliseconds, renewalWaitMilliseconds } = signInTunables;
    expect(signInTimeoutMilliseconds).toBeLessThan(renewalLeaseMilliseconds);
    expect(renewalLeaseMilliseconds).toBeLessThan(renewalWaitMilliseconds);
  });
});
