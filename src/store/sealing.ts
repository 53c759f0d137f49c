import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Secret } from '../base/index.ts';
import type { Opened, SealedPassword, Sealer } from '../reset/index.ts';
import {
  type Database,
  inTransaction,
  readSetting,
  type Schema,
  type StoreRole,
  withStoreErrors,
  writeSetting,
} from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { readJsonColumn } from './rows/row-shapes.ts';

/** A sealer that can say which keys it has, the sealing one first. */
export type KeyedSealer = Sealer & { readonly keyIds: readonly string[] };

const algorithm = 'aes-256-gcm';
const tagLength = 16;
const sealFormat = 'locksmith sealed password 1';

/**
 * Seals with the first key, opens with any (rotation). Each key is 32 bytes in base64; `randomBytes` has to be fit for
 * secrets. AES-256-GCM with a fresh nonce of 96 bits (NIST SP 800-38D); format and binding are authenticated.
 */
export function createSealer(keys: readonly Secret[], randomBytes: (length: number) => Uint8Array): KeyedSealer {
  const ring = keys.map((secret) => ({ id: secret.reveal(nameKey), secret }));
  const [first] = ring;
  if (first === undefined) throw new Error('a sealer needs a key');
  return {
    keyIds: ring.map((key) => key.id),
    seal(password: Secret, binding: string): SealedPassword {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, first.secret.reveal(readKey), nonce, { authTagLength: tagLength });
      cipher.setAAD(createAssociatedData(binding));
      const ciphertext = Buffer.concat([
        password.reveal((value) => cipher.update(value, 'utf8')),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return {
        keyId: first.id,
        nonce: Buffer.from(nonce).toString('base64'),
        ciphertext: ciphertext.toString('base64'),
      };
    },
    open(sealed: SealedPassword, binding: string): Opened {
      const key = ring.find(({ id }) => id === sealed.keyId);
      const nonce = Buffer.from(sealed.nonce, 'base64');
      const ciphertext = Buffer.from(sealed.ciphertext, 'base64');
      if (key === undefined) return { kind: 'key-missing' };
      if (nonce.length !== 12 || ciphertext.length < tagLength) return { kind: 'broken' };
      const decipher = createDecipheriv(algorithm, key.secret.reveal(readKey), nonce, { authTagLength: tagLength });
      decipher.setAAD(createAssociatedData(binding));
      decipher.setAuthTag(ciphertext.subarray(-tagLength));
      const opened = decipher.update(ciphertext.subarray(0, -tagLength));
      try {
        return { kind: 'opened', secret: new Secret(Buffer.concat([opened, decipher.final()]).toString('utf8')) };
      } catch {
        return { kind: 'broken' };
      }
    },
    hasKeyOf: ({ keyId }) => ring.some(({ id }) => id === keyId),
  };
}

function createAssociatedData(binding: string): Buffer {
  return Buffer.from(`${sealFormat}|${binding}`, 'utf8');
}

function readKey(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw new Error('a sealing key is 32 bytes');
  return key;
}

/** Names a key without giving any of it away. */
function nameKey(base64: string): string {
  return createHash('sha256').update('locksmith key id').update(readKey(base64)).digest('hex').slice(0, 16);
}

/**
 * Checks that these keys open what is sealed; otherwise throws a `StoreError` `wrong-key`. The first start seals a word,
 * and every later one opens it. The key of every sealed password and of the sealed sign-in has to be there too.
 * After a rotation the word is sealed anew with the first key, unless `role` is `reader`.
 */
export async function checkSealing(database: Database, sealer: KeyedSealer, role: StoreRole): Promise<void> {
  const sealed = await withStoreErrors(() => readKeyCheckValue(database.db));
  if (sealed !== undefined && sealer.open(sealed, keyCheckBinding).kind !== 'opened') {
    throw new StoreError('wrong-key');
  }
  const missing = await withStoreErrors(() => findMissingKeys(database.db, sealer.keyIds));
  if (missing.length > 0) throw new StoreError('wrong-key');
  if (role === 'reader' || sealed?.keyId === sealer.keyIds[0]) return;
  const anew = sealer.seal(new Secret('locksmith'), keyCheckBinding);
  await inTransaction(database, (trx) => writeSetting(trx, keyCheckSetting, JSON.stringify(anew)));
}

const keyCheckSetting = 'sealing-check';
const sealedShape: z.ZodType<SealedPassword> = z.strictObject({
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
});

/** A word that is sealed in the settings only to see which keys open it. */
const keyCheckBinding = 'locksmith sealing check';

/** Undefined before the first start. */
async function readKeyCheckValue(db: Kysely<Schema>): Promise<SealedPassword | undefined> {
  const value = await readSetting(db, keyCheckSetting);
  return value === undefined ? undefined : readJsonColumn(sealedShape, value);
}

/**
 * Finds the ids of keys that are in use and not among `keyIds`: keys of passwords, of the sign-in and of the check word.
 * It reads ids only. Those of passwords come from an index of the sealed rows.
 */
export async function findMissingKeys(db: Kysely<Schema>, keyIds: readonly string[]): Promise<readonly string[]> {
  const passwords = await db
    .selectFrom('reset_requests')
    .select('sealed_key_id')
    .distinct()
    .where('sealed_key_id', 'is not', null)
    .execute();
  const signIns = await db.selectFrom('token_cache').select('sealed_key_id').distinct().execute();
  const word = await readKeyCheckValue(db);
  const inUse = [
    ...[...passwords, ...signIns].flatMap((row) => row.sealed_key_id ?? []),
    ...(word ? [word.keyId] : []),
  ];
  return [...new Set(inUse)].filter((id) => !keyIds.includes(id));
}
