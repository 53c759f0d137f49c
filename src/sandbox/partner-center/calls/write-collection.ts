import type { Call } from '../http/call.ts';
import type { Json, JsonObject } from '../http/json.ts';
import { writeContinuationToken } from './continuation-token.ts';
import type { ListQuery } from './list-query.ts';

/** Writes a page of a collection with its links; there is a `next` unless it is the last page. */
export function writeCollection(
  call: Call,
  query: ListQuery,
  page: { readonly totalCount: number; readonly items: readonly Json[] },
  { tokenKey, versionInLinks }: { readonly tokenKey: string; readonly versionInLinks: boolean },
): JsonObject {
  const first = new URLSearchParams(call.query);
  first.delete('seekOperation');
  if (!first.has('size')) first.set('size', String(query.size));
  if (query.filter !== undefined && !first.has('filter')) {
    const { field, value, operator } = query.filter;
    first.set('filter', JSON.stringify({ Field: field, Value: value, Operator: operator }));
  }
  if (query.sort !== undefined && !first.has('sortField')) {
    first.set('sortField', query.sort.field);
    first.set('sortDirection', query.sort.direction);
  }
  const path = versionInLinks ? call.path : call.path.slice('/v1'.length);
  const address = `${path}?${first.toString().replaceAll('+', '%20')}`;
  const start = query.start + page.items.length;
  const token = writeContinuationToken(tokenKey, call.path, { ...query, start });
  const next = {
    uri: `${address}&seekOperation=Next`,
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: token }],
  };
  return {
    totalCount: page.totalCount,
    items: page.items,
    links: {
      self: { uri: address, method: 'GET', headers: [] },
      ...(query.size > 0 && start < page.totalCount ? { next } : {}),
    },
    attributes: { objectType: 'Collection' },
  };
}
