import type { PartnerErrorCode } from '../partner-error-code.ts';
import { readPartnerCode } from '../wire/read-partner-code.ts';
import type { Fault } from './fault.ts';
import { readRetryAfter } from './read-retry-after.ts';

/**
 * An answer that is no success → what it means, by HTTP status and Partner Center's code, never by words.
 * `body` is undefined where it could not be read. See learn.microsoft.com/partner-center/developer/error-codes.
 */
export function readFault(httpStatus: number, body: string | undefined, retryAfter: string | null, now: number): Fault {
  const partnerCode = body === undefined ? undefined : readPartnerCode(body);
  const answer = { httpStatus, partnerCode, retryAfterMilliseconds: readRetryAfter(retryAfter, now) };
  if (httpStatus < 400) {
    return { ...answer, code: 'redirected', effect: 'unknown', passing: false };
  }
  if (httpStatus === 408 || (httpStatus >= 500 && httpStatus !== 501)) {
    return {
      ...answer,
      code: 'service-fault',
      effect: 'unknown',
      passing: [500, 502, 503, 504].includes(httpStatus),
    };
  }
  if (httpStatus === 404 && partnerCode === undefined) {
    // A body that was cut off may have held a code: then it is not said that the address is unknown.
    return { ...answer, code: body === undefined ? 'not-found' : 'route-unknown', effect: 'none', passing: false };
  }
  const byCode = codesByStatus[httpStatus]?.[partnerCode ?? ''];
  const code = byCode ?? codeByStatus[httpStatus] ?? 'refused';
  return { ...answer, code, effect: 'none', passing: httpStatus === 429 };
}

const codeByStatus: Readonly<Record<number, PartnerErrorCode>> = {
  400: 'bad-request',
  401: 'token-refused',
  403: 'missing-role',
  404: 'not-found',
  405: 'route-unknown',
  409: 'conflict',
  412: 'stale-etag',
  429: 'throttled',
  501: 'route-unknown',
};

const codesByStatus: Readonly<Record<number, Readonly<Record<string, PartnerErrorCode>>>> = {
  400: { 3000: 'invalid-property', 2055: 'stale-etag' },
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
