import type { Database } from '../database/database.ts';
import { type ClockAgreement, createClockAgreement } from '../store-clock.ts';
import { type AlteredRow, createRowGuard, type RowGuard } from '../rows/row-guard.ts';
import type { AuditChain } from './audit-chain.ts';
import { createTrailFollower, type TrailFollower } from './follow-trail.ts';

/** The process that writes the trail. Without a chain it writes nothing, and so changes nothing that has to be recorded. */
export type AuditWriter = {
  /** Names this process. */
  readonly instance: string;
  /** The program's version. */
  readonly version: string;
  readonly chain: AuditChain | undefined;
  /** Follows the trail that the chain has written; undefined without a chain. */
  readonly follower: TrailFollower | undefined;
  /** Signs rows, and checks those that were read. Without a chain it checks nothing. */
  readonly rows: RowGuard;
  /** Whether what is counted in time may be decided. */
  readonly clocks: ClockAgreement;
  /** Receives the number of records that were written. Their transaction may still fail. */
  readonly wrote: (records: number) => void;
};

/** Creates the writer of one process on a database of that kind. `found` receives each row that is not as Locksmith wrote it last. */
export function createAuditWriter({
  kind,
  found = () => undefined,
  ...of
}: Pick<AuditWriter, 'instance' | 'version' | 'chain' | 'wrote'> & {
  readonly kind: Database['kind'];
  readonly found?: (altered: AlteredRow) => void;
}): AuditWriter {
  const { chain } = of;
  const follower =
    chain &&
    createTrailFollower(kind, chain, (record) => {
      found({ table: 'audit_records', how: 'changed', row: String(record) });
    });
  return { ...of, follower, clocks: createClockAgreement(), rows: createRowGuard(chain?.rows, follower, found) };
}
