import { startListening, type Clock, type Log } from '../base/index.ts';
import { createMetricsServer } from './metrics-server.ts';
import type { Metrics } from './metrics.ts';

/** Where metrics are served, and how many alarms the webhook never got. */
export type MetricsSettings = {
  readonly host: string;
  readonly port: number;
  readonly alarmFailures: () => number;
};

/** Wraps parts so that their calls are counted; without metrics it returns each part as it is. */
export type Instrumentation = Omit<Metrics, 'contentType' | 'text'> & {
  /** Begins to answer scrapers. Rejects with a `ListenError` where it cannot listen. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

const noInstrumentation: Instrumentation = {
  instrumentStore: (store) => store,
  instrumentAlarms: (raise) => raise,
  instrumentFetch: (fetch) => fetch,
  instrumentGraphFetch: (fetch) => fetch,
  instrumentDirectory: (directory) => directory,
  instrumentPasswordSetting: (setPassword) => setPassword,
  instrumentTickets: (tickets) => tickets,
  instrumentConnector: (connector) => connector,
  instrumentActivities: (handle) => handle,
  countRejected: () => undefined,
  instrumentGate: (gate) => gate,
  instrumentAddresses: (addresses) => addresses,
  sampleOpenWork: () => undefined,
  sampleGauges: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** Builds the metrics where there are settings for them; only then prom-client is loaded. */
export async function createInstrumentation(
  settings: MetricsSettings | undefined,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Instrumentation> {
  if (settings === undefined) return noInstrumentation;
  const { host, port } = settings;
  const { createMetrics } = await import('./metrics.ts');
  const metrics = createMetrics({ clock, log, ofProcess: true });
  const server = createMetricsServer({ metrics, log });
  return {
    ...metrics,
    async start() {
      const where = { host: 'METRICS_HOST', port: 'METRICS_PORT' } as const;
      const { url } = await startListening(where, () => server.listen({ host, port }));
      log({ level: 'info', event: 'metrics-listening', url });
    },
    stop: () => server.close(),
  };
}

/** Reads where metrics are served; undefined without `METRICS_PORT`. */
export function readMetricsSettings(
  { metricsHost: host, metricsPort: port }: { readonly metricsHost: string; readonly metricsPort: number | undefined },
  alarmFailures: () => number,
): MetricsSettings | undefined {
  return port === undefined ? undefined : { host, port, alarmFailures };
}
