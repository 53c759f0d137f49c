/** One call of an HTTP service: time limits, size and form of its answer, retries and `Retry-After`. It knows no service and uses `base` alone. */
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
export {
  type AnswerFault,
  type AnswerForm,
  type AnswerText,
  canBeJson,
  isMarkup,
  isSendableToken,
  readJsonAnswer,
  readMediaType,
} from './json-answer.ts';
export { callWithRetries, readRetryAfter, type RetriedOutcome } from './retries.ts';
