import { graphTunables, readProperty, readTextProperty } from '../base/index.ts';
import { type AnswerFault, type AnswerForm, type AnswerText, canBeJson, readMediaType } from '../http/index.ts';
import type { GraphErrorCode } from './graph-error.ts';

type Told = { readonly graphCode: string | undefined; readonly requestId: string | undefined };

/** The failure of one try. */
export type Fault = AnswerFault<GraphErrorCode, Told & { readonly entraCode: number | undefined }>;

/**
 * How Graph answers. A success is JSON or empty. A refusal has a code; 401 and 410 come without a body, too. Graph has one code
 * for several troubles, so a few are told apart by the message; no part of it is kept.
 * See https://learn.microsoft.com/graph/errors and https://learn.microsoft.com/graph/throttling.
 */
export const graphForm: AnswerForm<GraphErrorCode, Told> = {
  throttles: [429, 509],
  isOwn(kind, answer) {
    const isEmpty = answer.text?.trim() === '';
    if (kind === 'success') return isEmpty || (canBeJson(answer) && readMediaType(answer.headers) !== '');
    return readWireCode(answer) !== undefined || (isEmpty && [401, 410].includes(answer.httpStatus));
  },
  tell(answer) {
    const wireCode = readWireCode(answer) ?? '';
    const requestId = answer.headers.get('request-id') ?? '';
    return {
      graphCode: readKnownCode(wireCode) !== undefined ? wireCode : readWord(readError(answer), 'code'),
      requestId: /^[\da-f-]{1,64}$/i.test(requestId) ? requestId : undefined,
    };
  },
  readRefusal(answer) {
    const { httpStatus } = answer;
    const wireCode = readWireCode(answer) ?? '';
    const message = readTextProperty(readError(answer), 'message', graphTunables.maxErrorAnswerBytes) ?? '';
    const code = codeByMessage(httpStatus, wireCode, message) ?? readKnownCode(wireCode) ?? codeByStatus[httpStatus];
    return code ?? 'refused';
  },
};

function readError({ text = '' }: AnswerText): unknown {
  return readProperty(parseJson(text), 'error');
}

function readWireCode(answer: AnswerText): string | undefined {
  return readTextProperty(readError(answer), 'code', 200);
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
