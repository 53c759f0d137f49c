import { type Clock, createBoundedCache, type Log, storeTunables } from '../../base/index.ts';
import type { TrailFollower } from '../audit-trail/follow-trail.ts';
import { StoreError } from '../database/store-error.ts';
import { nameRow, readRowMark, type RowMark, type RowSigner, type SignedTable } from './row-authentication.ts';

/** A row as a query reads it that also selects what the trail says of it. */
export type StoredRow<Row> = Row & { readonly mac: string; readonly newest: string | null };

/**
 * Rows that were changed past Locksmith. `changed`: the MAC does not hold. `not-newest`: it holds, and the trail's newest record
 * of the row knows another one. `removed`: the row is not there any more.
 */
export type AlteredRow = {
  readonly table: SignedTable | 'audit_records';
  readonly how: 'changed' | 'not-newest' | 'removed';
  /** Its key; undefined where that is not of the form of a key, and where it is about several rows. */
  readonly row: string | undefined;
};

/** Signs rows that are written, and checks rows that were read. */
export type RowGuard = {
  /** The row with its MAC. */
  readonly sign: <Table extends SignedTable, Row extends Parameters<typeof nameRow<Table>>[1]>(
    table: Table,
    row: Row,
  ) => SignedRow<Row>;
  /**
   * Throws a `StoreError` `row-altered` unless the row is as Locksmith wrote it last: its MAC holds, the trail's newest record of
   * the row says the same MAC, and this process knows of no newer one. Reports a row that is not.
   */
  readonly require: <Table extends SignedTable>(
    table: Table,
    row: StoredRow<Parameters<typeof nameRow<Table>>[1]>,
  ) => void;
  /**
   * What the trail says of a row, in the form of `selectNewest`, as far as this process remembers. In a transaction that has followed
   * the trail to its end, nothing is newer.
   */
  readonly remembered: (key: string) => string | undefined;
  /** The MAC of all freezes in force together. */
  readonly signFreezes: (rows: readonly { readonly mac: string }[]) => string | undefined;
  /**
   * Throws a `StoreError` `row-altered` unless these are the freezes that the trail says are in force: `frozen` of its last
   * record. A freeze that was removed, or put back, is found by that.
   */
  readonly requireFreezes: (rows: readonly { readonly mac: string }[], frozen: string | undefined) => void;
  /** Whether `require` lets the row pass. It reports one that is not as Locksmith wrote it last. */
  readonly accepts: <Table extends SignedTable>(
    table: Table,
    row: StoredRow<Parameters<typeof nameRow<Table>>[1]>,
  ) => boolean;
  /** Reports that a row is gone, and throws a `StoreError` `row-altered`, if this process knows that it was there. */
  readonly requireNeverThere: (table: SignedTable, key: string) => void;
  /**
   * Notes that a row is gone which the trail says is there. In a transaction it is reported; a read beside all transactions has to
   * be made again in one first.
   */
  readonly noteRemoved: (table: SignedTable, key: string) => void;
  /** Whether the MAC of the row holds, whatever the trail says. */
  readonly holds: (table: SignedTable, row: { readonly mac: string }) => boolean;
  readonly report: (altered: AlteredRow) => void;
  /**
   * The same guard for a read outside of a transaction, taken before it. What this process comes to know while it reads says
   * nothing against what was read.
   */
  readonly beforeRead: () => RowGuard;
  /**
   * Whether it has let a row pass for which a record vouches that this process has not followed, or has noted one that is gone. Then
   * the read has to be made again in a transaction, which verifies the trail first.
   */
  readonly isAhead: () => boolean;
};

/** A signed row, and how the record of the step names it. */
export type SignedRow<Row> = {
  readonly row: Row & { readonly mac: string };
  readonly mark: { readonly key: string; readonly mac: string };
};

/**
 * Creates the guard of a store. Without a signer nothing can be signed and nothing is checked: such a process only reads, and
 * decides nothing.
 */
export function createRowGuard(
  signer: RowSigner | undefined,
  follower: Pick<TrailFollower, 'known' | 'end' | 'hasFollowed' | 'brokenUntil'> | undefined,
  report: (altered: AlteredRow) => void,
  upTo = Infinity,
): RowGuard {
  let ahead = false;
  const holds: RowGuard['holds'] = (table, row) => signer === undefined || signer.sign(table, row) === row.mac;
  return {
    sign(table, row) {
      if (signer === undefined) throw new Error('no row is written without the key of the trail');
      const mac = signer.sign(table, row);
      return { row: { ...row, mac }, mark: { key: nameRow(table, row), mac } };
    },
    require(table, row) {
      if (!accepts(table, row)) throw new StoreError('row-altered');
    },
    accepts,
    isAhead: () => ahead,
    remembered(key) {
      const known = findKnown(key);
      return known === undefined ? undefined : `${known.number}:${known.mac ?? ''}`;
    },
    signFreezes: (rows) => signer?.signFreezes(rows.map(({ mac }) => mac)),
    requireFreezes(rows, frozen) {
      if (signer === undefined) return;
      const areOurs = rows.every((row) => holds('freezes', row));
      if (areOurs && signer.signFreezes(rows.map(({ mac }) => mac)) === frozen) return;
      report({ table: 'freezes', how: areOurs ? 'not-newest' : 'changed', row: undefined });
      throw new StoreError('row-altered');
    },
    requireNeverThere(table, key) {
      if (findKnown(key)?.mac === undefined) return;
      report({ table, how: 'removed', row: describeKey(key) });
      throw new StoreError('row-altered');
    },
    noteRemoved(table, key) {
      if (upTo < Infinity) goAhead();
      else report({ table, how: 'removed', row: describeKey(key) });
    },
    holds,
    report,
    beforeRead: () => createRowGuard(signer, follower, report, follower?.end()?.number ?? 0),
  };

  function accepts<Table extends SignedTable>(
    table: Table,
    row: StoredRow<Parameters<typeof nameRow<Table>>[1]>,
  ): boolean {
    if (signer === undefined) return true;
    const how = holds(table, row) ? 'not-newest' : 'changed';
    if (how === 'not-newest' && isNewest(row.mac, readRowMark(row.newest), nameRow(table, row))) return true;
    report({ table, how, row: describeKey(nameRow(table, row)) });
    return false;
  }

  /**
   * Whether the trail's newest record of a row, as it was read with the row, is that record and has this MAC. A record that this
   * process has followed is what it was then: one that names another row since was altered. A record that it has not followed
   * yet passes for now, and `isAhead` says so.
   */
  function isNewest(mac: string, recorded: RowMark | undefined, key: string): boolean {
    if (recorded?.mac !== mac || follower === undefined) return recorded?.mac === mac;
    if (recorded.number <= follower.brokenUntil()) return false;
    const known = follower.known(key);
    if (recorded.number > Math.min(upTo, follower.end()?.number ?? 0)) {
      const isKnown = known?.number === recorded.number && known.mac === mac;
      if (!isKnown) goAhead();
      return true;
    }
    if (known === undefined) return !follower.hasFollowed(recorded.number);
    // What was learned during the read says nothing against what was read.
    return known.number > upTo || (recorded.number === known.number && known.mac === mac);
  }

  /** A process that has not begun to follow the trail only reads. */
  function goAhead(): void {
    if (follower?.end() !== undefined) ahead = true;
  }

  function findKnown(key: string): RowMark | undefined {
    const known = follower?.known(key);
    return known === undefined || known.number > upTo ? undefined : known;
  }
}

/** What stands in a database may be anything, and is shown to people. */
function describeKey(key: string): string | undefined {
  const shown = key.slice(key.indexOf('/') + 1);
  return /^[\w/-]{1,80}$/.test(shown) ? shown : undefined;
}

/** Tells of rows that are not as Locksmith wrote them, each once in a while: a bot reads the same row every few seconds. */
export type AlterationReport = {
  readonly found: (altered: AlteredRow) => void;
  /** From now on `tell` hears of each, and at once of those that were found before. */
  readonly watch: (tell: (altered: AlteredRow) => void) => void;
};

/** Creates the report of one process. Each row that it tells of is an error in the log too. */
export function createAlterationReport(clock: Clock, log: Log | undefined): AlterationReport {
  const told = createBoundedCache<string, number>(storeTunables.maxToldAlterations);
  const early: AlteredRow[] = [];
  let tell = (altered: AlteredRow): void => {
    if (early.length < storeTunables.maxToldAlterations) early.push(altered);
  };
  return {
    found(altered) {
      const { table, how, row } = altered;
      const what = JSON.stringify([table, how, row]);
      const now = clock.now();
      const last = told.peek(what);
      if (last !== undefined && now - last < storeTunables.alteredRowToldAgainMilliseconds) return;
      told.set(what, now);
      log?.({ level: 'error', event: 'row-altered', table, how, row });
      tell(altered);
    },
    watch(next) {
      tell = next;
      for (const altered of early.splice(0)) next(altered);
    },
  };
}
