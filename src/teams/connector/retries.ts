import { callWithTimeout, type Clock, type Random, readProperty, teamsTunables, wait } from '../../base/index.ts';
import { readRetryAfter } from '../../http/index.ts';

const retryableStatuses = new Set([412, 429, 502, 503, 504]);
const statusesBeforeDelivery = new Set([412, 429]);

/** In milliseconds: the time limit of one try, and the time after the first within which another one may begin. */
export type ConnectorLimits = { readonly tryMilliseconds: number; readonly retryWithinMilliseconds: number };

/**
 * Makes a call and repeats it up to `connectorRetries` times. Pauses grow, are random, and are never shorter than the
 * service's `Retry-After`. See https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit.
 *
 * @param mayRepeat Whether the call does no harm twice. It is then repeated on 412, 429, 502, 503, 504, a lost connection,
 * a timeout and a success whose body cannot be read. Any other call is repeated on 412 and 429 only, because its message may have been delivered.
 * @throws ConnectorError
 */
export async function retryConnectorCall<Result>(
  {
    clock,
    random,
    limits,
  }: { readonly clock: Clock; readonly random: Pick<Random, 'fraction'>; readonly limits: ConnectorLimits },
  mayRepeat: boolean,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lastStart = clock.now() + limits.retryWithinMilliseconds;
  for (let number = 0; ; number += 1) {
    const outcome = await callWithTimeout(clock, limits.tryMilliseconds, call);
    if (outcome.kind === 'answered') return outcome.result;
    const failure: ConnectorFailure =
      outcome.kind === 'timeout'
        ? { code: 'timeout', status: undefined, retryAfterMilliseconds: undefined }
        : readConnectorFailure(outcome.error, clock.now());
    const spread = teamsTunables.connectorFirstPauseMilliseconds * 2 ** number * (0.5 + random.fraction() / 2);
    const pause = Math.max(failure.retryAfterMilliseconds ?? 0, spread);
    if (
      number === teamsTunables.connectorRetries ||
      !isWorthAnother(failure, mayRepeat) ||
      clock.now() + pause > lastStart
    ) {
      throw new ConnectorError(failure.code, failure.status);
    }
    await wait(clock, pause);
    // A process that slept meanwhile says nothing any more: another one may have gone on.
    if (clock.now() > lastStart) throw new ConnectorError(failure.code, failure.status);
  }
}

function isWorthAnother({ code, status }: ConnectorFailure, mayRepeat: boolean): boolean {
  if (status !== undefined && status >= 300)
    return (mayRepeat ? retryableStatuses : statusesBeforeDelivery).has(status);
  return mayRepeat && (code === 'unavailable' || code === 'timeout');
}

/** The parts of a failed call that are safe to keep. The rest of the SDK's error may hold the message that was sent. */
type ConnectorFailure = {
  readonly code: ConnectorErrorCode;
  readonly status: number | undefined;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMilliseconds: number | undefined;
};

const blockedCodes = new Set([
  'BotDisabledByAdmin',
  'ConversationBlockedByUser',
  'MessageWritesBlocked',
  'NotEnoughPermissions',
]);

/**
 * Reads status, code and `Retry-After` from the error of a connector call; `now` in milliseconds since 1970. The status
 * decides; the service's own code only distinguishes refusals. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages.
 */
function readConnectorFailure(error: unknown, now: number): ConnectorFailure {
  const statusCode = readProperty(error, 'statusCode');
  const status = typeof statusCode === 'number' ? statusCode : undefined;
  return { code: readCode(error, status), status, retryAfterMilliseconds: readPause(error, now) };
}

function readCode(error: unknown, status: number | undefined): ConnectorErrorCode {
  const code = readProperty(error, 'code');
  // Errors of the sign-in library carry an `errorCode`; those of a lost connection do not.
  if (status === undefined)
    return typeof readProperty(error, 'errorCode') === 'string' ? 'unauthorised' : 'unavailable';
  // The SDK could not read the body: a page of something between here and the service.
  if (status < 300) return 'unavailable';
  if (status === 401) return 'unauthorised';
  if (status === 403) return typeof code === 'string' && blockedCodes.has(code) ? 'blocked' : 'refused';
  if (status === 404) return 'gone';
  if (status === 412 || status >= 500) return 'unavailable';
  if (status === 413) return 'too-large';
  return status === 429 ? 'throttled' : 'refused';
}

function readPause(error: unknown, now: number): number | undefined {
  const headers = readProperty(readProperty(error, 'response'), 'headers');
  if (typeof headers !== 'object' || headers === null || !('get' in headers)) return undefined;
  if (typeof headers.get !== 'function') return undefined;
  const text: unknown = headers.get('retry-after');
  return typeof text === 'string' ? readRetryAfter(text, now) : undefined;
}

/**
 * Why a call to a chat failed. `gone`: no such chat or message; `refused`: the service does not allow it; `blocked`: the
 * person or an administrator does not allow it; `unavailable`: the service or the connection to it is down;
 * `unauthorised`: the service rejects the bot's token, or there is no token.
 */
export type ConnectorErrorCode =
  'gone' | 'refused' | 'blocked' | 'throttled' | 'unavailable' | 'timeout' | 'too-large' | 'unauthorised';

/** A call to the connector that failed. It holds a code and a status, never what was sent or what came back. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: ConnectorErrorCode;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(code: ConnectorErrorCode, status: number | undefined) {
    super(`The connector call failed: ${code}${status === undefined ? '' : ` (${String(status)})`}.`);
    this.code = code;
    this.status = status;
  }
}
