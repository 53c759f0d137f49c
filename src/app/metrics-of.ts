import type { Settings } from '../config.ts';
import type { MetricsSettings } from './create-watching.ts';

/** Where metrics are told; nowhere without `METRICS_PORT`. */
export function metricsOf(
  { metricsHost: host, metricsPort: port }: Pick<Settings, 'metricsHost' | 'metricsPort'>,
  alarmFailures: () => number,
): MetricsSettings | undefined {
  return port === undefined ? undefined : { host, port, alarmFailures };
}
