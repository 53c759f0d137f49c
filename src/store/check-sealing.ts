import { z } from 'zod';
import type { SealedPassword } from '../reset/reset-request.ts';
import { Secret } from '../secret.ts';
import type { KeyedSealer } from './create-sealer.ts';
import type { Database, StoreRole } from './database.ts';
import { reportFailure } from './report-failure.ts';
import { StoreError } from './store-error.ts';
import { write } from './write.ts';

const name = 'sealing-check';
const binding = 'locksmith sealing check';

/**
 * Seals a word at the first start and opens it at every later one; also looks whether the key of every sealed password, and
 * of the sealed sign-in, is still there. Throws a `StoreError` `wrong-key` where not. After a rotation the word is sealed anew with the first key.
 */
export async function checkSealing(database: Database, sealer: KeyedSealer, role: StoreRole): Promise<void> {
  const row = await reportFailure(() =>
    database.db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst(),
  );
  const sealed = row === undefined ? undefined : readSealed(row.value);
  if (sealed !== undefined && sealer.open(sealed, binding) === undefined) throw new StoreError('wrong-key');
  await requireKeysInUse(database, sealer);
  if (role === 'reader' || sealed?.keyId === sealer.keyIds[0]) return;
  const value = JSON.stringify(sealer.seal(new Secret('locksmith'), binding));
  await write(database, (trx) =>
    trx
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute(),
  );
}

const sealedValue: z.ZodType<SealedPassword> = z.strictObject({
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
});

function readSealed(text: string): SealedPassword {
  try {
    return sealedValue.parse(JSON.parse(text));
  } catch {
    throw new StoreError('row-unreadable');
  }
}

async function requireKeysInUse({ db }: Database, sealer: KeyedSealer): Promise<void> {
  const rows = await reportFailure(() =>
    db.selectFrom('reset_requests').select('sealed_key_id').distinct().where('sealed_key_id', 'is not', null).execute(),
  );
  const kept = await reportFailure(() => db.selectFrom('token_cache').select('sealed_key_id').distinct().execute());
  if ([...rows, ...kept].some(({ sealed_key_id: id }) => id !== null && !sealer.keyIds.includes(id))) {
    throw new StoreError('wrong-key');
  }
}
