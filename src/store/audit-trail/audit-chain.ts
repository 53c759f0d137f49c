import { createHmac, createSecretKey } from 'node:crypto';
import type { Secret } from '../../base/index.ts';
import { createRowSigner, type RowSigner } from '../rows/row-authentication.ts';

/** Chains the records: without the key no other hash fits. Hashes are 64 hexadecimal digits. */
export type AuditChain = {
  /** The hash of an event that follows another, or `chainStart`. */
  hash(previous: string, event: string): string;
  /** States under the key that the chain begins after the row of that number, and whether rows have MACs. The database keeps it. */
  check(beginsAfter: number, rows?: ChainCheck['rows']): string;
  /** Reads what `check` states; undefined where it was not stated with this key. */
  readCheck(kept: string): ChainCheck | undefined;
  /** Signs rows, with a key that follows from the chain's. */
  readonly rows: RowSigner;
};

/**
 * Where a chain begins. `rows`: whether rows have got their MACs. Who writes to the database can remove a statement that they have, and
 * cannot make one that they have not.
 */
export type ChainCheck = { readonly beginsAfter: number; readonly rows: 'unsigned' | 'signed' };

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
  const check: AuditChain['check'] = (beginsAfter, rows = 'signed') => {
    const said = rows === 'signed' ? ', and rows are signed' : '';
    return `${beginsAfter}:${mac(`locksmith audit chain begins after ${beginsAfter}${said}`)}`;
  };
  return {
    hash: (previous, event) => mac(previous, event),
    check,
    readCheck(kept) {
      const beginsAfter = Number.parseInt(kept, 10);
      const rows = (['signed', 'unsigned'] as const).find((one) => check(beginsAfter, one) === kept);
      return rows && { beginsAfter, rows };
    },
    rows: createRowSigner(key),
  };
}

/**
 * The part of a row that is chained; the hash is not part of it. `number` and `at` are texts, because an altered
 * database may hold values that no JavaScript number can.
 */
export type AuditEventRow = {
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly instance: string;
  readonly version: string;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
  readonly operation_id: string | null;
  readonly customer_id: string | null;
  readonly user_id: string | null;
  readonly state_before: string | null;
  readonly state_after: string | null;
  readonly row_key: string | null;
  readonly row_mac: string | null;
  readonly frozen: string | null;
  /** Both are JSON objects already, and canonical ones. */
  readonly about: string;
  readonly facts: string;
};

/** The canonical JSON of one event: names in order, no spaces, and what a row does not have is left out. */
export function formatAuditEvent(row: AuditEventRow, number: string): string {
  return (
    `{"about":${row.about},"actor":${JSON.stringify(row.actor)},"at":${row.at}` +
    formatMember('correlationId', row.correlation_id) +
    formatMember('customerId', row.customer_id) +
    `,"facts":${row.facts}` +
    formatMember('frozen', row.frozen) +
    `,"instance":${JSON.stringify(row.instance)},"kind":${JSON.stringify(row.kind)},"number":${number}` +
    formatMember('operationId', row.operation_id) +
    formatMember('requestId', row.request_id) +
    formatMember('row', row.row_key) +
    formatMember('rowMac', row.row_mac) +
    formatMember('stateAfter', row.state_after) +
    formatMember('stateBefore', row.state_before) +
    formatMember('userId', row.user_id) +
    `,"version":${JSON.stringify(row.version)}}`
  );
}

function formatMember(name: string, value: string | null): string {
  return value === null ? '' : `,"${name}":${JSON.stringify(value)}`;
}

/** What JSON can say, and `undefined` in an object for what is not said. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** JSON with the names in order and no spaces: equal values give equal texts. https://www.rfc-editor.org/rfc/rfc8785 */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, sortNames);
}

function sortNames(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
