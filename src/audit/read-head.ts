import type { AuditHead } from '../store/audit-head.ts';

const written = /^([1-9]\d{0,14}):([0-9a-f]{64})$/;

/** Reads a head as it is written on a command line, `NUMBER:HASH`. Undefined: it is none. */
export function readHead(text: string): AuditHead | undefined {
  const [, number, hash] = written.exec(text.trim()) ?? [];
  return number === undefined || hash === undefined ? undefined : { number: Number(number), hash };
}
