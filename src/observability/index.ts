/** Prometheus metrics, and alarms to the log and the webhook. */
export { createAlarms } from './alarms.ts';
export {
  createInstrumentation,
  type Instrumentation,
  type MetricsSettings,
  readMetricsSettings,
} from './instrumentation.ts';
