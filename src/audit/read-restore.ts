import type { TrailRow } from '../store/read-trail-rows.ts';
import type { Restore } from './restore.ts';

/** What a row says of a restore, which is how a bot begins that finds itself on a backup; undefined of any other row. */
export function readRestore({ event }: TrailRow, row: number): Restore | undefined {
  if (event?.kind !== 'restored') return undefined;
  const facts: unknown = JSON.parse(event.facts);
  const from = typeof facts === 'object' && facts !== null && 'from' in facts ? facts.from : undefined;
  return { row, at: Number(event.at), from: typeof from === 'number' ? from : undefined };
}
