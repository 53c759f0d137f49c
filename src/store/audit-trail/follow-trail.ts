import type { Kysely } from 'kysely';
import { createBoundedCache, storeTunables } from '../../base/index.ts';
import { type Database, readSetting, type Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import type { RowMark } from '../rows/row-authentication.ts';
import { type AuditChain, type AuditEventRow, chainStart, formatAuditEvent } from './audit-chain.ts';
import { type AuditHead, chainBeginningSetting } from './chain-head.ts';
import { createRememberedRequests, type RememberedRequests } from './remembered-requests.ts';
import { readTrailRows, type TrailRow } from './trail-rows.ts';

/** The end of the trail, and the MAC of all freezes in force there; undefined where none is. */
export type TrailEnd = { readonly number: number; readonly hash: string; readonly frozen: string | undefined };

/**
 * Follows the trail from the start of this process on. Somebody who writes to the database may remove or change records that
 * were there, together with the rows that they are about. This process has verified and remembers them.
 */
export type TrailFollower = {
  /**
   * Verifies with the key what was written since the last time, and resolves with the end of the trail. It has to be called in a
   * transaction that holds the head, and that has read it so. Throws a `StoreError` `audit-end-altered` if a record does not fit, or the trail is
   * shorter than it was.
   */
  follow(trx: Kysely<Schema>, head: AuditHead): Promise<TrailEnd>;
  /**
   * Notes a record that this process writes, before it is committed, and the hash that it follows. Where the next transaction finds
   * it at the head, it is committed, and nothing of it has to be read again.
   */
  noteWritten(record: FollowedRecord, follows: string): void;
  /** Takes over records that this process has written and committed. */
  remember(records: readonly FollowedRecord[]): void;
  /** What the newest record says of a row, as far as this process remembers. */
  known(key: string): RowMark | undefined;
  /** Whether this process has verified that record, and remembers the row that it is about. */
  hasFollowed(number: number): boolean;
  /** What was in force at the last record that was followed; undefined before the first one. */
  end(): TrailEnd | undefined;
  /** The last record that did not fit when this process started; 0 where all did. Nothing up to it proves anything. */
  brokenUntil(): number;
  /** What the records that were followed say of requests. */
  readonly requests: Pick<RememberedRequests, 'underWay' | 'confirmedAfter'>;
};

/** What is remembered of a record. */
export type FollowedRecord = TrailEnd & {
  readonly key: string | undefined;
  readonly mac: string | undefined;
  readonly event: AuditEventRow;
};

/** Creates the follower of one process. `foundBroken` receives the last record that does not fit at the start. */
export function createTrailFollower(
  kind: Database['kind'],
  chain: AuditChain,
  foundBroken: (record: number) => void,
): TrailFollower {
  /** Nothing up to this record is remembered for sure. */
  let forgottenUpTo = 0;
  const rows = createBoundedCache<string, RowMark>(storeTunables.maxRememberedRows, ({ number }) => {
    forgottenUpTo = Math.max(forgottenUpTo, number);
  });
  const requests = createRememberedRequests();
  /** By their hashes. What was rolled back stays until the trail has passed its number. */
  const written = new Map<string, { readonly record: FollowedRecord; readonly follows: string }>();
  let seen: TrailEnd | undefined;
  let broken = 0;
  return {
    follow,
    requests,
    noteWritten(record, follows) {
      written.set(record.hash, { record, follows });
    },
    remember,
    known: (key) => rows.peek(key),
    hasFollowed: (number) => number > forgottenUpTo && number <= (seen?.number ?? 0),
    end: () => seen,
    brokenUntil: () => broken,
  };

  async function follow(trx: Kysely<Schema>, head: AuditHead): Promise<TrailEnd> {
    if (seen === undefined) {
      const beginning = await findBeginning(trx, head.number);
      forgottenUpTo = Math.max(forgottenUpTo, beginning.number);
      seen = await verifySince(trx, beginning, 'at-start');
      // The very last record has to fit: it says what is frozen.
      if (broken > 0 && broken >= seen.number) throw new StoreError('audit-end-altered');
      if (broken > 0) foundBroken(broken);
    }
    if (head.number < seen.number) throw new StoreError('audit-end-altered');
    if (head.number > seen.number) remember(findWritten(seen, head));
    if (head.number > seen.number) seen = await verifySince(trx, seen, 'later');
    const { number, hash } = seen;
    if (number !== head.number || hash !== (head.hash === '' ? chainStart : head.hash)) {
      throw new StoreError('audit-end-altered');
    }
    return seen;
  }

  /**
   * Verifies the records after that one, and resolves with the last. At the start a record that does not fit is passed over, so
   * that an altered trail does not end all work for ever: what stands after it is verified, and what stands before proves nothing of a row. It still counts against limits.
   */
  async function verifySince(trx: Kysely<Schema>, since: TrailEnd, when: 'at-start' | 'later'): Promise<TrailEnd> {
    let good = since;
    for (;;) {
      const page = await readTrailRows({ db: trx, kind }, good.number, storeTunables.verifiedPageRecords);
      for (const row of page) {
        const record = followRecord(chain, good, row);
        if (record === undefined && when === 'later') throw new StoreError('audit-end-altered');
        const anchor = record ?? readAnchor(row);
        if (record === undefined) {
          broken = anchor.number;
          rows.clear();
          if (row.event !== undefined) requests.observe(row.event, 'unverified');
        } else {
          observe(record);
        }
        good = anchor;
      }
      if (page.length < storeTunables.verifiedPageRecords) return good;
    }
  }

  /** What this process has written between those two ends of the trail; nothing where another one wrote some of it. */
  function findWritten({ number: since, hash: beginning }: TrailEnd, head: AuditHead): readonly FollowedRecord[] {
    const found: FollowedRecord[] = [];
    let { hash } = head;
    for (let { number } = head; number > since; number -= 1) {
      const own = written.get(hash);
      if (own?.record.number !== number) return [];
      found.push(own.record);
      hash = own.follows;
    }
    return hash === beginning ? found.toReversed() : [];
  }

  /** A transaction that has committed later may have been followed already. */
  function remember(records: readonly FollowedRecord[]): void {
    for (const record of records) {
      const { number, hash, frozen } = record;
      if (number <= (seen?.number ?? -1)) continue;
      seen = { number, hash, frozen };
      observe(record);
    }
    for (const [hash, { record }] of written) if (record.number <= (seen?.number ?? -1)) written.delete(hash);
  }

  function observe({ number, key, mac, event }: FollowedRecord): void {
    if (key !== undefined) rows.set(key, { number, mac });
    requests.observe(event, 'verified');
  }

  /** Not the whole trail: `audit -- verify` reads that. What is older than these records is judged by the index of the trail. */
  async function findBeginning(trx: Kysely<Schema>, last: number): Promise<TrailEnd> {
    // Read anew, and so checked anew: a database may answer the same question differently.
    const check = chain.readCheck((await readSetting(trx, chainBeginningSetting)) ?? '');
    if (check === undefined || check.beginsAfter > last) throw new StoreError('audit-end-altered');
    const number = Math.max(last - storeTunables.followedRecords, check.beginsAfter, 0);
    if (number === 0) return { number, hash: chainStart, frozen: undefined };
    const row = await trx.selectFrom('audit_records').select('hash').where('number', '=', number).executeTakeFirst();
    if (row === undefined) throw new StoreError('audit-end-altered');
    // What the record itself says is not verified; of records from before the chain nothing is.
    return { number, hash: row.hash === '' ? chainStart : row.hash, frozen: undefined };
  }
}

/** A record that does not fit, as the one that the next has to follow. What is no number of ours cannot be passed over. */
function readAnchor({ number, hash }: TrailRow): TrailEnd {
  if (number === null || !/^\d{1,15}$/.test(number)) throw new StoreError('audit-end-altered');
  return { number: Number(number), hash: hash === '' ? chainStart : hash, frozen: undefined };
}

/** The record as it is remembered, or undefined where this row does not follow the record before with the key. */
export function followRecord(
  chain: AuditChain,
  before: Pick<TrailEnd, 'number' | 'hash'>,
  row: TrailRow,
): FollowedRecord | undefined {
  const number = before.number + 1;
  if (row.number !== String(number) || row.event === undefined) return undefined;
  const hash = chain.hash(before.hash, formatAuditEvent(row.event, row.number));
  return hash === row.hash ? { number, hash, ...readMembers(row.event) } : undefined;
}

/** What a record says of a row, and of the freezes in force. */
function readMembers(event: AuditEventRow) {
  const { row_key: key, row_mac: mac, frozen } = event;
  return { key: key ?? undefined, mac: mac ?? undefined, frozen: frozen ?? undefined, event };
}
