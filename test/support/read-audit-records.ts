import { z } from 'zod';
import type { Secret } from '../../src/base/secret.ts';
import type { ResetAttempt } from '../../src/reset/request.ts';
import { isResetState, type ResetState } from '../../src/reset/states.ts';
import type { AuditEntry, AuditKind } from '../../src/reset/audit-entry.ts';
import type { AuditAbout } from '../../src/store/audit-trail/audit-about.ts';
import type { AuditRow } from '../../src/store/database/database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { oneOf } from '../../src/store/rows/row-shapes.ts';

/** One record of the trail. Numbers begin at 1 and have no gaps. What belongs to no request has no ids and no states. */
export type AuditRecord = {
  readonly number: number;
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: string;
  readonly instance: string;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  readonly operationId: string | undefined;
  readonly customerId: string | undefined;
  readonly userId: string | undefined;
  readonly stateBefore: ResetState | undefined;
  readonly stateAfter: ResetState | undefined;
  readonly facts: AuditEntry['facts'];
  readonly about: AuditAbout;
  /** The program that wrote it; empty in records from before there was a chain, as their hash is. */
  readonly version: string;
  readonly hash: string;
  /** The row that it is about, by its table and key. */
  readonly row: string | undefined;
};

/** Reads at most `atMost` records in order, after the record of that number. A record of another shape throws. */
export async function readAuditRecords(url: Secret, after = 0, atMost = 1_000_000): Promise<readonly AuditRecord[]> {
  const { db, close } = await openDatabase(url, 'reader', undefined);
  try {
    const rows = await db
      .selectFrom('audit_records')
      .selectAll()
      .where('number', '>', after)
      .orderBy('number')
      .limit(atMost)
      .execute();
    return rows.map(readAuditRecord);
  } finally {
    await close();
  }
}

const kindShape = oneOf<AuditKind>({
  proposed: true,
  'not-let-in': true,
  'question-refused': true,
  'history-viewed': true,
  'asked-back': true,
  chosen: true,
  'question-moved': true,
  'question-over': true,
  'click-refused': true,
  'card-posted': true,
  'card-answered': true,
  'approval-wanted': true,
  'approval-asked': true,
  'approval-reminded': true,
  'approval-given': true,
  approved: true,
  declined: true,
  frozen: true,
  thawed: true,
  confirmed: true,
  cancelled: true,
  expired: true,
  'sign-in-awaited': true,
  refused: true,
  'message-opened': true,
  sealed: true,
  'try-started': true,
  'try-ended': true,
  'taken-over': true,
  'handed-over': true,
  'lease-renewed': true,
  'needs-attention': true,
  'delivery-begun': true,
  'delivery-put-off': true,
  delivered: true,
  revealed: true,
  'write-back-accepted': true,
  'write-back-running': true,
  'sign-out-begun': true,
  'sign-out-ended': true,
  'access-pass-begun': true,
  'access-pass-ended': true,
  'access-pass-told': true,
  'access-pass-put': true,
  'follow-up-shown': true,
  'ticket-doubted': true,
  'passed-on': true,
  replaced: true,
  closed: true,
  'given-up': true,
  'hiding-put-off': true,
  hidden: true,
  restored: true,
  'contact-kept': true,
  'note-owed': true,
  'note-begun': true,
  'note-taken': true,
  'note-put-off': true,
  'note-given-up': true,
  'note-resent': true,
  'lease-ended': true,
  'row-signed': true,
  'protection-readable': true,
  'protection-forgotten': true,
  'target-doubted': true,
  'row-removed': true,
});

const stateShape = z.custom<ResetState>((value) => typeof value === 'string' && isResetState(value));

const codesShape = z.object({ kind: kindShape, stateBefore: stateShape.optional(), stateAfter: stateShape.optional() });

const factsShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

function readAuditRecord(row: AuditRow): AuditRecord {
  const codes = codesShape.parse({
    kind: row.kind,
    stateBefore: row.state_before ?? undefined,
    stateAfter: row.state_after ?? undefined,
  });
  return {
    number: row.number,
    at: row.at,
    kind: codes.kind,
    actor: row.actor,
    instance: row.instance,
    requestId: row.request_id ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    operationId: row.operation_id ?? undefined,
    customerId: row.customer_id ?? undefined,
    userId: row.user_id ?? undefined,
    stateBefore: codes.stateBefore,
    stateAfter: codes.stateAfter,
    facts: factsShape.parse(JSON.parse(row.facts)),
    about: auditAboutShape.parse(JSON.parse(row.about)),
    version: row.version,
    hash: row.hash,
    row: row.row_key ?? undefined,
  };
}

const personShape = z.strictObject({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  userPrincipalName: z.string().optional(),
});

/** The JSON column that says what a record is about. */
export const auditAboutShape: z.ZodType<AuditAbout> = z.strictObject({
  actor: personShape.optional(),
  requester: personShape.optional(),
  approver: personShape.optional(),
  target: z
    .strictObject({
      customerName: z.string(),
      customerDomain: z.string(),
      userName: z.string(),
      userPrincipalName: z.string(),
      roles: z.union([z.literal('unknown'), z.array(z.strictObject({ id: z.string(), name: z.string() }))]),
    })
    .optional(),
  verification: z.string().optional(),
  ticket: z.string().optional(),
  lastTry: z
    .strictObject({
      number: z.int(),
      outcome: oneOf<ResetAttempt['outcome']>({
        pending: true,
        applied: true,
        refused: true,
        'not-tried': true,
        unknown: true,
      }),
      httpStatus: z.int().optional(),
      partnerCode: z.string().optional(),
    })
    .optional(),
});
