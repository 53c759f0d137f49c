import { findObjects } from './find-objects.ts';
import type { PrintedHead } from './printed-head.ts';

/** Each collector that puts a line into a text of its own escapes it once more. */
const mostDepth = 8;
const mostNesting = 100;
const named = /audit-head(?![\w-])/;

/**
 * Reads the heads that stand in a line of the log, whatever a collector has put around that line, be it more events, other
 * objects, or one text in another. `isUnread`: the line names a head that could not be read.
 */
export function readHeads(line: string): { readonly heads: readonly PrintedHead[]; readonly isUnread: boolean } {
  if (!named.test(line)) return { heads: [], isUnread: false };
  const heads: PrintedHead[] = [];
  let unread = 0;
  readText(line, 0);
  return { heads, isUnread: unread > 0 || heads.length === 0 };

  function readText(text: string, depth: number): void {
    if (!named.test(text)) return;
    const before = heads.length + unread;
    if (depth < mostDepth) {
      for (const value of findObjects(text)) readValue(value, depth + 1, 0);
      // An escaped line that stands outside of any JSON text.
      if (heads.length + unread === before && text.includes('\\')) readText(unescape(text), depth + 1);
    }
    if (heads.length + unread === before) unread += 1;
  }

  function readValue(value: unknown, depth: number, nesting: number): void {
    if (typeof value === 'string') return readText(value, depth);
    if (typeof value !== 'object' || value === null || nesting > mostNesting) return;
    if ('event' in value && value.event === 'audit-head') {
      const head = readHead(value);
      if (head === undefined) unread += 1;
      else heads.push(head);
      return;
    }
    for (const part of Object.values(value)) if (part !== 'audit-head') readValue(part, depth, nesting + 1);
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\(["\\/])/g, '$1');
}

/** Some collectors make texts of all numbers. */
function readHead(value: object): PrintedHead | undefined {
  const number = 'number' in value ? String(value.number) : '';
  const hash = 'hash' in value ? value.hash : undefined;
  if (!/^[1-9]\d{0,14}$/.test(number) || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  const at = 'at' in value && typeof value.at === 'string' ? Date.parse(value.at) : Number.NaN;
  return { number: Number(number), hash, ...(!Number.isNaN(at) && { at }) };
}
