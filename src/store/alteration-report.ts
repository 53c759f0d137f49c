import { LRUCache } from 'lru-cache';
import { type Clock, type Log, storeTunables } from '../base/index.ts';
import type { AlteredRow } from './row-guard.ts';

/** Tells of rows that are not as Locksmith wrote them, each once in a while: a bot reads the same row every few seconds. */
export type AlterationReport = {
  readonly found: (altered: AlteredRow) => void;
  /** From now on `tell` hears of each, and at once of those that were found before. */
  readonly watch: (tell: (altered: AlteredRow) => void) => void;
};

/** Creates the report of one process. Each row that it tells of is an error in the log too. */
export function createAlterationReport(clock: Clock, log: Log | undefined): AlterationReport {
  const told = new LRUCache<string, number>({ max: storeTunables.maxToldAlterations });
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
