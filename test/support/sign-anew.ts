import { Secret } from '../../src/base/secret.ts';
import { type AuditChange, inTrail } from '../../src/store/audit-trail/append-records.ts';
import { createAuditChain } from '../../src/store/audit-trail/audit-chain.ts';
import { createAuditWriter } from '../../src/store/audit-trail/audit-writer.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { signedTables } from '../../src/store/rows/row-authentication.ts';
import { nameSignable, readSignablePage, readSignableRows, writeMac } from '../../src/store/rows/take-over-rows.ts';
import { auditKey } from './audit-key.ts';

/**
 * Signs every row as it stands, with a record each, as somebody who has the key can. For tests that put a row there which
 * another version wrote, or that break something else than a row.
 */
export async function signAnew(url: string, key: Secret = auditKey): Promise<void> {
  const database = await openDatabase(new Secret(url), 'consent', undefined);
  const chain = createAuditChain(key);
  const author = createAuditWriter({
    kind: database.kind,
    instance: 'signer',
    version: '0',
    chain,
    wrote: () => undefined,
  });
  const entry = { at: 1, kind: 'row-signed', actor: 'locksmith', facts: {} } as const;
  await inTrail(database, author, async (trx, trail) => {
    const lines: AuditChange[] = [];
    const freezes: string[] = [];
    for (const table of signedTables) {
      for await (const page of readSignableRows((after) => readSignablePage(trx, table, after))) {
        for (const row of page) {
          const mac = chain.rows.sign(table, row);
          if (table === 'freezes') freezes.push(mac);
          if (row['mac'] === mac) continue;
          await writeMac(trx, table, row, mac);
          lines.push({ entry, before: undefined, after: undefined, row: { key: nameSignable(table, row), mac } });
        }
      }
    }
    if (lines.length > 0) await trail.append(lines, { mac: chain.rows.signFreezes(freezes) });
  });
  await database.close();
}
