import { Counter, Gauge, type Registry } from 'prom-client';
import metadata from '../../package.json' with { type: 'json' };
import { type Clock, observabilityTunables, resolveWithin } from '../base/index.ts';
import type { NotesSummary, RaiseAlarm } from '../reset/index.ts';
import { labelValues } from './metric-labels.ts';

/** Sources of figures that are read at every scrape; each returns at once. A figure without a source is not exported. */
type HealthSources = {
  /** How many customers and users the directory keeps in memory. */
  readonly directory?: () => { readonly customers: number; readonly users: number };
  /** How many alarms the webhook never got. */
  readonly alarmFailures?: () => number;
  /** When a person has to sign in again, in milliseconds since 1970; undefined where that is unknown. */
  readonly signInExpiresAt?: () => number | undefined;
  /** Whether Partner Center can be signed in to, as far as is known. */
  readonly signInIsGood?: () => boolean;
  /** Reads how many notes wait for the ticket system. */
  readonly ticketNotes?: () => Promise<NotesSummary>;
};

/** Takes sources, in one go or one after the other. */
export function createHealthGauges(registry: Registry, clock: Clock): (sources: HealthSources) => void {
  const registers = [registry];
  return ({ directory, alarmFailures, signInExpiresAt, signInIsGood, ticketNotes }) => {
    if (ticketNotes !== undefined) registerNoteGauges(registry, clock, ticketNotes);
    if (directory !== undefined) {
      const entries = new Gauge({
        name: 'locksmith_directory_entries',
        help: 'Customers, and users of all customers together, that the directory keeps in memory.',
        labelNames: ['kind'] as const,
        registers,
        collect() {
          const { customers, users } = directory();
          entries.set({ kind: 'customers' }, customers);
          entries.set({ kind: 'users' }, users);
        },
      });
    }
    if (alarmFailures !== undefined) {
      const failures = new Counter({
        name: 'locksmith_alarm_failures_total',
        help: 'Alarms that the webhook never got.',
        registers,
        collect() {
          failures.reset();
          failures.inc(alarmFailures());
        },
      });
    }
    if (signInExpiresAt !== undefined) {
      const left = new Gauge({
        name: 'locksmith_sign_in_expires_seconds',
        help: 'Seconds until the service account has to sign in anew; below 0 it is over, absent where no one knows.',
        registers,
        collect() {
          const at = signInExpiresAt();
          if (at === undefined) left.remove();
          else left.set((at - clock.now()) / 1000);
        },
      });
    }
    if (signInIsGood !== undefined) {
      const good = new Gauge({
        name: 'locksmith_sign_in_good',
        help: 'Whether Partner Center can be signed in to, as far as is known: 1, or 0 where resets wait for a person.',
        registers,
        collect() {
          good.set(signInIsGood() ? 1 : 0);
        },
      });
    }
  };
}

/** Gauges of the notes that wait. A store that does not answer leaves them as they were. */
function registerNoteGauges(registry: Registry, clock: Clock, ask: () => Promise<NotesSummary>): void {
  const registers = [registry];
  const oldest = new Gauge({
    name: 'locksmith_oldest_ticket_note_seconds',
    help: 'For how long the oldest note has waited for the ticket system; 0 where there is none.',
    registers,
  });
  const notes = new Gauge({
    name: 'locksmith_ticket_notes',
    help: 'Notes that wait for the ticket system, and those that were given up after three days.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      const unknown = undefined;
      const read = await resolveWithin(clock, observabilityTunables.openWorkTimeoutMilliseconds, ask(), unknown);
      if (read === undefined) return;
      notes.set({ state: 'waiting' }, read.waiting);
      notes.set({ state: 'given-up' }, read.givenUp);
      oldest.set(read.oldestSince === undefined ? 0 : Math.max(0, clock.now() - read.oldestSince) / 1000);
    },
  });
}

/** Counts alarms by kind. */
export function createAlarmMetrics(registry: Registry): (raise: RaiseAlarm) => RaiseAlarm {
  const alarms = new Counter({
    name: 'locksmith_alarms_total',
    help: 'Alarms by kind, whether or not they reached anybody.',
    labelNames: ['kind'] as const,
    registers: [registry],
  });
  for (const kind of labelValues.alarms) alarms.inc({ kind }, 0);
  return (raise) => (alarm) => {
    alarms.inc({ kind: alarm.kind });
    raise(alarm);
  };
}

/** Says which program runs, and on which Node, in the labels of a sample that is always 1. */
export function registerBuildInfo(registry: Registry): void {
  const build = new Gauge({
    name: 'locksmith_build_info',
    help: 'The version of Locksmith and of Node that runs; always 1.',
    labelNames: ['version', 'node'] as const,
    registers: [registry],
  });
  build.set({ version: metadata.version, node: process.versions.node }, 1);
}
