import type { Transaction } from 'kysely';
import { appendAudit, type AuditAuthor } from './append-audit.ts';
import type { Database } from './database.ts';
import { restoredFromName } from './restored-from.ts';
import type { Schema } from './schema.ts';
import { write } from './write.ts';

/** The setting that says which restore stands in the trail: what `restored-from` held then. */
const recordedName = 'restored-recorded';

/**
 * Writes into the trail that this database was restored, once for each restore: what the trail held after the backup is
 * lost, and printed heads of that time do not fit it. Resolves with from when the backup is, where it was written now.
 */
export function recordRestore(
  database: Database,
  author: AuditAuthor,
  now: number,
): Promise<{ readonly from: number | null } | undefined> {
  return write(database, async (trx) => {
    const restored = await readSetting(trx, restoredFromName);
    if (restored === undefined || restored === (await readSetting(trx, recordedName))) return undefined;
    await trx
      .insertInto('settings')
      .values({ name: recordedName, value: restored })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: restored }))
      .execute();
    // JSON has no word for what is no number.
    const from = Number.isFinite(Number(restored)) ? Number(restored) : null;
    const entry = { at: now, kind: 'restored', actor: 'locksmith', facts: { from } } as const;
    await appendAudit(trx, author, [{ entry, before: undefined, after: undefined }]);
    return { from };
  });
}

async function readSetting(trx: Transaction<Schema>, name: string): Promise<string | undefined> {
  const row = await trx.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}
