import { Secret } from '../../src/base/secret.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import type { AuditEntry } from '../../src/reset/audit-entry.ts';
import { type AuditChange, inTrail } from '../../src/store/audit-trail/append-records.ts';
import { createAuditWriter } from '../../src/store/audit-trail/audit-writer.ts';
import { createAuditChain } from '../../src/store/audit-trail/audit-chain.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { auditKey } from './audit-key.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** How many records of one transaction: SQLite takes 32,766 values in one statement. */
const batch = 1500;

/** Adds so many records to the trail of a database that a bot has opened before, as the store writes them but many at a time. */
export async function fillTrail(
  url: string,
  count: number,
  facts: AuditEntry['facts'] = { outcome: 'applied', httpStatus: null, partnerCode: null },
  kind: AuditEntry['kind'] = 'try-ended',
): Promise<void> {
  const database = await openDatabase(new Secret(url), 'consent', undefined);
  const author = createAuditWriter({
    kind: database.kind,
    instance: 'filler',
    version: '0.0.0',
    chain: createAuditChain(auditKey),
    wrote: () => undefined,
  });
  const before: ResetRequest = { ...buildResetRequest(), state: 'resetting' };
  const after: ResetRequest = { ...before, state: 'reset' };
  for (let written = 0; written < count; written += batch) {
    const lines = Array.from({ length: Math.min(batch, count - written) }, (_none, index): AuditChange => {
      const nth = written + index;
      const entry = {
        at: 1_782_864_000_000 + nth,
        kind,
        actor: 'locksmith',
        facts: { ...facts, nth },
      } as const;
      return { entry, before, after };
    });
    await inTrail(database, author, (_trx, trail) => trail.append(lines));
  }
  await database.close();
}
