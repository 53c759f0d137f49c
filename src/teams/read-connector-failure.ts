import type { ConnectorErrorCode } from './connector-error.ts';
import { readOwn } from './read-own.ts';

/** What may be known of a failed call: everything else in the SDK's error may hold the message that was sent. */
export type ConnectorFailure = {
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
 * Picks status, code and `Retry-After` out of the error of a connector call; `now` in milliseconds since 1970. The
 * status decides, the service's own code only tells one refusal from another. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages.
 */
export function readConnectorFailure(error: unknown, now: number): ConnectorFailure {
  const statusCode = readOwn(error, 'statusCode');
  const status = typeof statusCode === 'number' ? statusCode : undefined;
  return { code: readCode(error, status), status, retryAfterMilliseconds: readRetryAfter(error, now) };
}

function readCode(error: unknown, status: number | undefined): ConnectorErrorCode {
  const code = readOwn(error, 'code');
  // Errors of the sign-in library carry an `errorCode`; those of a lost connection do not.
  if (status === undefined) return typeof readOwn(error, 'errorCode') === 'string' ? 'unauthorised' : 'unavailable';
  if (status === 401) return 'unauthorised';
  if (status === 403) return typeof code === 'string' && blockedCodes.has(code) ? 'blocked' : 'refused';
  if (status === 404) return 'gone';
  if (status === 412 || status >= 500) return 'unavailable';
  if (status === 413) return 'too-large';
  return status === 429 ? 'throttled' : 'refused';
}

function readRetryAfter(error: unknown, now: number): number | undefined {
  const headers = readOwn(readOwn(error, 'response'), 'headers');
  if (typeof headers !== 'object' || headers === null || !('get' in headers)) return undefined;
  if (typeof headers.get !== 'function') return undefined;
  const text: unknown = headers.get('retry-after');
  if (typeof text !== 'string') return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
