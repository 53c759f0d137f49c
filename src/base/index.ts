/** The leaves of the house: secrets, ids, clock, random, log, errors, and the table of every duration, limit and number of retries. They use no other room. */
export {
  callWithTimeout,
  rejectOnAbort,
  resolveWithin,
  startDeadline,
  wait,
  waitUnlessAborted,
  withTimeLimit,
} from './time-limits.ts';
export { createBoundedCache } from './bounded-cache.ts';
export { type Clock, systemClock } from './clock.ts';
export { describeErrorForLog, mayStayUnread, readErrorCode } from './errors.ts';
export {
  asId,
  type CorrelationId,
  type CustomerId,
  isGuid,
  type ObjectId,
  type OperationId,
  parseGuid,
  type QuestionId,
  type ResetRequestId,
  type TenantId,
  type UserId,
} from './ids.ts';
export { ListenError, startListening } from './listen.ts';
export { createLog, type Log, type LogLevel, logLevels } from './log.ts';
export { type Random, systemRandom } from './random.ts';
export { isLegalForm, shortLegalForm } from './legal-forms.ts';
export { skeletonOf } from './confusable-letters.ts';
export { Secret } from './secret.ts';
export {
  commandTunables,
  directoryTunables,
  graphTunables,
  observabilityTunables,
  outboundTunables,
  partnerCenterTunables,
  processTunables,
  signInTunables,
  storeTunables,
  teamsTunables,
  ticketTunables,
  useCaseTunables,
  workflowTunables,
} from './every-duration-and-limit.ts';
export { readProperty, readTextProperty } from './untrusted-values.ts';
