import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock, Log } from '../base/index.ts';
import {
  createGraphCallMetrics,
  createPartnerCallMetrics,
  createPartnerFailureMetrics,
  createTicketMetrics,
} from './call-metrics.ts';
import { createAlarmMetrics, createHealthGauges, registerBuildInfo } from './health-metrics.ts';
import { createOpenWorkGauges, createRequestMetrics } from './request-metrics.ts';
import { createActivityMetrics, createConnectorMetrics, createGateMetrics } from './teams-metrics.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Makes the metrics, in a registry of their own. Each `instrument…` takes a port and returns the same port, which counts its
 * calls and changes nothing. Labels are closed sets: no typed text, id, name or address becomes one. See
 * https://prometheus.io/docs/practices/naming/
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
  registerBuildInfo(registry);
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    /** Everything in Prometheus' text format. */
    text: () => registry.metrics(),
    instrumentStore: createRequestMetrics(registry),
    instrumentAlarms: createAlarmMetrics(registry),
    /** For both ways on which Partner Center is called: the kept connections, and those of one call. */
    instrumentFetch: createPartnerCallMetrics(registry, clock),
    instrumentGraphFetch: createGraphCallMetrics(registry, clock),
    ...createPartnerFailureMetrics(registry),
    instrumentTickets: createTicketMetrics(registry),
    instrumentConnector: createConnectorMetrics(registry, clock),
    ...createActivityMetrics(registry, clock),
    ...createGateMetrics(registry),
    /** Says where the amount of open work can be asked for. */
    sampleOpenWork: createOpenWorkGauges(registry, clock, log),
    /** Says where figures stand that are asked for at every scrape. */
    sampleGauges: createHealthGauges(registry, clock),
  };
}
