import type { LogEvent } from '../../src/log.ts';
import { createMetrics, type Metrics } from '../../src/metrics/create-metrics.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';
import { readSamples } from './read-samples.ts';

/** Metrics with a clock that stands still, and a way to read one sample of them. */
export type MetricsBench = {
  readonly metrics: Metrics;
  readonly clock: HandClock;
  readonly logged: readonly LogEvent[];
  /** The value of a sample as Prometheus would see it; undefined where it is absent. */
  readonly read: (sample: string) => Promise<number | undefined>;
};

export function buildMetrics(): MetricsBench {
  const clock = createHandClock();
  const logged: LogEvent[] = [];
  const metrics = createMetrics({ clock, log: (event) => logged.push(event), ofProcess: false });
  return { metrics, clock, logged, read: async (sample) => readSamples(await metrics.text()).get(sample) };
}
