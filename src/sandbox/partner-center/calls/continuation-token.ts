import { createHmac } from 'node:crypto';
import { readJsonObject } from '../http/read-json-object.ts';
import type { ListQuery } from './list-query.ts';
import { readFieldFilter } from './read-field-filter.ts';

/** Makes the token that goes on with `query`; it is good for this path only, and cannot be made up. */
export function writeContinuationToken(key: string, path: string, query: ListQuery): string {
  const { size, start, filter, sort } = query;
  const state = {
    size,
    start,
    ...(filter === undefined ? {} : { filter: filterText(filter) }),
    ...(sort === undefined ? {} : { sortField: sort.field, sortDirection: sort.direction }),
  };
  const text = Buffer.from(JSON.stringify(state)).toString('base64');
  return `${text},${sign(key, path, text)}`;
}

/** Reads a token for this path; undefined where it is none, or one of another path. */
export function readContinuationToken(key: string, path: string, token: string): ListQuery | undefined {
  const [text = '', signature] = token.split(',');
  if (signature !== sign(key, path, text)) return undefined;
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

function filterText({ field, value, operator }: { field: string; value: string; operator: string }): string {
  return JSON.stringify({ Field: field, Value: value, Operator: operator });
}

function sign(key: string, path: string, text: string): string {
  return createHmac('sha256', key).update(`${path.toLowerCase()}\n${text}`).digest('base64');
}
