import type { ResetRequest } from '../../reset/index.ts';
import { type AuditChange, inTrail } from '../audit-trail/append-records.ts';
import type { AuditWriter } from '../audit-trail/audit-writer.ts';
import type { Database } from '../database/database.ts';
import { createBatch } from '../database/statement-batch.ts';
import { endNoteLeases } from '../note-store.ts';
import { readQuestionOrReport, selectQuestions, updateQuestion } from '../question-store.ts';
import { endSignInLease } from '../token-store.ts';
import { readRequestOrReport, selectRequests } from './request-row.ts';
import { updateRequest } from './write-request.ts';

/**
 * Ends every lease at `now`, that of the sign-in too, each in a step of its own in the trail. What was leased becomes due. On
 * SQLite one bot runs at a time, so the owner of every lease is gone. The owner's name stays, so that the next one knows
 * that work was begun. The password may stand in a message whose posting was never confirmed.
 */
export async function endAllLeases(database: Database, author: AuditWriter, now: number): Promise<void> {
  const { rows } = author;
  const entry = { at: now, kind: 'lease-ended', actor: 'locksmith', facts: {} } as const;
  await inTrail(database, author, async (trx, trail) => {
    const lines: AuditChange[] = [];
    const writes = createBatch();
    const leased = await selectRequests(trx).where('lease_until', 'is not', null).execute();
    for (const before of leased.flatMap((row) => readRequestOrReport(rows, row, undefined))) {
      const after = endLease(before, now);
      lines.push({ before, after, entry, row: updateRequest(writes, { trx, rows }, before, after) });
    }
    const chosen = await selectQuestions(trx).where('state', '=', 'chosen').execute();
    for (const before of chosen.flatMap((row) => readQuestionOrReport(rows, row, undefined))) {
      const question = { ...before, version: before.version + 1, dueAt: now };
      lines.push({
        before: undefined,
        after: undefined,
        entry,
        question,
        row: await updateQuestion(trx, rows, question),
      });
    }
    lines.push(...(await endNoteLeases({ trx, rows }, entry)));
    await endSignInLease(trx);
    if (lines.length > 0) await trail.append(lines, undefined, writes);
  });
}

function endLease(before: ResetRequest, now: number): ResetRequest {
  const { lease, version } = before;
  return { ...before, version: version + 1, lease: lease && { ...lease, until: now }, dueAt: now };
}
