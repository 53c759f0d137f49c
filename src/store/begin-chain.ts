import { auditCheck } from './audit-check.ts';
import type { AuditChain } from './create-audit-chain.ts';
import type { Database } from './database.ts';
import { readTrailEnd } from './read-trail-end.ts';
import { signBeginning, type ChainBeginning } from './sign-beginning.ts';
import { StoreError } from './store-error.ts';
import { write } from './write.ts';

/**
 * Begins the chain of a trail that is empty; of one that is not, looks whether it can be written on. Throws a `StoreError`:
 * `wrong-audit-key`, as a trail of two keys could not be told from one that was tampered with; `audit-beginning-missing`,
 * as signing again would vouch for whatever stands there; `audit-end-altered`.
 */
export function beginChain(database: Database, chain: AuditChain): Promise<ChainBeginning | undefined> {
  return write(database, async (trx) => {
    const kept = await trx.selectFrom('settings').select('value').where('name', '=', auditCheck).executeTakeFirst();
    if (kept !== undefined && chain.check(Number.parseInt(kept.value, 10)) !== kept.value) {
      throw new StoreError('wrong-audit-key');
    }
    const { number } = await readTrailEnd(trx);
    if (kept !== undefined) return undefined;
    if (number > 0) throw new StoreError('audit-beginning-missing');
    return signBeginning(trx, chain);
  });
}
