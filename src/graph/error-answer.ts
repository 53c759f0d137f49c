import { graphTunables, readProperty, readTextProperty } from '../base/index.ts';
import { readRetryAfter } from '../http/index.ts';
import type { GraphErrorCode } from './graph-error.ts';

/** The failure of one try. */
export type Fault = {
  readonly code: GraphErrorCode;
  /** For a write: `unknown` where the service may have applied it, `none` where it certainly has not. */
  readonly effect: 'none' | 'unknown';
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
  readonly httpStatus?: number;
  readonly graphCode?: string | undefined;
  readonly entraCode?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMilliseconds?: number | undefined;
};

/** An answer that is no success, as far as it tells what became of a call. */
export type AnswerFacts = {
  readonly httpStatus: number;
  readonly retryAfter: string | null;
  readonly requestId: string | undefined;
  /** Undefined where it could not be read. */
  readonly body: string | undefined;
};

/**
 * Classifies an answer by HTTP status and Graph's code. Graph has one code for several troubles, so a few are told apart by
 * the message; no part of it is kept. A refusal without Graph's form proves nothing: a proxy may have replaced an answer.
 * See https://learn.microsoft.com/graph/errors and https://learn.microsoft.com/graph/throttling.
 */
export function readFault({ httpStatus, retryAfter, requestId, body }: AnswerFacts, now: number): Fault {
  const error = readProperty(parseJson(body ?? ''), 'error');
  const wireCode = readTextProperty(error, 'code', 200);
  const graphCode = readKnownCode(wireCode ?? '') !== undefined ? wireCode : readWord(error, 'code');
  const answer = { httpStatus, graphCode, requestId, retryAfterMilliseconds: readRetryAfter(retryAfter, now) };
  if (httpStatus < 400) return { ...answer, code: 'redirected', effect: 'unknown', mayPass: false };
  if (httpStatus === 429 || httpStatus === 509) return { ...answer, code: 'throttled', effect: 'none', mayPass: true };
  if (httpStatus === 408 || (httpStatus >= 500 && httpStatus !== 501)) {
    const mayPass = [500, 502, 503, 504].includes(httpStatus);
    return { ...answer, code: 'service-fault', effect: 'unknown', mayPass };
  }
  // Graph answers these two without a body, too.
  const isEmpty = body?.trim() === '';
  if (isEmpty && httpStatus === 401) return { ...answer, code: 'token-refused', effect: 'none', mayPass: false };
  if (isEmpty && httpStatus === 410) return { ...answer, code: 'delta-expired', effect: 'none', mayPass: false };
  if (wireCode === undefined || httpStatus === 407) {
    return { ...answer, code: 'foreign-answer', effect: 'unknown', mayPass: false };
  }
  const message = readTextProperty(error, 'message', graphTunables.maxErrorAnswerBytes) ?? '';
  const code = codeByMessage(httpStatus, wireCode, message) ?? readKnownCode(wireCode) ?? codeByStatus[httpStatus];
  return { ...answer, code: code ?? 'refused', effect: 'none', mayPass: false };
}

const codeByStatus: Readonly<Record<number, GraphErrorCode>> = {
  400: 'bad-request',
  401: 'token-refused',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'delta-expired',
};

const codeByWord: Readonly<Record<string, GraphErrorCode>> = {
  Authorization_IdentityNotFound: 'not-consented',
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: 'unlicensed',
  AadPremiumLicenseRequired: 'unlicensed',
  Request_UnsupportedQuery: 'unsupported-query',
  syncStateNotFound: 'delta-expired',
  SyncStateNotFound: 'delta-expired',
};

function readKnownCode(wireCode: string): GraphErrorCode | undefined {
  return Object.hasOwn(codeByWord, wireCode) ? codeByWord[wireCode] : undefined;
}

/** The troubles that share a code with others. An unknown wording falls back to the code, which is the careful reading. */
function codeByMessage(httpStatus: number, graphCode: string, message: string): GraphErrorCode | undefined {
  if (/restricted management administrative unit/i.test(message)) return 'restricted-management';
  if (httpStatus === 403 && /\bnot licensed\b|premium license/i.test(message)) return 'unlicensed';
  if (httpStatus !== 400 || graphCode !== 'Request_BadRequest') return undefined;
  if (/password does not comply/i.test(message)) return 'password-refused';
  if (/on-premises mastered/i.test(message)) return 'synchronised';
  return /\$count is not currently supported/i.test(message) ? 'unsupported-query' : undefined;
}

/** A plain word of an answer, such as a code. No password that Locksmith makes looks like that. */
export function readWord(from: unknown, key: string): string | undefined {
  const text = readTextProperty(from, key, 80);
  return text !== undefined && /^[A-Za-z]+(?:[._][A-Za-z]+)*$/.test(text) ? text : undefined;
}

/** The JSON of an answer. Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
