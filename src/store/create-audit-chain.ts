import { createHmac, createSecretKey } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** What makes rows a chain: nobody who lacks the key can make another hash that fits. Hashes are 64 hexadecimal digits. */
export type AuditChain = {
  /** The hash of an event that follows another, or `chainStart`. */
  hash(previous: string, event: string): string;
  /** Says, in a way that needs the key too, that the chain begins after the row of that number: kept in the database. */
  check(beginsAfter: number): string;
};

/** Stands for the hash before the first one. */
export const chainStart = '0'.repeat(64);

/** A chain with a key of 32 bytes in base64: `h(n) = HMAC-SHA256(key, h(n-1) ‖ canonical JSON of event n)`. */
export function createAuditChain(secret: Secret): AuditChain {
  const key = secret.reveal((base64) => Buffer.from(base64, 'base64'));
  if (key.length !== 32) throw new Error('an audit key is 32 bytes');
  const keyObject = createSecretKey(key);
  const mac = (...parts: readonly string[]): string => {
    const hmac = createHmac('sha256', keyObject);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
  return {
    hash: (previous, event) => mac(previous, event),
    check: (beginsAfter) => `${beginsAfter}:${mac(`locksmith audit chain begins after ${beginsAfter}`)}`,
  };
}
