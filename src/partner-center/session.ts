import type { WriteReceipt } from './aggregate-partner.ts';
import { PartnerError } from './partner-error.ts';
import { readOptionalGuid, type ReadOptions, readSignal, type WriteOptions } from './partner-options.ts';
import { createPatchBody, type CustomerUserPatch, type PasswordProfile, readCustomerUser } from './resources.ts';
import { sendWithRetries } from './retry.ts';
import type { Transport } from './send-request.ts';
import { parseJson } from './wire-format.ts';

/** A transport and what the calls of one scoped partner share. */
export type Session = {
  readonly transport: Transport;
  readonly correlationId: string | undefined;
  readonly requestId: string | undefined;
  readonly locale: string;
};

/** Reads what stands at `path`; what `read` cannot make sense of is `unreadable-answer`. */
export async function getResource<Result>(
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
  const answer = await sendWithRetries(session.transport, {
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
  const result = answer.body === undefined ? undefined : read(parseJson(answer.body));
  if (result === undefined) {
    const { httpStatus, tries } = answer;
    throw new PartnerError({ ...ids, code: 'unreadable-answer', httpStatus, tries });
  }
  return result;
}

/** Sends a change of one user. A 2xx is a change that was made, whatever its body. */
export async function patchUser(
  session: Session,
  path: string,
  patch: CustomerUserPatch,
  options?: WriteOptions,
): Promise<WriteReceipt> {
  const writeBody = createPatchBody(patch);
  const signal = readSignal(options?.signal);
  const ids = {
    correlationId: session.correlationId ?? session.transport.newId(),
    requestId: readOptionalGuid('requestId', options?.requestId) ?? session.requestId ?? session.transport.newId(),
  };
  const answer = await sendWithRetries(session.transport, {
    ...ids,
    method: 'PATCH',
    path,
    headers: {},
    writeBody,
    locale: session.locale,
    signal,
    mayRepeat: options?.mayRepeat ?? false,
    freshConnection: options?.freshConnection ?? false,
  });
  const user = answer.body === undefined ? undefined : readCustomerUser(parseJson(answer.body));
  return { ...ids, httpStatus: answer.httpStatus, tries: answer.tries, user };
}

/** Sends a new password to `path`, and nothing where there is none to send. */
export async function resetPassword(
  session: Session,
  path: string,
  passwordProfile: PasswordProfile,
  options: WriteOptions | undefined,
): Promise<WriteReceipt> {
  if (typeof passwordProfile !== 'object' || passwordProfile === null || !('password' in passwordProfile)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'Password profile must be set.' });
  }
  return patchUser(session, path, { passwordProfile }, options);
}
