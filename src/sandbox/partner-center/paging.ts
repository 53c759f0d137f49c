import { createHmac } from 'node:crypto';
import { type Answer, type Call, type Json, type JsonObject, readJsonObject } from '../loopback-http.ts';
import { refuse } from './answers-and-faults.ts';

/** What a collection allows. */
type ListRules = {
  readonly needsSize: boolean;
  readonly sortFields: readonly string[];
  /** The key of this server's continuation tokens. */
  readonly tokenKey: string;
};

const parameters = new Set(['size', 'filter', 'sortField', 'sortDirection', 'seekOperation']);
const defaultPageSize = 100;

/** Reads size, filter, order and continuation of a call; what does not fit together is refused. */
export function readListQuery(
  call: Call,
  rules: ListRules,
): { readonly kind: 'query'; readonly query: ListQuery } | { readonly kind: 'refused'; readonly answer: Answer } {
  const { query, headers, path } = call;
  const names = [...query.keys()];
  const unknown = names.find((name, at) => !parameters.has(name) || names.indexOf(name) !== at);
  if (unknown !== undefined) return refuseQuery(2000, `The query parameter '${unknown}' is unknown or given twice.`);
  const token = headers['ms-continuationtoken'];
  const seek = query.get('seekOperation');
  if (token === undefined && seek === null) return readFirstPage(query, rules);
  if (token === undefined) return refuseQuery(2001, 'The header MS-ContinuationToken is missing.');
  if (seek !== 'Next') return refuseQuery(2000, 'A continuation token needs seekOperation=Next.');
  const going = readContinuationToken(rules.tokenKey, path, token);
  if (going === undefined) return refuseQuery(2000, 'The continuation token is not valid.');
  if (names.length === 1) return { kind: 'query', query: going };
  const said = readFirstPage(query, { ...rules, needsSize: true });
  if (said.kind === 'refused') return said;
  const asked = { ...said.query, start: going.start };
  if (JSON.stringify(asked) !== JSON.stringify({ ...going })) {
    return refuseQuery(2000, 'The continuation token belongs to another query.');
  }
  return { kind: 'query', query: going };
}

function readFirstPage(query: URLSearchParams, rules: ListRules): ReturnType<typeof readListQuery> {
  const size = query.get('size');
  if (size === null && rules.needsSize) return refuseQuery(2001, "The query parameter 'size' is missing.");
  if (size !== null && !/^\d{1,9}$/.test(size))
    return refuseQuery(2000, "The query parameter 'size' must be a whole number.");
  const text = query.get('filter');
  const filter = text === null ? undefined : readFieldFilter(text);
  if (text !== null && filter === undefined) return refuseQuery(2000, 'The filter is not valid.');
  const field = query.get('sortField');
  const direction = query.get('sortDirection');
  if (field === null && direction !== null) return refuseQuery(2000, 'sortDirection needs sortField.');
  if (field !== null && !rules.sortFields.includes(field))
    return refuseQuery(2000, `'${field}' is no field to sort by.`);
  if (direction !== null && direction !== 'ascending' && direction !== 'descending') {
    return refuseQuery(2000, 'sortDirection must be ascending or descending.');
  }
  const sort: ListQuery['sort'] = field === null ? undefined : { field, direction: direction ?? 'ascending' };
  return { kind: 'query', query: { size: size === null ? defaultPageSize : Number(size), start: 0, filter, sort } };
}

function refuseQuery(code: number, description: string): { readonly kind: 'refused'; readonly answer: Answer } {
  return { kind: 'refused', answer: refuse(400, code, description) };
}

/** What is asked of a collection. */
type ListQuery = {
  /** Items a page; 0: all of them. */
  readonly size: number;
  /** Where the page begins. */
  readonly start: number;
  readonly filter: FieldFilter | undefined;
  readonly sort: { readonly field: string; readonly direction: 'ascending' | 'descending' } | undefined;
};

/** A filter by one field. */
export type FieldFilter = {
  readonly field: string;
  readonly value: string;
  readonly operator: string;
};

/** Reads `{"Field":…,"Value":…,"Operator":…}`, which must be just these three texts; undefined where it is not. */
function readFieldFilter(text: string): FieldFilter | undefined {
  const filter = readJsonObject(text);
  if (filter === undefined || Object.keys(filter).length !== 3) return undefined;
  const { Field: field, Value: value, Operator: operator } = filter;
  if (typeof field !== 'string' || typeof value !== 'string' || typeof operator !== 'string') return undefined;
  return { field, value, operator };
}

/** Makes the token that goes on with `query`; it is good for this path only, and cannot be made up. */
function writeContinuationToken(key: string, path: string, query: ListQuery): string {
  const { size, start, filter, sort } = query;
  const state = {
    size,
    start,
    ...(filter === undefined ? {} : { filter: formatFilter(filter) }),
    ...(sort === undefined ? {} : { sortField: sort.field, sortDirection: sort.direction }),
  };
  const text = Buffer.from(JSON.stringify(state)).toString('base64');
  return `${text},${signToken(key, path, text)}`;
}

/** Reads a token for this path; undefined where it is none, or one of another path. */
function readContinuationToken(key: string, path: string, token: string): ListQuery | undefined {
  const [text = '', signature] = token.split(',');
  if (signature !== signToken(key, path, text)) return undefined;
  const state = readJsonObject(Buffer.from(text, 'base64').toString('utf8'));
  if (state === undefined) return undefined;
  const { size, start, filter, sortField, sortDirection } = state;
  if (typeof size !== 'number' || typeof start !== 'number') return undefined;
  return {
    size,
    start,
    filter: typeof filter === 'string' ? readFieldFilter(filter) : undefined,
    sort:
      typeof sortField === 'string'
        ? { field: sortField, direction: sortDirection === 'descending' ? 'descending' : 'ascending' }
        : undefined,
  };
}

function formatFilter({ field, value, operator }: { field: string; value: string; operator: string }): string {
  return JSON.stringify({ Field: field, Value: value, Operator: operator });
}

function signToken(key: string, path: string, text: string): string {
  return createHmac('sha256', key).update(`${path.toLowerCase()}\n${text}`).digest('base64');
}

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
