import { PartnerError } from './partner-error.ts';
import type { PartnerQuery, PartnerSort, SimpleFieldFilter } from './partner-query.ts';

/**
 * Pages of `size` items, a whole number of 1 or more. There is no index to start from: neither customers nor users
 * take one, and the .NET SDK does not send it either.
 */
export function buildIndexedQuery(options: {
  readonly size: number;
  readonly filter?: SimpleFieldFilter;
  readonly sort?: PartnerSort;
}): PartnerQuery {
  if (!Number.isSafeInteger(options.size) || options.size < 1) {
    throw new PartnerError({ code: 'invalid-argument', says: 'size must be a whole number of 1 or more.' });
  }
  return { kind: 'indexed', size: options.size, filter: options.filter, sort: options.sort };
}
