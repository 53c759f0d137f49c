import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import type { Store } from '../../src/store/open-store.ts';
import { createSealer } from '../../src/store/sealer.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

describe('checking the sealing keys', () => {
  const makeKey = () => new Secret(randomBytes(32).toString('base64'));
  const [old, next] = [makeKey(), makeKey()];
  const make = (...keys: readonly Secret[]) => createSealer(keys, randomBytes);
  let house: SqliteHouse;
  let store: Store;

  beforeEach(async () => {
    house = buildSqliteHouse();
    store = await house.openStore();
  });

  afterEach(async () => {
    await store.close();
    await house.remove();
  });

  it('takes any key at the first start, and only that one later', async () => {
    await store.checkSealing(make(old));
    await store.checkSealing(make(old));
    await expect(store.checkSealing(make(next))).rejects.toMatchObject({ name: 'StoreError', code: 'wrong-key' });
  });

  it('lets the old key go once the new one has been put before it', async () => {
    await store.checkSealing(make(old));
    await store.checkSealing(make(next, old));
    await store.checkSealing(make(next));
    await expect(store.checkSealing(make(old))).rejects.toMatchObject({ code: 'wrong-key' });
  });

  it('keeps the old key needed while a password is sealed with it', async () => {
    await store.checkSealing(make(old));
    const sealedPassword = make(old).seal(new Secret('CANARY-1'), 'binding');
    const request = buildResetRequest({ state: 'sealed', sealedPassword });
    await store.resets.add(request, { at: 1, kind: 'sealed', actor: 'locksmith', facts: {} });
    await store.checkSealing(make(next, old));
    await expect(store.checkSealing(make(next))).rejects.toMatchObject({ code: 'wrong-key' });
  });

  it('keeps the old key needed while the sign-in is sealed with it', async () => {
    await store.checkSealing(make(old));
    await store.tokens.put(make(old).seal(new Secret('CANARY-2'), 'binding'));
    await store.checkSealing(make(next, old));
    await expect(store.checkSealing(make(next))).rejects.toMatchObject({ code: 'wrong-key' });
    await store.tokens.put(make(next).seal(new Secret('CANARY-2'), 'binding'));
    await store.checkSealing(make(next));
  });

  it('changes nothing for a reader', async () => {
    const reader = await house.open('reader');
    await reader.checkSealing(make(old));
    await reader.close();
    await store.checkSealing(make(next));
  });

  it('says so when its own row is damaged', async () => {
    await store.checkSealing(make(old));
    await house.tamper(`update settings set value = '{'`);
    await expect(store.checkSealing(make(old))).rejects.toMatchObject({ code: 'row-unreadable' });
  });
});
