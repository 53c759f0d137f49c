import { PartnerError } from './partner-error.ts';
import { isHeaderValue } from './wire-format.ts';

/** A filter by one field: the only kind customers and users know. */
export type SimpleFieldFilter = {
  readonly field: string;
  readonly value: string;
  readonly operator: 'starts_with' | 'equals';
};

/** An order of users. */
export type PartnerSort = { readonly field: string; readonly direction: 'ascending' | 'descending' };

/** Which items a collection gives. */
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
 * A filter by one field, for customers `CompanyName`, `Domain`, `IndirectReseller` or `IndirectCloudSolutionProvider`,
 * for users `UserState`. Values are compared without regard to case.
 */
export function simpleFieldFilter(
  field: string,
  operator: SimpleFieldFilter['operator'],
  value: string,
): SimpleFieldFilter {
  if (field === '' || value === '') {
    throw new PartnerError({ code: 'invalid-argument', says: 'field and value must be set.' });
  }
  return { field, value, operator };
}

/** Everything in one answer (`size=0`) of 64 MB at most; a longer one is `unreadable-answer`. For large collections an indexed query is kinder to memory. */
export function buildSimpleQuery(filter?: SimpleFieldFilter): PartnerQuery {
  return { kind: 'simple', filter };
}

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

/** Goes on after a page: `token` is that page's `continuationToken`. */
export function buildSeekQuery(operation: 'Next', token: string): Extract<PartnerQuery, { readonly kind: 'seek' }> {
  if (typeof token !== 'string' || !isHeaderValue(token)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'token must be the continuation token of a page.' });
  }
  return { kind: 'seek', operation, token };
}

/** The query string of a first page, question mark included. */
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
    throw new PartnerError({ code: 'invalid-argument', says: 'A query must be well-formed text.' });
  }
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `?${pairs.join('&')}`;
}
