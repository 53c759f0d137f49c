import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type AuditEntry, type AuditKind, followingStates, type ResetState } from '../../reset/index.ts';
import type { AuditRow, Schema } from '../database/schema.ts';
import { StoreError } from '../database/store-error.ts';
import { oneOf } from '../row-shapes.ts';
import { type AuditAbout, auditAboutShape } from './audit-about.ts';

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
};

/** At most so many records in order, after the record of that number. */
export async function readAuditRecords(
  db: Kysely<Schema>,
  after: number,
  atMost: number,
): Promise<readonly AuditRecord[]> {
  const rows = await db
    .selectFrom('audit_records')
    .selectAll()
    .where('number', '>', after)
    .orderBy('number')
    .limit(atMost)
    .execute();
  return rows.map(readAuditRecord);
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
  'needs-attention': true,
  'delivery-begun': true,
  'delivery-put-off': true,
  delivered: true,
  revealed: true,
  'passed-on': true,
  closed: true,
  'given-up': true,
  'hiding-put-off': true,
  hidden: true,
  restored: true,
});

const stateShape = z.custom<ResetState>((value) => typeof value === 'string' && Object.hasOwn(followingStates, value));

const codesShape = z.object({ kind: kindShape, stateBefore: stateShape.optional(), stateAfter: stateShape.optional() });

const factsShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

function readAuditRecord(row: AuditRow): AuditRecord {
  const read = codesShape.safeParse({
    kind: row.kind,
    stateBefore: row.state_before ?? undefined,
    stateAfter: row.state_after ?? undefined,
  });
  if (!read.success) throw new StoreError('row-unreadable');
  return {
    number: row.number,
    at: row.at,
    kind: read.data.kind,
    actor: row.actor,
    instance: row.instance,
    requestId: row.request_id ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    operationId: row.operation_id ?? undefined,
    customerId: row.customer_id ?? undefined,
    userId: row.user_id ?? undefined,
    stateBefore: read.data.stateBefore,
    stateAfter: read.data.stateAfter,
    facts: readJson(factsShape, row.facts),
    about: readJson(auditAboutShape, row.about),
    version: row.version,
    hash: row.hash,
  };
}

function readJson<Value>(shape: z.ZodType<Value>, text: string): Value {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StoreError('row-unreadable');
  }
}
