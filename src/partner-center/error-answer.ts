import { readRetryAfter } from '../http/index.ts';
import type { PartnerErrorCode } from './partner-error.ts';
import { hasPartnerForm, parseJson, readField, readText } from './wire-format.ts';

/** The failure of one try. */
export type Fault = {
  readonly code: PartnerErrorCode;
  /** For a write: `unknown` where the service may have applied it, `none` where it certainly has not. */
  readonly effect: 'none' | 'unknown';
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
  readonly httpStatus?: number;
  readonly partnerCode?: string | undefined;
  readonly retryAfterMilliseconds?: number | undefined;
  readonly signInCode?: string | undefined;
};

/** An answer as far as it tells what became of a call. */
export type AnswerFacts = {
  readonly httpStatus: number;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  /** Undefined where it could not be read. */
  readonly body: string | undefined;
};

/**
 * Classifies an answer that is no success, by HTTP status and Partner Center's code, never by its words. `now` is in
 * milliseconds since 1970. A refusal that is not in Partner Center's form proves nothing: a proxy that dislikes an answer
 * replaces it after the change was made. See learn.microsoft.com/partner-center/developer/error-codes.
 */
export function readFault({ httpStatus, contentType, retryAfter, body }: AnswerFacts, now: number): Fault {
  const partnerCode = body === undefined ? undefined : readPartnerCode(body);
  const answer = { httpStatus, partnerCode, retryAfterMilliseconds: readRetryAfter(retryAfter, now) };
  if (httpStatus < 400) {
    return { ...answer, code: 'redirected', effect: 'unknown', mayPass: false };
  }
  if (httpStatus === 408 || (httpStatus >= 500 && httpStatus !== 501)) {
    return {
      ...answer,
      code: 'service-fault',
      effect: 'unknown',
      mayPass: [500, 502, 503, 504].includes(httpStatus),
    };
  }
  // 407 is a proxy's own, in whatever form.
  if (httpStatus === 407 || (httpStatus !== 429 && !hasPartnerForm('refusal', contentType, body))) {
    return { ...answer, code: 'foreign-answer', effect: 'unknown', mayPass: false };
  }
  // Neither status nor code of this one are documented, and its words are all that is known of it.
  if (/permission entry already exists/i.test(body ?? '')) {
    return { ...answer, code: 'already-exists', effect: 'none', mayPass: false };
  }
  if (httpStatus === 404 && partnerCode === undefined) {
    // A body that was cut off may have held a code, so the address may be known after all.
    const isKnown = body === undefined || hasAnyCode(parseJson(body));
    return { ...answer, code: isKnown ? 'not-found' : 'route-unknown', effect: 'none', mayPass: false };
  }
  const byCode = codesByStatus[httpStatus]?.[partnerCode ?? ''];
  const code = byCode ?? codeByStatus[httpStatus] ?? 'refused';
  return { ...answer, code, effect: 'none', mayPass: httpStatus === 429 };
}

const codeByStatus: Readonly<Record<number, PartnerErrorCode>> = {
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
  429: 'throttled',
  501: 'route-unknown',
};

const codesByStatus: Readonly<Record<number, Readonly<Record<string, PartnerErrorCode>>>> = {
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
