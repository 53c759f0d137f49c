/** Prometheus metrics, and alarms to the log and the webhook. */
export { type Alarms, createAlarms } from './alarm-webhook.ts';
export {
  createInstrumentation,
  type Instrumentation,
  type MetricsSettings,
  readMetricsSettings,
} from './instrumentation.ts';
