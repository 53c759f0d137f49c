import type { AuditHead } from '../store/audit-head.ts';

const written = /^([1-9]\d{0,14}):([0-9a-f]{64})$/;
const event = /"event"\s*:\s*"audit-head"/;
const number = /"number"\s*:\s*([1-9]\d{0,14})\b/;
const hash = /"hash"\s*:\s*"([0-9a-f]{64})"/;

/**
 * Reads a head as it is written on a command line, `NUMBER:HASH`, or as it stands in a line of the log, whatever a
 * collector has put around that line. Undefined: it is none.
 */
export function readHead(text: string): AuditHead | undefined {
  const short = written.exec(text.trim());
  if (short !== null) return makeHead(short[1], short[2]);
  const line = text.replaceAll('\\"', '"');
  return event.test(line) ? makeHead(number.exec(line)?.[1], hash.exec(line)?.[1]) : undefined;
}

function makeHead(row: string | undefined, mac: string | undefined): AuditHead | undefined {
  return row === undefined || mac === undefined ? undefined : { number: Number(row), hash: mac };
}
