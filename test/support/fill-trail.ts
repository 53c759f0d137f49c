import { Secret } from '../../src/base/secret.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import type { AuditEntry } from '../../src/reset/step.ts';
import { appendAuditRecords, type AuditChange } from '../../src/store/audit-trail/append-records.ts';
import { createAuditChain } from '../../src/store/audit-trail/audit-chain.ts';
import { inTransaction } from '../../src/store/database/database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { auditKey } from './audit-key.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** How many records of one transaction: PostgreSQL takes 65,535 values in one statement. */
const batch = 2000;

/** Adds so many records to the trail of a database that a bot has opened before, as the store writes them but many at a time. */
export async function fillTrail(
  url: string,
  count: number,
  facts: AuditEntry['facts'] = { outcome: 'applied', httpStatus: null, partnerCode: null },
): Promise<void> {
  const database = openDatabase(new Secret(url), 'consent', undefined);
  const author = {
    instance: 'filler',
    version: '0.0.0',
    chain: createAuditChain(auditKey),
    wrote: () => undefined,
  };
  const before: ResetRequest = { ...buildResetRequest(), state: 'resetting' };
  const after: ResetRequest = { ...before, state: 'reset' };
  for (let written = 0; written < count; written += batch) {
    const lines = Array.from({ length: Math.min(batch, count - written) }, (_none, index): AuditChange => {
      const nth = written + index;
      const entry = {
        at: 1_782_864_000_000 + nth,
        kind: 'try-ended',
        actor: 'locksmith',
        facts: { ...facts, nth },
      } as const;
      return { entry, before, after };
    });
    await inTransaction(database, (trx) => appendAuditRecords(trx, author, lines));
  }
  await database.close();
}
