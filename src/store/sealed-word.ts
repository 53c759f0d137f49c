import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { SealedPassword } from '../reset/request.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

const name = 'sealing-check';
const shape: z.ZodType<SealedPassword> = z.strictObject({
  keyId: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
});

/** The word that is sealed in the settings only to see which keys open it. */
export const sealedWord = {
  binding: 'locksmith sealing check',
  /** Undefined before the first start. */
  async read(db: Kysely<Schema>): Promise<SealedPassword | undefined> {
    const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
    return row === undefined ? undefined : readSealed(row.value);
  },
  async keep(db: Kysely<Schema>, sealed: SealedPassword): Promise<void> {
    const value = JSON.stringify(sealed);
    await db
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  },
} as const;

function readSealed(text: string): SealedPassword {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StoreError('row-unreadable');
  }
}
