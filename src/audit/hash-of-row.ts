import type { AuditChain } from '../store/create-audit-chain.ts';
import type { TrailRow } from '../store/read-trail-rows.ts';
import { writeAuditEvent } from '../store/write-audit-event.ts';

/** The hash that this row would have as row `number` after the hash `previous`; undefined where it can be none. */
export function hashOfRow(chain: AuditChain, previous: string, row: TrailRow, number: number): string | undefined {
  return row.event === undefined ? undefined : chain.hash(previous, writeAuditEvent(row.event, String(number)));
}
