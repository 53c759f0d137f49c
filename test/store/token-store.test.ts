import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { openTokenStore } from '../../src/store/token-store.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

describe('the store for a new sign-in', () => {
  const sealed = { keyId: 'key', nonce: 'nonce', ciphertext: 'text' };
  const makeSealer = () => createSealer([new Secret(randomBytes(32).toString('base64'))], randomBytes);
  let house: SqliteHouse;
  const open = () => openTokenStore(new Secret(`sqlite:${house.path}`));

  beforeEach(() => {
    house = buildSqliteHouse();
  });

  afterEach(() => house.remove());

  it('is made where there is none yet, and leaves the bot free to start', async () => {
    const store = await open();
    await store.tokens.put(sealed);
    const bot = await house.openStore();
    await store.close();
    await expect(bot.tokens.read()).resolves.toStrictEqual({ version: 1, sealed });
    await bot.close();
  });

  it('is written beside a running bot, which reads it at once', async () => {
    const bot = await house.openStore();
    const store = await open();
    await store.tokens.put(sealed);
    await expect(bot.tokens.read()).resolves.toStrictEqual({ version: 1, sealed });
    await store.tokens.put({ ...sealed, ciphertext: 'second' });
    await store.close();
    await expect(bot.tokens.read()).resolves.toMatchObject({ version: 2 });
    await expect(house.openStore()).rejects.toMatchObject({ code: 'already-running' });
    await bot.close();
  });

  it('refuses tables that are not this program’s', async () => {
    const bot = await house.openStore();
    await house.tamper('delete from kysely_migration where name = (select max(name) from kysely_migration)');
    await expect(open()).rejects.toMatchObject({ code: 'schema-older' });
    await house.tamper(`delete from kysely_migration where name = '0008-token-cache'`);
    await expect(open()).rejects.toMatchObject({ code: 'schema-gap' });
    await house.tamper(`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', 'x')`);
    await expect(open()).rejects.toMatchObject({ code: 'schema-newer' });
    await bot.close();
  });

  it('knows whether the keys are the bot’s, and changes nothing by asking', async () => {
    const [right, wrong] = [makeSealer(), makeSealer()];
    const bot = await house.openStore();
    const store = await open();
    await store.checkSealing(wrong);
    await bot.checkSealing(right);
    await store.checkSealing(right);
    await expect(store.checkSealing(wrong)).rejects.toMatchObject({ code: 'wrong-key' });
    await store.close();
    await bot.close();
  });
});
