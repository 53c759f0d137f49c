import type { WriteReceipt } from './aggregate-partner.ts';
import { runOperation } from './http/run-operation.ts';
import type { WriteOptions } from './partner-options.ts';
import type { Session } from './session.ts';
import { readCustomerUser } from './wire/read-customer-user.ts';
import { readJson } from './wire/read-json.ts';
import { readGuid } from './read-guid.ts';
import { readSignal } from './read-signal.ts';
import type { CustomerUserPatch } from './wire/write-user-patch.ts';
import { writeUserPatch } from './wire/write-user-patch.ts';

/** Sends a change of one user. A 2xx is a change that was made, whatever its body. */
export async function patchUser(
  session: Session,
  path: string,
  patch: CustomerUserPatch,
  options?: WriteOptions,
): Promise<WriteReceipt> {
  const writeBody = writeUserPatch(patch);
  const signal = readSignal(options?.signal);
  const ids = {
    correlationId: session.correlationId ?? session.transport.newId(),
    requestId: readGuid('requestId', options?.requestId) ?? session.requestId ?? session.transport.newId(),
  };
  const answer = await runOperation(session.transport, {
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
  const user = answer.body === undefined ? undefined : readCustomerUser(readJson(answer.body));
  return { ...ids, httpStatus: answer.httpStatus, tries: answer.tries, user };
}
