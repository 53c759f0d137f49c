/** One call of an HTTP service: its time limits, the size of its answer, its retries and `Retry-After`. It knows no service and uses `base` alone. */
export { CallError, type CallFacts } from './call-error.ts';
export {
  type CallOutcome,
  exchange,
  nothingToPrepare,
  parseBaseUrl,
  type Received,
  type TransportFault,
} from './exchange.ts';
export { createFreshFetch, createOutboundAgents, type FreshFetch, type OutboundAgents } from './fresh-fetch.ts';
export { callWithRetries, readRetryAfter, type RetriedOutcome } from './retries.ts';
