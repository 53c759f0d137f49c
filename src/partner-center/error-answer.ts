import { type AnswerFault, type AnswerForm, canBeJson, isMarkup, readMediaType } from '../http/index.ts';
import type { PartnerErrorCode } from './partner-error.ts';
import { parseJson, readField, readText } from './wire-format.ts';

type Told = { readonly partnerCode: string | undefined };

/** The failure of one try. */
export type Fault = AnswerFault<PartnerErrorCode, Told & { readonly signInCode: string | undefined }>;

/**
 * How Partner Center answers: in JSON, and for a refusal in plain text or with nothing as well. It is read by HTTP status and
 * Partner Center's code, never by its words. See learn.microsoft.com/partner-center/developer/error-codes.
 */
export const partnerForm: AnswerForm<PartnerErrorCode, Told> = {
  throttles: [429],
  isOwn: (kind, answer) =>
    canBeJson(answer) ||
    (kind === 'refusal' && readMediaType(answer.headers) === 'text/plain' && !isMarkup(answer.text)),
  tell: ({ text }) => ({ partnerCode: text === undefined ? undefined : readPartnerCode(text) }),
  readRefusal({ httpStatus, text }) {
    // Neither status nor code of this one are documented, and its words are all that is known of it.
    if (/permission entry already exists/i.test(text ?? '')) return 'already-exists';
    const partnerCode = text === undefined ? undefined : readPartnerCode(text);
    if (httpStatus === 404 && partnerCode === undefined) {
      // A body that was cut off may have held a code, so the address may be known after all.
      return text === undefined || hasAnyCode(parseJson(text)) ? 'not-found' : 'route-unknown';
    }
    return codesByStatus[httpStatus]?.[partnerCode ?? ''] ?? codeByStatus[httpStatus] ?? 'refused';
  },
};

/** What a status means by itself. */
export const codeByStatus: Readonly<Record<number, PartnerErrorCode>> = {
  400: 'not-accepted',
  401: 'token-refused',
  403: 'missing-role',
  404: 'not-found',
  405: 'route-unknown',
  406: 'bad-request',
  409: 'conflict',
  410: 'not-found',
  412: 'stale-etag',
  413: 'bad-request',
  415: 'bad-request',
  422: 'not-accepted',
  423: 'conflict',
  501: 'route-unknown',
};

/** What Partner Center's own code means beside a status. */
export const codesByStatus: Readonly<Record<number, Readonly<Record<string, PartnerErrorCode>>>> = {
  400: {
    3000: 'invalid-property',
    2055: 'stale-etag',
    2000: 'bad-request',
    2001: 'bad-request',
    900118: 'bad-request',
  },
  401: { 900421: 'mfa-required', 900420: 'wrong-audience' },
  403: {
    900308: 'missing-privilege',
    900309: 'conditional-access',
    900329: 'app-only-token',
    20002: 'no-relationship',
    90000: 'token-issuance-failed',
  },
  404: { 60002: 'user-not-found', 60003: 'customer-not-found' },
};

/**
 * Partner Center's own code in the body of an error, where it is a number or a string. It has seven digits at most, so a
 * password cannot pass for it. Some answers hold it as JSON inside `description`, with HTML entities. Undefined for the
 * gateway's `{statusCode, message}`, plain text, HTML of a proxy, and an empty body.
 */
function readPartnerCode(body: string): string | undefined {
  const fault = parseJson(body);
  const code = readCode(fault);
  if (code !== undefined) {
    return code;
  }
  const description = readField(fault, 'description');
  return typeof description === 'string' ? readCode(parseJson(decodeEntities(description))) : undefined;
}

/** Whether an error has a code that is a word, such as `Request_ResourceNotFound`: then the address was known. */
function hasAnyCode(fault: unknown): boolean {
  const description = readField(fault, 'description');
  const nested = typeof description === 'string' ? parseJson(decodeEntities(description)) : undefined;
  return [fault, nested]
    .flatMap((one) => [one, readField(one, 'error'), readField(one, 'odata.error')])
    .some((one) => readText(one, 'code') !== undefined || typeof readField(one, 'code') === 'number');
}

function readCode(fault: unknown): string | undefined {
  const code = readField(fault, 'code');
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^\d{1,7}$/.test(text) ? text : undefined;
}

function decodeEntities(text: string): string {
  const named: Record<string, string> = { quot: '"', '#34': '"', '#39': "'", apos: "'", lt: '<', gt: '>', amp: '&' };
  return text.replaceAll(/&(quot|#34|#39|apos|lt|gt|amp);/g, (entity, name: string) => named[name] ?? entity);
}
