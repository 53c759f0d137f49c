import { readProperty } from './untrusted-values.ts';

/**
 * The `code` of an error, as Node and our own error classes set it, for example `EADDRINUSE` or `timeout`. Undefined if
 * `failure` is no error or has no code.
 */
export function readErrorCode(failure: unknown): string | undefined {
  return Error.isError(failure) && 'code' in failure ? String(failure.code) : undefined;
}

/**
 * The same work, whose failure may stay unread: the process ends on a rejection that nothing handles. For a promise that is
 * handed on inside a value, to a caller that may look at it late or never. Who does look at it gets the failure all the same.
 */
export function mayStayUnread<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}

/** The facts of an error that may be logged. */
type LoggableError = {
  readonly name: string | undefined;
  readonly code: string | undefined;
  /** The first file, line and column of ours on the stack, such as `src/teams/gate/gate.ts:12:3`. */
  readonly place: string | undefined;
};

/**
 * What may be logged of any error. The message is left out, because the errors of some libraries repeat what was sent,
 * and that may hold a password. A code of unusual form is left out too.
 */
export function describeErrorForLog(error: unknown): LoggableError {
  if (!Error.isError(error)) return { name: undefined, code: undefined, place: undefined };
  const code = readProperty(error, 'code');
  // A message may have lines that look like places, so only the part of the stack behind the message counts.
  const behindMessage = error.stack?.split(error.message).at(-1) ?? '';
  return {
    name: error.name,
    code: typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : undefined,
    place: /(?:src|test)\/[\w/.-]+:\d+:\d+/.exec(behindMessage)?.[0],
  };
}
