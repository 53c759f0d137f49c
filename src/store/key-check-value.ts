import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Secret } from '../base/index.ts';
import type { SealedPassword } from '../reset/index.ts';
import { type Database, inTransaction, type StoreRole, withStoreErrors } from './database/database.ts';
import type { Schema } from './database/schema.ts';
import { StoreError } from './database/store-error.ts';
import type { KeyedSealer } from './sealer.ts';

/**
 * Seals a word at the first start and opens it at every later one; also looks whether the key of every sealed password, and
 * of the sealed sign-in, is still there. Throws a `StoreError` `wrong-key` where not. After a rotation the word is sealed anew with the first key.
 */
export async function checkSealing(database: Database, sealer: KeyedSealer, role: StoreRole): Promise<void> {
  const sealed = await withStoreErrors(() => keyCheckValue.read(database.db));
  if (sealed !== undefined && sealer.open(sealed, keyCheckValue.binding).kind !== 'opened') {
    throw new StoreError('wrong-key');
  }
  const missing = await withStoreErrors(() => findMissingKeys(database.db, sealer.keyIds));
  if (missing.length > 0) throw new StoreError('wrong-key');
  if (role === 'reader' || sealed?.keyId === sealer.keyIds[0]) return;
  const anew = sealer.seal(new Secret('locksmith'), keyCheckValue.binding);
  await inTransaction(database, (trx) => keyCheckValue.keep(trx, anew));
}

const keyCheckSetting = 'sealing-check';
const sealedShape: z.ZodType<SealedPassword> = z.strictObject({
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
});

/** The word that is sealed in the settings only to see which keys open it. */
const keyCheckValue = {
  binding: 'locksmith sealing check',
  /** Undefined before the first start. */
  async read(db: Kysely<Schema>): Promise<SealedPassword | undefined> {
    const row = await db.selectFrom('settings').select('value').where('name', '=', keyCheckSetting).executeTakeFirst();
    return row === undefined ? undefined : readSealed(row.value);
  },
  async keep(db: Kysely<Schema>, sealed: SealedPassword): Promise<void> {
    const value = JSON.stringify(sealed);
    await db
      .insertInto('settings')
      .values({ name: keyCheckSetting, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  },
} as const;

function readSealed(text: string): SealedPassword {
  try {
    return sealedShape.parse(JSON.parse(text));
  } catch {
    throw new StoreError('row-unreadable');
  }
}

/**
 * The ids of the keys that something is sealed with and that are none of these: passwords, the sign-in, and the word that
 * whoever started last has sealed. It reads ids alone, and of passwords those that an index of the sealed rows holds.
 */
export async function findMissingKeys(db: Kysely<Schema>, keyIds: readonly string[]): Promise<readonly string[]> {
  const passwords = await db
    .selectFrom('reset_requests')
    .select('sealed_key_id')
    .distinct()
    .where('sealed_key_id', 'is not', null)
    .execute();
  const signIns = await db.selectFrom('token_cache').select('sealed_key_id').distinct().execute();
  const word = await keyCheckValue.read(db);
  const inUse = [
    ...[...passwords, ...signIns].flatMap((row) => row.sealed_key_id ?? []),
    ...(word ? [word.keyId] : []),
  ];
  return [...new Set(inUse)].filter((id) => !keyIds.includes(id));
}
