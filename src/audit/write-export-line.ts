import type { AuditHead } from '../store/audit-head.ts';
import type { TrailRow } from '../store/read-trail-rows.ts';
import { writeAuditEvent } from '../store/write-audit-event.ts';

/**
 * One event as a line of JSON without its line end: the event exactly as it is chained, its hash and the one before.
 * Undefined where the row holds no event.
 */
export function writeExportLine({ number, hash, event }: TrailRow, previous: AuditHead): string | undefined {
  if (number !== String(previous.number + 1) || event === undefined || !/^(?:[0-9a-f]{64})?$/.test(hash)) {
    return undefined;
  }
  const time = new Date(Number(event.at)).toISOString();
  const id = hash === '' ? `locksmith-${number}` : `locksmith-${number}-${hash.slice(0, 16)}`;
  return `{"id":"${id}","time":"${time}","event":${writeAuditEvent(event, number)},"previousHash":"${previous.hash}","hash":"${hash}"}`;
}
