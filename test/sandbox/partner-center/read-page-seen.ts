import { readPage, type WirePage } from '../../../src/partner-center/wire-format.ts';
import type { Seen } from './start-pretend.ts';

/** Reads an answer as a page of a collection; throws `RangeError` where it is none. */
export function readPageSeen(seen: Seen): WirePage<unknown> {
  const page = readPage(seen.json, (value) => value);
  if (seen.status !== 200 || page === undefined) throw new RangeError(`This is no page: ${seen.status} ${seen.text}`);
  return page;
}
