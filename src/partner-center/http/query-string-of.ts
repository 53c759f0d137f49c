import { PartnerError } from '../partner-error.ts';
import type { PartnerQuery, SimpleFieldFilter } from '../partner-query.ts';

/** The query string of a first page, question mark included. */
export function queryStringOf(query: PartnerQuery): string {
  switch (query.kind) {
    case 'simple':
      return stringOf({ size: '0', ...filterOf(query.filter) });
    case 'indexed':
      return stringOf({
        size: String(query.size),
        ...filterOf(query.filter),
        ...(query.sort === undefined ? {} : { sortField: query.sort.field, sortDirection: query.sort.direction }),
      });
    case 'seek':
      return stringOf({ seekOperation: query.operation });
  }
}

function filterOf(filter: SimpleFieldFilter | undefined): Record<string, string> {
  if (filter === undefined) {
    return {};
  }
  return { filter: JSON.stringify({ Field: filter.field, Value: filter.value, Operator: filter.operator }) };
}

function stringOf(parameters: Record<string, string>): string {
  if (Object.values(parameters).some((value) => !value.isWellFormed())) {
    throw new PartnerError({ code: 'invalid-argument', says: 'A query must be well-formed text.' });
  }
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `?${pairs.join('&')}`;
}
