import { createLog, type Log } from '../base/index.ts';
import { createInstrumentation, type Instrumentation } from '../observability/index.ts';
import { createFindOwedNote, type RaiseAlarm, raiseOncePerSealingKey, type Tickets } from '../reset/index.ts';
import { createSealer, createStoreClock, type KeyedSealer, openStore, type Store } from '../store/index.ts';
import { createTickets } from '../tickets/index.ts';
import type { AppSettings } from './app-settings.ts';
import type { Platform } from './platform.ts';

/** What all other parts are built on. */
export type Foundation = {
  readonly platform: Platform;
  readonly clock: Platform['clock'];
  readonly log: Log;
  /** Writes the lines of the audit trail at every `LOG_LEVEL`: only printed heads show that the trail's end was cut off. */
  readonly trailLog: Log;
  /** A random name of this process, which its leases carry. */
  readonly instance: string;
  readonly sealer: KeyedSealer;
  readonly store: Store;
  /** The clock that judges leases, one for all instances. */
  readonly storeClock: Awaited<ReturnType<typeof createStoreClock>>;
  readonly restoredFrom: Awaited<ReturnType<Store['restoredFrom']>>;
  readonly instrumentation: Instrumentation;
  readonly raiseAlarm: RaiseAlarm;
  /** The port to the ticket system, where there is one. */
  readonly tickets: Tickets | undefined;
};

/** Opens the store, and builds what needs no other part. */
export async function openFoundation(settings: AppSettings, platform: Platform): Promise<Foundation> {
  const { clock, random, write } = platform;
  const log = createLog({ write, clock, level: settings.logLevel });
  const trailLog = createLog({ write, clock, level: 'info' });
  const instance = random.token();
  const sealer = createSealer(settings.sealingKeys, random.bytes);
  const { databaseUrl: url, auditKey } = settings;
  const { ticketSystem, ticketTimeMinutes } = settings;
  const tickets =
    ticketSystem === undefined || ticketSystem === 'off'
      ? undefined
      : createTickets(ticketSystem, { fetch: platform.fetch, clock }, ticketTimeMinutes);
  const findOwedNote = createFindOwedNote(tickets);
  const store = await openStore({ url, clock, instance, auditKey, log, trailLog, findOwedNote });
  const instrumentation = await createInstrumentation(settings.metrics, { clock, log });
  const raiseAlarm = raiseOncePerSealingKey(instrumentation.instrumentAlarms(settings.raiseAlarm));
  store.watchAlterations((altered) => {
    raiseAlarm({ kind: 'row-altered', ...altered });
  });
  const storeClock = await createStoreClock(store, clock, log, (milliseconds) => {
    raiseAlarm({ kind: 'clocks-disagree', milliseconds });
  });
  const restoredFrom = await store.restoredFrom();
  return {
    platform,
    clock,
    log,
    trailLog,
    instance,
    sealer,
    store,
    storeClock,
    restoredFrom,
    instrumentation,
    raiseAlarm,
    tickets: tickets && instrumentation.instrumentTickets(tickets),
  };
}
