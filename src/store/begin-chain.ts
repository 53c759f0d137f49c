import type { AuditChain } from './create-audit-chain.ts';
import type { Database } from './database.ts';
import { StoreError } from './store-error.ts';
import { write } from './write.ts';

/** The setting that says where the chain begins, in a way only the key's owner can. */
export const auditCheck = 'audit-check';

/**
 * At the first start writes down where the chain begins; at every later one throws a `StoreError` `wrong-audit-key` where
 * the key is another, because a trail of two keys could not be told from one that was tampered with.
 */
export function beginChain(database: Database, chain: AuditChain): Promise<void> {
  return write(database, async (trx) => {
    const kept = await trx.selectFrom('settings').select('value').where('name', '=', auditCheck).executeTakeFirst();
    if (kept === undefined) {
      const { number } = await trx.selectFrom('audit_head').select('number').executeTakeFirstOrThrow();
      await trx
        .insertInto('settings')
        .values({ name: auditCheck, value: chain.check(number) })
        .execute();
      return;
    }
    if (chain.check(Number.parseInt(kept.value, 10)) !== kept.value) throw new StoreError('wrong-audit-key');
  });
}
