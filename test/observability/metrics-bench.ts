import type { LogEvent } from '../../src/base/log.ts';
import { createMetrics, type Metrics } from '../../src/observability/metrics.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';

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

/** Prometheus' text → every sample by its name and labels, as they stand there. Throws for a line that is neither that nor a comment. */
export function readSamples(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ') || line.startsWith('# TYPE ')) continue;
    const [whole, sample, value] = /^([a-z_\d]+(?:\{(?:[a-z]+="[^"]*",?)+\})?) (\S+)$/.exec(line) ?? [];
    if (whole === undefined || sample === undefined || value === undefined) throw new Error(`not a sample: ${line}`);
    if (samples.has(sample)) throw new Error(`said twice: ${sample}`);
    samples.set(sample, Number(value));
  }
  return samples;
}
