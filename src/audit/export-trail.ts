import type { Writable } from 'node:stream';
import type { AuditHead } from '../store/audit-head.ts';
import { chainStart } from '../store/create-audit-chain.ts';
import type { Trail } from '../store/open-trail.ts';
import { readPages } from './read-pages.ts';
import { writeExportLine } from './write-export-line.ts';
import { writeText } from './write-text.ts';

/** How an export ended. */
export type Exported =
  /** Everything that was there was written; the next record will have the number `next`. */
  | { readonly kind: 'done'; readonly lines: number; readonly next: number }
  /** Whoever read it went away. */
  | { readonly kind: 'closed' }
  /** What it is written to does not take it; the code is the system's. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The row of that number is not there or holds no event. */
  | { readonly kind: 'unreadable'; readonly row: number }
  /** The trail does not even reach to the row before: `last` is its last one. */
  | { readonly kind: 'beyond'; readonly last: number };

const pageLength = 500;

/** Writes every record from that number on as a line of JSON, in order, no faster than it is read. */
export async function exportTrail(
  trail: Pick<Trail, 'rows' | 'lastNumber'>,
  from: number,
  out: Writable,
): Promise<Exported> {
  let previous = await findPrevious(trail, from);
  if (previous === undefined) {
    const last = (await trail.lastNumber()) ?? 0;
    return last < from - 1 ? { kind: 'beyond', last } : { kind: 'unreadable', row: from - 1 };
  }
  for await (const rows of readPages(trail, previous.number, pageLength)) {
    let text = '';
    for (const row of rows) {
      const line = writeExportLine(row, previous);
      if (line === undefined) {
        const written = await writeText(out, text);
        return written.kind === 'written' ? { kind: 'unreadable', row: previous.number + 1 } : written;
      }
      text += `${line}\n`;
      previous = { number: previous.number + 1, hash: row.hash === '' ? chainStart : row.hash };
    }
    const written = await writeText(out, text);
    if (written.kind !== 'written') return written;
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
