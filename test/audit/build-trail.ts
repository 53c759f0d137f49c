import {
  type AuditChain,
  type AuditEventRow,
  chainStart,
  createAuditChain,
  formatAuditEvent,
} from '../../src/store/audit-trail/audit-chain.ts';
import type { AuditHead } from '../../src/store/audit-trail/chain-head.ts';
import type { Trail } from '../../src/store/audit-trail/open-trail.ts';
import type { TrailRow } from '../../src/store/audit-trail/trail-rows.ts';
import { auditKey } from '../support/audit-key.ts';

/** A row that is whole, which a tampering hand may make otherwise. */
export type BuiltRow = TrailRow & { readonly event: AuditEventRow };

export const chain = createAuditChain(auditKey);

/** A trail of so many different rows, chained as the store does. */
export function buildRows(count: number, given: AuditChain = chain): readonly BuiltRow[] {
  const rows: BuiltRow[] = [];
  let hash = chainStart;
  for (let number = 1; number <= count; number += 1) {
    const event = buildEvent(number);
    hash = given.hash(hash, formatAuditEvent(event, String(number)));
    rows.push({ number: String(number), hash, event });
  }
  return rows;
}

export function buildEvent(number: number): AuditEventRow {
  const isQuestion = number % 7 === 0;
  return {
    at: String(Date.UTC(2026, 6, 1) + number * 1000),
    kind: isQuestion ? 'question-refused' : 'try-ended',
    actor: `b0b00000-0000-4000-8000-${String(number % 50).padStart(12, '0')}`,
    instance: 'first',
    version: '0.1.0',
    request_id: isQuestion ? null : `request-${number % 90}`,
    correlation_id: isQuestion ? null : `correlation-${number % 90}`,
    operation_id: isQuestion ? null : `operation-${number % 90}`,
    customer_id: isQuestion ? null : `customer-${number % 9}`,
    user_id: isQuestion ? null : `user-${number % 90}`,
    state_before: isQuestion ? null : 'resetting',
    state_after: isQuestion ? null : 'reset',
    row_key: isQuestion ? null : `reset_requests/request-${number % 90}`,
    row_mac: isQuestion ? null : String(number).padStart(64, '0'),
    frozen: number % 5 === 0 ? 'f'.repeat(64) : null,
    about: `{"requester":{"id":"r-${number}","name":"Robin Sharp","tenantId":"t"}}`,
    facts: `{"outcome":"applied","try":${(number % 8) + 1}}`,
  };
}

/** Those rows as the database would give them, in the order of what stands for their numbers. */
export function asTrail(
  rows: readonly TrailRow[],
  { head, check = chain.check(0) }: { readonly head?: AuditHead | undefined; readonly check?: string | undefined } = {},
): Pick<Trail, 'bounds' | 'rows' | 'missing'> {
  const last = rows.at(-1);
  const known = head ?? { number: Number(last?.number ?? 0), hash: last?.hash ?? '' };
  // As in SQLite: nothing stands before, and what is no number behind all numbers.
  const numbers = rows.map(({ number }) => {
    if (number === null) return -Infinity;
    const read = Number(number);
    return Number.isNaN(read) ? Infinity : read;
  });
  return {
    bounds: () => Promise.resolve({ head: known, isEmpty: rows.length === 0, check }),
    missing: () => Promise.resolve(known.number - rows.length),
    rows: (after, atMost) => {
      const from = after === undefined ? 0 : numbers.findIndex((number) => number > after);
      return Promise.resolve(from === -1 ? [] : rows.slice(from, from + atMost));
    },
  };
}
