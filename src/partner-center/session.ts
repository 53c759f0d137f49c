import { readOptionalGuid, type ReadOptions, readSignal, type WriteOptions } from './partner-options.ts';
import { createPatchBody, type CustomerUser, type CustomerUserPatch, isSameId, readCustomerUser } from './resources.ts';
import { sendWithRetries, type Transport } from './send-request.ts';
import { PartnerError } from './partner-error.ts';
import { parseJson } from './wire-format.ts';

/** What the calls of one scoped partner share. */
export type Session = {
  readonly transport: Transport;
  /** Undefined: each call makes its own. */
  readonly correlationId: string | undefined;
  /** Undefined: each call makes its own. */
  readonly requestId: string | undefined;
  readonly locale: string;
};

/**
 * Reads the resource at `path`. Rejects with `PartnerError`; its code is `unreadable-answer` where `read` returns
 * undefined for the body. `read` therefore returns undefined for the resource of another id as well.
 */
export async function getResource<Result>(
  session: Session,
  path: string,
  read: (value: unknown) => Result | undefined,
  options: ReadOptions | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const signal = readSignal(options?.signal);
  const ids = createIds(session, undefined);
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
  const result = read(parseJson(answer.body));
  if (result === undefined) {
    const { httpStatus, tries } = answer;
    throw new PartnerError({ ...ids, code: 'unreadable-answer', httpStatus, tries });
  }
  return result;
}

/** Proof that Partner Center has applied a write. */
export type WriteReceipt = {
  readonly httpStatus: number;
  readonly requestId: string;
  readonly correlationId: string;
  /** The user in the answer, without the password that the answer repeats. */
  readonly user: CustomerUser;
  readonly tries: number;
};

/**
 * Changes the user `userId` at `path`. A 2xx proves the change only where its body is that user: other bodies with 2xx
 * come from proxies and pages to sign in. Without proof it rejects with `unknown-result`.
 */
export async function patchUser(
  session: Session,
  path: string,
  userId: string,
  patch: CustomerUserPatch,
  options: WriteOptions | undefined,
): Promise<WriteReceipt> {
  const writeBody = createPatchBody(patch);
  const signal = readSignal(options?.signal);
  const ids = createIds(session, options?.requestId);
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
  const { httpStatus, tries } = answer;
  const user = readCustomerUser(parseJson(answer.body));
  if (user === undefined || !isSameId(userId, user.id)) {
    throw new PartnerError({ ...ids, code: 'unknown-result', effect: 'unknown', httpStatus, tries });
  }
  return { ...ids, httpStatus, tries, user };
}

/**
 * Posts a body to `path`. A 2xx in Partner Center's form is a success, whatever it holds. Rejects with `PartnerError`.
 */
export async function postResource(
  session: Session,
  path: string,
  body: string,
  options: WriteOptions | undefined,
): Promise<{ readonly httpStatus: number; readonly tries: number }> {
  const signal = readSignal(options?.signal);
  const { httpStatus, tries } = await sendWithRetries(session.transport, {
    ...createIds(session, options?.requestId),
    method: 'POST',
    path,
    headers: {},
    writeBody: () => body,
    locale: session.locale,
    signal,
    mayRepeat: options?.mayRepeat ?? false,
    freshConnection: options?.freshConnection ?? false,
  });
  return { httpStatus, tries };
}

function createIds(
  { correlationId, requestId, transport }: Session,
  givenRequestId: string | undefined,
): { readonly correlationId: string; readonly requestId: string } {
  return {
    correlationId: correlationId ?? transport.newId(),
    requestId: readOptionalGuid('requestId', givenRequestId) ?? requestId ?? transport.newId(),
  };
}
