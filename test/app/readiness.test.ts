import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createReadinessCheck } from '../../src/app/readiness.ts';
import type { LogEvent } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import { type Alarm, raiseOncePerSealingKey } from '../../src/reset/alarm.ts';
import type { Store } from '../../src/store/open-store.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { buildPostgresHouse } from '../store/postgres-house.ts';
import { buildSqliteHouse } from '../store/sqlite-house.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';
import { describeOnPostgres } from '../support/describe-on-postgres.ts';

type Opened = { readonly store: Store; remove(): Promise<void> };

function describeReadiness(open: () => Promise<Opened>): void {
  const makeKey = () => new Secret(randomBytes(32).toString('base64'));
  const [old, next] = [makeKey(), makeKey()];
  const make = (...keys: readonly Secret[]) => createSealer(keys, randomBytes);
  let opened: Opened;
  let store: Store;
  let clock: HandClock;
  let logged: LogEvent[];
  let alarms: Alarm[];
  let asked: number;
  let pings: number;
  let ping: () => Promise<void>;

  beforeEach(async () => {
    opened = await open();
    ({ store } = opened);
    clock = createHandClock();
    [logged, alarms, asked, pings] = [[], [], 0, 0];
    ping = () => store.ping();
    await store.checkSealing(make(old));
  });

  afterEach(async () => {
    await store.close();
    await opened.remove();
  });

  /** The readiness of an instance that has these keys. */
  const isReadyWith = (...keys: readonly Secret[]) =>
    createReadinessCheck({
      store: {
        ...store,
        ping: () => {
          pings += 1;
          return ping();
        },
        missingKeys: (sealer) => {
          asked += 1;
          return store.missingKeys(sealer);
        },
      },
      sealer: make(...keys),
      clock,
      log: (event) => logged.push(event),
      raiseAlarm: raiseOncePerSealingKey((alarm) => alarms.push(alarm)),
    });
  const addSealed = (key: Secret) => {
    const sealedPassword = make(key).seal(new Secret('CANARY-1'), 'binding');
    const request = buildResetRequest({ state: 'sealed', sealedPassword });
    return store.resets.add(request, { at: 1, kind: 'sealed', actor: 'locksmith', facts: {} });
  };

  it('is there with every key that something is sealed with', async () => {
    await addSealed(next);
    await expect(isReadyWith(old, next)()).resolves.toBe(true);
    expect([alarms, logged]).toEqual([[], []]);
  });

  it('is gone while a password is sealed with a key that is not here, with one alarm and one line', async () => {
    const isReady = isReadyWith(old);
    await expect(isReady()).resolves.toBe(true);
    await addSealed(next);
    clock.advance(5000);
    await expect(isReady()).resolves.toBe(false);
    clock.advance(5000);
    await expect(isReady()).resolves.toBe(false);
    const [keyId] = make(next).keyIds;
    expect(alarms).toEqual([{ kind: 'sealing-key-missing', keyId }]);
    expect(logged).toEqual([{ level: 'error', event: 'sealing-keys-in-use', missing: keyId }]);
  });

  it('is gone while the sign-in is sealed with a key that is not here, and back when it no longer is', async () => {
    const isReady = isReadyWith(old);
    await store.tokens.put(make(next).seal(new Secret('CANARY-2'), 'binding'));
    await expect(isReady()).resolves.toBe(false);
    await store.tokens.put(make(old).seal(new Secret('CANARY-2'), 'binding'));
    clock.advance(5000);
    await expect(isReady()).resolves.toBe(true);
    expect(logged).toMatchObject([{ level: 'error' }, { level: 'info', missing: '' }]);
  });

  it('is gone as soon as another instance has begun to seal with a key that is not here', async () => {
    await store.checkSealing(make(next, old));
    await expect(isReadyWith(old)()).resolves.toBe(false);
    await expect(isReadyWith(old, next)()).resolves.toBe(true);
  });

  it('asks which keys are in use once in five seconds, however many ask', async () => {
    const isReady = isReadyWith(old);
    await Promise.all([isReady(), isReady(), isReady()]);
    clock.advance(4999);
    await isReady();
    expect(asked).toBe(1);
    clock.advance(1000);
    await isReady();
    expect(asked).toBe(2);
  });

  it('asks the store once a second, however many ask, and tells what it said', async () => {
    const isReady = isReadyWith(old);
    await Promise.all(Array.from({ length: 100 }, isReady));
    clock.advance(999);
    await isReady();
    expect(pings).toBe(1);
    ping = () => Promise.reject(new Error('gone'));
    clock.advance(1);
    await expect(Promise.all([isReady(), isReady()])).resolves.toEqual([false, false]);
    expect(pings).toBe(2);
    ping = () => store.ping();
    clock.advance(1000);
    await expect(isReady()).resolves.toBe(true);
  });

  it('is gone after two seconds while the store hangs, with one question to it, and back once it answers', async () => {
    const isReady = isReadyWith(old);
    const { promise, resolve } = Promise.withResolvers<void>();
    ping = () => promise;
    const first = isReady();
    clock.advance(1500);
    const second = isReady();
    clock.advance(500);
    await expect(Promise.all([first, second])).resolves.toEqual([false, false]);
    await expect(isReady()).resolves.toBe(false);
    expect(pings).toBe(1);
    resolve();
    while (!(await isReady())) await new Promise((settled) => setImmediate(settled));
    expect(pings).toBe(1);
  });

  it('is gone once the store is closed', async () => {
    const isReady = isReadyWith(old);
    await store.close();
    await expect(isReady()).resolves.toBe(false);
  });
}

describe('readiness on SQLite', () => {
  describeReadiness(async () => {
    const house = buildSqliteHouse();
    return { store: await house.openStore(), remove: () => house.remove() };
  });
});

describeOnPostgres('readiness on PostgreSQL', (server) => {
  describeReadiness(async () => {
    const house = await buildPostgresHouse(server);
    return { store: await house.openStore(), remove: () => house.remove() };
  });
});
