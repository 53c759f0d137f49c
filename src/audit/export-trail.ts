import { asId, storeTunables } from '../base/index.ts';
import type { Writable } from 'node:stream';
import { makeReference } from '../reset/index.ts';
import { type AuditHead, chainStart, formatAuditEvent, readPages, type Trail, type TrailRow } from '../store/index.ts';

/** How an export ended. */
type ExportResult =
  /** Everything that was there was written; the next record will have the number `next`. */
  | { readonly kind: 'done'; readonly lines: number; readonly next: number }
  /** The reader closed the stream. */
  | { readonly kind: 'closed' }
  /** What it is written to does not take it; the code is the system's. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The row of that number is not there or holds no event. */
  | { readonly kind: 'unreadable'; readonly row: number }
  /** The trail does not even reach to the row before: `last` is its last one. */
  | { readonly kind: 'beyond'; readonly last: number };

/**
 * Writes every record from that number on as a line of JSON, in order, no faster than it is read. `progress` is told the
 * number of the last row of each page.
 */
export async function exportTrail(
  trail: Pick<Trail, 'rows' | 'lastNumber'>,
  from: number,
  out: Writable,
  progress: (row: number) => void = () => undefined,
): Promise<ExportResult> {
  let previous = await findPrevious(trail, from);
  if (previous === undefined) {
    const last = (await trail.lastNumber()) ?? 0;
    return last < from - 1 ? { kind: 'beyond', last } : { kind: 'unreadable', row: from - 1 };
  }
  for await (const rows of readPages(trail, previous.number, storeTunables.exportedPageRecords)) {
    let text = '';
    for (const row of rows) {
      const line = formatExportLine(row, previous);
      if (line === undefined) {
        const written = await writeText(out, text);
        return written.kind === 'written' ? { kind: 'unreadable', row: previous.number + 1 } : written;
      }
      text += `${line}\n`;
      previous = { number: previous.number + 1, hash: row.hash === '' ? chainStart : row.hash };
    }
    const written = await writeText(out, text);
    if (written.kind !== 'written') return written;
    progress(previous.number);
  }
  const next = previous.number + 1;
  return { kind: 'done', lines: next - from, next };
}

/** The row before the first one that is written; undefined where it is not there. */
async function findPrevious(trail: Pick<Trail, 'rows'>, from: number): Promise<AuditHead | undefined> {
  if (from === 1) return { number: 0, hash: chainStart };
  const [row] = await trail.rows(from - 2, 1);
  if (row?.number !== String(from - 1) || !/^(?:[0-9a-f]{64})?$/.test(row.hash)) return undefined;
  return { number: from - 1, hash: row.hash === '' ? chainStart : row.hash };
}

/**
 * One event as a line of JSON without its line end: the event exactly as it is chained, its hash and the one before. The reference
 * stands beside the event: it follows from the id of the request, and is the one that its cards show. Undefined where the row holds no event.
 */
export function formatExportLine({ number, hash, event }: TrailRow, previous: AuditHead): string | undefined {
  if (number !== String(previous.number + 1) || event === undefined || !/^(?:[0-9a-f]{64})?$/.test(hash)) {
    return undefined;
  }
  const time = new Date(Number(event.at)).toISOString();
  const id = hash === '' ? `locksmith-${number}` : `locksmith-${number}-${hash.slice(0, 16)}`;
  const reference = event.request_id === null ? '' : `,"reference":"${makeReference(asId(event.request_id))}"`;
  return `{"id":"${id}","time":"${time}","event":${formatAuditEvent(event, number)}${reference},"previousHash":"${previous.hash}","hash":"${hash}"}`;
}

/** The outcome of one write: taken, closed by the reader, or refused by the system with its code. */
type WriteResult =
  { readonly kind: 'written' } | { readonly kind: 'closed' } | { readonly kind: 'refused'; readonly code: string };

/** Writes a text and waits until it was taken. A reader that goes away is no failure: `head` does so after ten lines. */
export function writeText(out: Writable, text: string): Promise<WriteResult> {
  return new Promise((resolve) => {
    // Without a listener a stream's error ends the process. The callback below receives the same error.
    if (out.listenerCount('error') === 0) out.on('error', () => undefined);
    out.write(text, (error) => {
      resolve(error ? readWriteFailure(error) : { kind: 'written' });
    });
  });
}

function readWriteFailure(error: Error): WriteResult {
  const code = 'code' in error ? String(error.code) : 'unexpected';
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' ? { kind: 'closed' } : { kind: 'refused', code };
}
