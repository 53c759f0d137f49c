import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { countActivities } from './count-activities.ts';
import { countAlarms } from './count-alarms.ts';
import { countConnectorCalls } from './count-connector-calls.ts';
import { countGateRefusals } from './count-gate-refusals.ts';
import { countPartnerCalls } from './count-partner-calls.ts';
import { countRequests } from './count-requests.ts';
import { countTroubles } from './count-troubles.ts';
import { sampleGauges } from './sample-gauges.ts';
import { sampleOpenWork } from './sample-open-work.ts';
import { tellBuild } from './tell-build.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * What Prometheus is told, in a registry of its own. Every `watch…` takes a port and gives the same port back, which
 * counts what goes through it and changes nothing. Labels are closed sets: nothing that somebody typed, no id, no name
 * and no address ever becomes one. https://prometheus.io/docs/practices/naming/
 */
export function createMetrics({
  clock,
  log,
  ofProcess,
}: {
  readonly clock: Clock;
  readonly log: Log;
  /** Whether to measure the process too: memory, descriptors, delay of its event loop. Once a process is enough. */
  readonly ofProcess: boolean;
}) {
  const registry = new Registry();
  tellBuild(registry);
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    /** Everything in Prometheus' text format. */
    text: () => registry.metrics(),
    watchStore: countRequests(registry),
    watchAlarms: countAlarms(registry),
    /** For both ways on which Partner Center is called: the kept connections, and those of one call. */
    watchFetch: countPartnerCalls(registry, clock),
    ...countTroubles(registry),
    watchConnector: countConnectorCalls(registry, clock),
    ...countActivities(registry, clock),
    ...countGateRefusals(registry),
    /** Says where the amount of open work can be asked for. */
    sampleOpenWork: sampleOpenWork(registry, clock, log),
    /** Says where figures stand that are asked for at every scrape. */
    sampleGauges: sampleGauges(registry, clock),
  };
}
