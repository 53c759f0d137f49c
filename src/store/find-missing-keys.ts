import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { sealedWord } from './sealed-word.ts';

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
  const word = await sealedWord.read(db);
  const inUse = [
    ...[...passwords, ...signIns].flatMap((row) => row.sealed_key_id ?? []),
    ...(word ? [word.keyId] : []),
  ];
  return [...new Set(inUse)].filter((id) => !keyIds.includes(id));
}
