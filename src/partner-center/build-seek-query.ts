import { PartnerError } from './partner-error.ts';
import type { PartnerQuery } from './partner-query.ts';

/** Goes on after a page: `token` is that page's `continuationToken`. */
export function buildSeekQuery(operation: 'Next', token: string): PartnerQuery {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'token must be the continuation token of a page.' });
  }
  return { kind: 'seek', operation, token };
}
