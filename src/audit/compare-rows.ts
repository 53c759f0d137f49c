import { storeTunables } from '../base/index.ts';
import {
  type AuditChain,
  type AuditEventRow,
  nameSignable,
  readSignableRows,
  type SignableRow,
  type SignedTable,
  signedTables,
  type Trail,
} from '../store/index.ts';
import { type ChainResult, verifyChain } from './verify-chain.ts';

/**
 * A row that is not as the trail says. `added`: no record names it. `unsigned`: it has no MAC. `changed`: its MAC does not hold.
 * `rolled-back`: its MAC holds, and its newest record has another one, as after an older copy was put back. `removed`: it is not there. `freezes`: the freezes in force
 * are not those of the last record.
 */
export type RowFault =
  | { readonly kind: 'added' | 'unsigned' | 'changed' | 'rolled-back' | 'removed'; readonly row: string }
  | { readonly kind: 'freezes' };

export type RowsResult = { readonly rows: number; readonly faults: readonly RowFault[] };

/** Holds every row that decides something against the newest record that names it. */
type RowComparison = {
  /** Takes the next record of the trail. */
  readonly observe: (event: AuditEventRow) => void;
  /**
   * Compares the rows with the records that were observed until `checked`. While a bot writes, it reads on until rows and records
   * are of one instant; what differs every time is a fault.
   */
  compare(checked: ChainResult): Promise<RowsResult>;
};

/** Creates the comparison of the rows of one database with its trail. */
export function createRowComparison(
  trail: Pick<Trail, 'bounds' | 'rows' | 'missing' | 'signed'>,
  chain: AuditChain,
): RowComparison {
  const newest = new Map<string, string>();
  let frozen: string | undefined;
  return { observe, compare };

  function observe(event: AuditEventRow): void {
    frozen = event.frozen ?? undefined;
    if (event.row_key === null) return;
    if (event.row_mac === null) newest.delete(event.row_key);
    else newest.set(event.row_key, event.row_mac);
  }

  async function compare(checked: ChainResult): Promise<RowsResult> {
    // Of a trail that does not verify, no record proves anything: then a MAC is all there is.
    if (checked.kind === 'broken') {
      const { rows, faults } = await compareOnce();
      return { rows, faults: faults.filter(({ kind }) => kind === 'changed' || kind === 'unsigned') };
    }
    let { head } = checked;
    let found = await compareOnce();
    for (let round = 1; found.faults.length > 0 && round < storeTunables.comparedRounds; round += 1) {
      const { head: last } = await trail.bounds();
      if (last === undefined || last.number <= head.number) break;
      const further = await verifyChain({ trail, chain, since: head, observe });
      if (further.kind === 'broken') break;
      head = further.head;
      const again = await compareOnce();
      const before = new Set(found.faults.map((fault) => JSON.stringify(fault)));
      found = { rows: again.rows, faults: again.faults.filter((fault) => before.has(JSON.stringify(fault))) };
    }
    return found;
  }

  async function compareOnce(): Promise<RowsResult> {
    const faults: RowFault[] = [];
    const missing = new Set(newest.keys());
    const freezes: string[] = [];
    let rows = 0;
    for (const table of signedTables) {
      for await (const page of readSignableRows((after) => trail.signed(table, after))) {
        for (const row of page) {
          rows += 1;
          const name = nameSignable(table, row);
          missing.delete(name);
          const kind = judgeRow(table, row, newest.get(name));
          if (kind !== undefined) faults.push({ kind, row: name });
          if (table === 'freezes') freezes.push(String(row['mac']));
        }
      }
    }
    for (const row of missing) faults.push({ kind: 'removed', row });
    if (chain.rows.signFreezes(freezes) !== frozen) faults.push({ kind: 'freezes' });
    return { rows, faults };
  }

  function judgeRow(table: SignedTable, row: SignableRow, recorded: string | undefined) {
    const mac = row['mac'];
    if (mac === '') return 'unsigned';
    if (mac !== chain.rows.sign(table, row)) return 'changed';
    if (recorded === undefined) return 'added';
    return mac === recorded ? undefined : 'rolled-back';
  }
}
