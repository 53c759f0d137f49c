/** The leaves of the house: secrets, ids, clock, random, log, errors and time limits. They use nothing else of ours. */
export { type Clock, systemClock } from './clock.ts';
export { startDeadline } from './deadline.ts';
export {
  asId,
  type CorrelationId,
  type CustomerId,
  type ObjectId,
  type OperationId,
  type QuestionId,
  type ResetRequestId,
  type TenantId,
  type UserId,
} from './ids.ts';
export { createLog, type Log, type LogLevel, logLevels } from './log.ts';
export { type Random, systemRandom } from './random.ts';
export { Secret } from './secret.ts';
export { callWithTimeout, resolveWithin } from './time-limits.ts';
export { describeErrorForLog, parseGuid, readProperty, readTextProperty } from './untrusted-values.ts';
export { ListenError, startListening } from './listen.ts';
