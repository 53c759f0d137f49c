import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { type AliasedRawBuilder, sql } from 'kysely';
import { asId, type ResetRequestId } from '../../base/index.ts';
import { isReferenceOf } from '../../reset/index.ts';

/** The tables whose rows decide something, each with the columns of its primary key. */
export const primaryKeys = {
  reset_requests: ['id'],
  open_questions: ['id'],
  freezes: ['scope'],
  contacts: ['object_id', 'tenant_id'],
  ticket_notes: ['id'],
  readable_facts: ['customer_id', 'fact'],
} as const;

export type SignedTable = keyof typeof primaryKeys;

/** Those of an older version than their MACs, in the order in which they are taken over. */
export const takenOverTables = [
  'freezes',
  'contacts',
  'open_questions',
  'reset_requests',
] as const satisfies SignedTable[];

export const signedTables = [...takenOverTables, 'ticket_notes', 'readable_facts'] as const satisfies SignedTable[];

/** Signs rows: without the key no other MAC fits. MACs are 64 hexadecimal digits. */
export type RowSigner = {
  /** The MAC of a row under the name of its table. */
  sign(table: SignedTable, row: object): string;
  /** One MAC for all freezes in force together; undefined where none is. */
  signFreezes(macs: readonly string[]): string | undefined;
};

/**
 * A signer with a key of its own, which follows from the audit key by HKDF-SHA256 (RFC 5869). A MAC of a row is thereby none
 * of a record, and the other way round.
 */
export function createRowSigner(auditKey: Buffer): RowSigner {
  const derived = Buffer.from(hkdfSync('sha256', auditKey, '', 'locksmith row authentication 1', 32));
  const key = createSecretKey(derived);
  const mac = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  return {
    sign: (table, row) => mac(canonicalRow(table, row)),
    signFreezes: (macs) =>
      macs.length === 0 ? undefined : mac(JSON.stringify(['locksmith freezes 1', ...macs.toSorted()])),
  };
}

/** What a read adds to a row, and what no row is signed with. */
const unsigned: ReadonlySet<string> = new Set(['mac', 'newest']);

/**
 * The one text of a row: its table, and each column with its value, in the order of their names. A column that is null is left
 * out, so that one which a later version adds makes no older MAC void. Text is what the database makes of it: half a
 * surrogate pair becomes U+FFFD. A reference that follows from the id of its request is left out: it came with a later version,
 * and the id says it. Any other is signed with the row, so no MAC of ours holds.
 */
function canonicalRow(table: SignedTable, row: object): string {
  const columns = Object.entries(row)
    .filter(([name, value]) => !unsigned.has(name) && value !== null && !isDerived(row, name, value))
    .map(([name, value]) => [name, canonicalValue(value)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(['locksmith row 1', table, columns]);
}

function isDerived(row: object, name: string, value: unknown): boolean {
  if (name !== 'reference' || typeof value !== 'string' || !('id' in row) || typeof row.id !== 'string') return false;
  return isReferenceOf(value, asId<ResetRequestId>(row.id));
}

/** SQLite keeps any type in any column. What is neither text nor a number is written as its type, and so fits no MAC of ours. */
function canonicalValue(value: unknown): string | number | readonly string[] {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'number' ? value : [typeof value];
}

/** The name of a row in the trail: its table and its primary key. */
export function nameRow<Table extends SignedTable>(
  table: Table,
  row: Readonly<Record<(typeof primaryKeys)[Table][number], string>>,
): string {
  const columns: readonly (typeof primaryKeys)[Table][number][] = primaryKeys[table];
  return [table, ...columns.map((column) => row[column])].join('/').toWellFormed();
}

/**
 * Selects what the newest record of the trail says of each row: the number of the record, a colon and the MAC. It stands in
 * the statement that reads the row, so both are of one instant. It is one look-up in an index. A record beyond the head of the
 * trail is none of ours.
 */
export function selectNewest(table: SignedTable): AliasedRawBuilder<string | null, 'newest'> {
  const key = sql.join(
    [sql.lit(table), ...primaryKeys[table].map((column) => sql.ref(`${table}.${column}`))],
    sql` || '/' || `,
  );
  return sql<string | null>`(select cast(number as text) || ':' || coalesce(row_mac, '') from audit_records
    where row_key = ${key} and number <= (select number from audit_head) order by number desc limit 1)`.as('newest');
}

/** What the trail says of a row: the number of the record, and the row's MAC. Without a MAC the row was removed. */
export type RowMark = { readonly number: number; readonly mac: string | undefined };

/** Reads what `selectNewest` selects; undefined where no record names the row, or it is not of that form. */
export function readRowMark(newest: string | null): RowMark | undefined {
  const [, number, mac] = /^(\d{1,15}):((?:[0-9a-f]{64})?)$/.exec(newest ?? '') ?? [];
  return number === undefined ? undefined : { number: Number(number), mac: mac === '' ? undefined : mac };
}
