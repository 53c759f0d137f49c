/**
 * What went wrong on the way to a chat. `gone`: no such chat or message; `refused`: the service does not let the bot;
 * `blocked`: the person or an administrator does not let it; `unavailable`: the service or the way to it is down;
 * `unauthorised`: the service does not take the bot's token, or there is none to be had.
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
