import { Secret } from '../secret.ts';
import type { KeyedSealer } from './create-sealer.ts';
import type { Database, StoreRole } from './database.ts';
import { findMissingKeys } from './find-missing-keys.ts';
import { reportFailure } from './report-failure.ts';
import { sealedWord } from './sealed-word.ts';
import { StoreError } from './store-error.ts';
import { write } from './write.ts';

/**
 * Seals a word at the first start and opens it at every later one; also looks whether the key of every sealed password, and
 * of the sealed sign-in, is still there. Throws a `StoreError` `wrong-key` where not. After a rotation the word is sealed anew with the first key.
 */
export async function checkSealing(database: Database, sealer: KeyedSealer, role: StoreRole): Promise<void> {
  const sealed = await reportFailure(() => sealedWord.read(database.db));
  if (sealed !== undefined && sealer.open(sealed, sealedWord.binding).kind !== 'opened') {
    throw new StoreError('wrong-key');
  }
  const missing = await reportFailure(() => findMissingKeys(database.db, sealer.keyIds));
  if (missing.length > 0) throw new StoreError('wrong-key');
  if (role === 'reader' || sealed?.keyId === sealer.keyIds[0]) return;
  const anew = sealer.seal(new Secret('locksmith'), sealedWord.binding);
  await write(database, (trx) => sealedWord.keep(trx, anew));
}
