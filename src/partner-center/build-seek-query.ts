import { PartnerError } from './partner-error.ts';
import type { PartnerQuery } from './partner-query.ts';
import { isHeaderValue } from './wire/is-header-value.ts';

/** Goes on after a page: `token` is that page's `continuationToken`. */
export function buildSeekQuery(operation: 'Next', token: string): Extract<PartnerQuery, { readonly kind: 'seek' }> {
  if (typeof token !== 'string' || !isHeaderValue(token)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'token must be the continuation token of a page.' });
  }
  return { kind: 'seek', operation, token };
}
