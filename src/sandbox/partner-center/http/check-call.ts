import { Secret } from '../../../secret.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { isGuid } from './is-guid.ts';
import { refuse } from './refuse.ts';

/**
 * What every call has to bring: a token, two GUIDs, `Accept: application/json`, and the type of a body where there is
 * one. Gives the refusal, or undefined. https://learn.microsoft.com/partner-center/developer/headers
 */
export function checkCall(call: Call, acceptsToken: (token: Secret) => boolean): Answer | undefined {
  const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(call.headers['authorization'] ?? '');
  const challenge = { 'WWW-Authenticate': 'Bearer' };
  if (bearer?.[1] === undefined) {
    return { ...refuse(401, 800_001, 'Partner Token missing in request context.'), headers: challenge };
  }
  if (!acceptsToken(new Secret(bearer[1]))) return { ...refuse(401, 400, 'Access denied.'), headers: challenge };
  for (const name of ['MS-RequestId', 'MS-CorrelationId']) {
    const id = call.headers[name.toLowerCase()];
    if (id === undefined) return refuse(400, 2001, `The header ${name} is missing.`, [name]);
    if (!isGuid(id)) return refuse(400, 2000, `The header ${name} must be a GUID.`, [name]);
  }
  const version = call.headers['ms-contract-version'];
  if (version !== undefined && version !== 'v1') return refuse(400, 2000, 'The contract version is not supported.');
  if (!isJson(call.headers['accept'])) return refuse(406, 2000, 'Only application/json can be answered.', ['Accept']);
  if (call.method === 'PATCH') return checkBodyHeaders(call);
  return call.body === '' ? undefined : refuse(400, 2000, 'This request takes no body.');
}

function checkBodyHeaders(call: Call): Answer | undefined {
  if (call.headers['content-encoding'] !== undefined || !isJson(call.headers['content-type'])) {
    return refuse(415, 2000, 'The body must be plain application/json.', ['Content-Type']);
  }
  return undefined;
}

function isJson(header: string | undefined): boolean {
  return header !== undefined && /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(header.trim());
}
