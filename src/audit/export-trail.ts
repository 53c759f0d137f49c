import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { AuditHead } from '../store/audit-head.ts';
import { chainStart } from '../store/create-audit-chain.ts';
import type { Trail } from '../store/open-trail.ts';
import { writeExportLine } from './write-export-line.ts';

/** How an export ended. */
export type Exported =
  /** Everything that was there was written; the next record will have the number `next`. */
  | { readonly kind: 'done'; readonly lines: number; readonly next: number }
  /** Whoever read it went away. */
  | { readonly kind: 'closed' }
  /** The row of that number is not there or holds no event. */
  | { readonly kind: 'unreadable'; readonly row: number };

const pageLength = 500;

/** Writes every record from that number on as a line of JSON, in order, no faster than it is read. */
export async function exportTrail(trail: Pick<Trail, 'rows'>, from: number, out: Writable): Promise<Exported> {
  let isClosed = false;
  // A reader that goes away is no failure: `head` does so after ten lines.
  out.on('error', () => {
    isClosed = true;
  });
  let previous = await findPrevious(trail, from);
  let lines = 0;
  for (;;) {
    const rows = await trail.rows(previous.number === 0 ? undefined : previous.number, pageLength);
    let text = '';
    for (const row of rows) {
      const line = writeExportLine(row, previous);
      if (line === undefined) {
        out.write(text);
        return { kind: 'unreadable', row: previous.number + 1 };
      }
      text += `${line}\n`;
      previous = { number: previous.number + 1, hash: row.hash === '' ? chainStart : row.hash };
    }
    if (isClosed || out.destroyed) return { kind: 'closed' };
    if (!out.write(text) && !(await isDrained(out))) return { kind: 'closed' };
    lines += rows.length;
    if (rows.length < pageLength) return { kind: 'done', lines, next: previous.number + 1 };
  }
}

/** The row before the first one that is written. */
async function findPrevious(trail: Pick<Trail, 'rows'>, from: number): Promise<AuditHead> {
  if (from === 1) return { number: 0, hash: chainStart };
  const [row] = await trail.rows(from - 2, 1);
  const isThere = row?.number === String(from - 1) && row.hash !== '';
  return { number: from - 1, hash: isThere ? row.hash : chainStart };
}

/** False where it was closed before it was drained. */
async function isDrained(out: Writable): Promise<boolean> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    return await Promise.race([
      once(out, 'drain', { signal }).then(() => true),
      once(out, 'close', { signal }).then(() => false),
    ]);
  } catch {
    return false;
  } finally {
    stop.abort();
  }
}
