import { PartnerError } from './partner-error.ts';
import { isHeaderValue } from './wire-format.ts';

/** A filter by one field, the only kind of filter that customers and users support. */
export type SimpleFieldFilter = {
  readonly field: string;
  readonly value: string;
  readonly operator: 'starts_with' | 'equals';
};

/** A sort order of users. */
export type PartnerSort = { readonly field: string; readonly direction: 'ascending' | 'descending' };

/** Selects the items of a collection. */
export type PartnerQuery =
  | { readonly kind: 'simple'; readonly filter: SimpleFieldFilter | undefined }
  | {
      readonly kind: 'indexed';
      readonly size: number;
      readonly filter: SimpleFieldFilter | undefined;
      readonly sort: PartnerSort | undefined;
    }
  | { readonly kind: 'seek'; readonly operation: 'Next'; readonly token: string };

/**
 * A filter by one field. Customers have `CompanyName`, `Domain`, `IndirectReseller` and `IndirectCloudSolutionProvider`;
 * users have `UserState`. The service ignores case. Throws `invalid-argument` where `field` or `value` is empty.
 * See learn.microsoft.com/partner-center/developer/get-a-list-of-customers.
 */
export function simpleFieldFilter(
  field: string,
  operator: SimpleFieldFilter['operator'],
  value: string,
): SimpleFieldFilter {
  if (field === '' || value === '') {
    throw new PartnerError({ code: 'invalid-argument', message: 'field and value must be set.' });
  }
  return { field, value, operator };
}

/**
 * All items in one answer (`size=0`). An answer over 64 MiB is `unreadable-answer`, so prefer an indexed query for large
 * collections.
 */
export function buildSimpleQuery(filter?: SimpleFieldFilter): PartnerQuery {
  return { kind: 'simple', filter };
}

/**
 * Pages of `size` items; `size` is a whole number of 1 or more. There is no start index: neither customers nor users
 * support one, and the .NET SDK does not send it either. Throws `invalid-argument`.
 */
export function buildIndexedQuery(options: {
  readonly size: number;
  readonly filter?: SimpleFieldFilter;
  readonly sort?: PartnerSort;
}): PartnerQuery {
  if (!Number.isSafeInteger(options.size) || options.size < 1) {
    throw new PartnerError({ code: 'invalid-argument', message: 'size must be a whole number of 1 or more.' });
  }
  return { kind: 'indexed', size: options.size, filter: options.filter, sort: options.sort };
}

/** Continues after a page; `token` is its `continuationToken`. Throws `invalid-argument`. */
export function buildSeekQuery(operation: 'Next', token: string): Extract<PartnerQuery, { readonly kind: 'seek' }> {
  if (typeof token !== 'string' || !isHeaderValue(token)) {
    throw new PartnerError({ code: 'invalid-argument', message: 'token must be the continuation token of a page.' });
  }
  return { kind: 'seek', operation, token };
}

/** The query string of a first page, with its question mark. Throws `invalid-argument`. */
export function formatQueryString(query: PartnerQuery): string {
  switch (query.kind) {
    case 'simple':
      return formatParameters({ size: '0', ...formatFilter(query.filter) });
    case 'indexed':
      return formatParameters({
        size: String(query.size),
        ...formatFilter(query.filter),
        ...(query.sort === undefined ? {} : { sortField: query.sort.field, sortDirection: query.sort.direction }),
      });
    case 'seek':
      return formatParameters({ seekOperation: query.operation });
  }
}

function formatFilter(filter: SimpleFieldFilter | undefined): Record<string, string> {
  if (filter === undefined) {
    return {};
  }
  return { filter: JSON.stringify({ Field: filter.field, Value: filter.value, Operator: filter.operator }) };
}

function formatParameters(parameters: Record<string, string>): string {
  if (Object.values(parameters).some((value) => !value.isWellFormed())) {
    throw new PartnerError({ code: 'invalid-argument', message: 'A query must be well-formed text.' });
  }
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `?${pairs.join('&')}`;
}
