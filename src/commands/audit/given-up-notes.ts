import type { Writable } from 'node:stream';
import { z } from 'zod';
import { writeText } from '../../audit/index.ts';
import { storeTunables } from '../../base/index.ts';
import { readPages, type Trail, type TrailRow } from '../../store/index.ts';

const factsShape = z.object({ ticket: z.string(), outcome: z.string(), why: z.string() });

/**
 * Writes a line for each note in the trail that the ticket system did not take in three days: when it was given up, the ticket,
 * the outcome, why, and the correlation id by which the other records of that reset are found. `progress` is told the number of
 * the last row of each page.
 */
export async function listGivenUpNotes(
  trail: Pick<Trail, 'rows'>,
  output: Writable,
  progress: (row: number) => void,
): Promise<
  { readonly kind: 'written' | 'closed'; readonly count: number } | { readonly kind: 'refused'; readonly code: string }
> {
  let count = 0;
  let last = 0;
  for await (const rows of readPages(trail, 0, storeTunables.exportedPageRecords)) {
    const found = rows.flatMap(readNote);
    count += found.length;
    last += rows.length;
    progress(last);
    if (found.length === 0) continue;
    const written = await writeText(output, found.join(''));
    if (written.kind === 'refused') return written;
    if (written.kind === 'closed') return { kind: 'closed', count };
  }
  return { kind: 'written', count };
}

function readNote({ event }: TrailRow): readonly string[] {
  if (event?.kind !== 'note-given-up') return [];
  const read = factsShape.safeParse(JSON.parse(event.facts));
  if (!read.success) return [];
  const { ticket, outcome, why } = read.data;
  const at = new Date(Number(event.at)).toISOString();
  // JSON, because the ticket is what somebody typed.
  return [`${JSON.stringify({ givenUpAt: at, ticket, outcome, why, correlationId: event.correlation_id })}\n`];
}
