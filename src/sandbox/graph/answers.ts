import type { Answer, Json, JsonObject } from '../partner-center/http.ts';

/** An answer of Graph in JSON. */
export function answerJson(status: number, json: Json, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { kind: 'json', json } };
}

/** A list of Graph's, with a link to its next page where there is one. */
export function answerList(value: readonly Json[], links: JsonObject = {}): Answer {
  return answerJson(200, { value, ...links });
}

/** A refusal as Graph words it. https://learn.microsoft.com/graph/errors */
export function refuseAs(status: number, code: string, message: string): Answer {
  const innerError = { date: '2026-01-01T00:00:00', 'request-id': '00000000-0000-4000-8000-000000000000' };
  return answerJson(status, { error: { code, message, innerError } });
}

/** The same for a missing scope, a missing role, and a target that outranks the caller. */
export const denied = refuseAs(
  403,
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation.',
);

export const noSuchUser = refuseAs(
  404,
  'Request_ResourceNotFound',
  'The resource does not exist or one of its queried reference-property objects are not present.',
);

export const restricted = refuseAs(
  403,
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation: the target is in a restricted management administrative unit.',
);

export function refuseRequest(message: string): Answer {
  return refuseAs(400, 'Request_BadRequest', message);
}

export function refuseQuery(message: string): Answer {
  return refuseAs(400, 'Request_UnsupportedQuery', message);
}
