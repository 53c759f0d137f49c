import { runOperation } from './http/run-operation.ts';
import { PartnerError } from './partner-error.ts';
import type { ReadOptions } from './partner-options.ts';
import { readSignal } from './read-signal.ts';
import type { Session } from './session.ts';
import { readJson } from './wire/read-json.ts';

/** Reads what stands at `path`; what `read` cannot make sense of is `unreadable-answer`. */
export async function readResource<Result>(
  session: Session,
  path: string,
  read: (value: unknown) => Result | undefined,
  options: ReadOptions | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const signal = readSignal(options?.signal);
  const ids = {
    correlationId: session.correlationId ?? session.transport.newId(),
    requestId: session.requestId ?? session.transport.newId(),
  };
  const answer = await runOperation(session.transport, {
    ...ids,
    method: 'GET',
    path,
    headers,
    writeBody: undefined,
    locale: session.locale,
    signal,
    mayRepeat: true,
    freshConnection: false,
  });
  const result = answer.body === undefined ? undefined : read(readJson(answer.body));
  if (result === undefined) {
    const { httpStatus, tries } = answer;
    throw new PartnerError({ ...ids, code: 'unreadable-answer', httpStatus, tries });
  }
  return result;
}
