import type { Writable } from 'node:stream';
import { type Log, systemClock } from '../../base/index.ts';
import type { AuditSettings } from '../../config/index.ts';
import { openStore, StoreError } from '../../store/index.ts';

/**
 * Begins the chain of a trail that is older than it, by the operator's word: `beginsAfter` is how many records it has. Where that
 * is not so it says how many there are, and nothing is done. Returns the exit status. A database that has its chain is only opened.
 */
export async function beginChain(
  { databaseUrl: url, auditKey }: AuditSettings,
  beginsAfter: number | undefined,
  { output, errors }: { readonly output: Writable; readonly errors: Writable },
): Promise<number> {
  if (auditKey === undefined) {
    errors.write('AUDIT_KEY is not set, and no sandbox has kept one beside the database: nothing can be chained.\n');
    return 2;
  }
  const said: string[] = [];
  const trailLog: Log = (event) => {
    said.push(JSON.stringify(event));
  };
  try {
    const of = { url, auditKey, clock: systemClock, instance: 'audit-begin', trailLog };
    const store = await openStore({ ...of, chainBeginsAfter: beginsAfter });
    await store.close();
  } catch (failure) {
    if (!(failure instanceof StoreError) || failure.records === undefined) throw failure;
    const { records } = failure;
    errors.write(
      `The trail has no chain, and ${records === 1 ? '1 record' : `${records} records`}. Nothing was done. If this is the upgrade from a version without a chained trail, and it had so many records: npm run audit -- begin --chain-begins-after ${records}\n`,
    );
    return 1;
  }
  output.write(`${[...said, 'The audit trail has its chain. Start the bot.'].join('\n')}\n`);
  return 0;
}
