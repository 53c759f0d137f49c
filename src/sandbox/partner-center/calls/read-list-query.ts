import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { refuse } from '../http/refuse.ts';
import { readContinuationToken } from './continuation-token.ts';
import type { ListQuery } from './list-query.ts';
import { readFieldFilter } from './read-field-filter.ts';

/** What a collection allows. */
export type ListRules = {
  readonly needsSize: boolean;
  readonly sortFields: readonly string[];
  /** The key of this server's continuation tokens. */
  readonly tokenKey: string;
};

const parameters = new Set(['size', 'filter', 'sortField', 'sortDirection', 'seekOperation']);
const usualSize = 100;

/** Reads size, filter, order and continuation of a call; what does not fit together is refused. */
export function readListQuery(
  call: Call,
  rules: ListRules,
): { readonly kind: 'query'; readonly query: ListQuery } | { readonly kind: 'refused'; readonly answer: Answer } {
  const { query, headers, path } = call;
  const names = [...query.keys()];
  const unknown = names.find((name, at) => !parameters.has(name) || names.indexOf(name) !== at);
  if (unknown !== undefined) return bad(2000, `The query parameter '${unknown}' is unknown or given twice.`);
  const token = headers['ms-continuationtoken'];
  const seek = query.get('seekOperation');
  if (token === undefined && seek === null) return readFirst(query, rules);
  if (token === undefined) return bad(2001, 'The header MS-ContinuationToken is missing.');
  if (seek !== 'Next') return bad(2000, 'A continuation token needs seekOperation=Next.');
  const going = readContinuationToken(rules.tokenKey, path, token);
  if (going === undefined) return bad(2000, 'The continuation token is not valid.');
  if (names.length === 1) return { kind: 'query', query: going };
  const said = readFirst(query, { ...rules, needsSize: true });
  if (said.kind === 'refused') return said;
  const asked = { ...said.query, start: going.start };
  if (JSON.stringify(asked) !== JSON.stringify({ ...going })) {
    return bad(2000, 'The continuation token belongs to another query.');
  }
  return { kind: 'query', query: going };
}

function readFirst(query: URLSearchParams, rules: ListRules): ReturnType<typeof readListQuery> {
  const size = query.get('size');
  if (size === null && rules.needsSize) return bad(2001, "The query parameter 'size' is missing.");
  if (size !== null && !/^\d{1,9}$/.test(size)) return bad(2000, "The query parameter 'size' must be a whole number.");
  const text = query.get('filter');
  const filter = text === null ? undefined : readFieldFilter(text);
  if (text !== null && filter === undefined) return bad(2000, 'The filter is not valid.');
  const field = query.get('sortField');
  const direction = query.get('sortDirection');
  if (field === null && direction !== null) return bad(2000, 'sortDirection needs sortField.');
  if (field !== null && !rules.sortFields.includes(field)) return bad(2000, `'${field}' is no field to sort by.`);
  if (direction !== null && direction !== 'ascending' && direction !== 'descending') {
    return bad(2000, 'sortDirection must be ascending or descending.');
  }
  const sort: ListQuery['sort'] = field === null ? undefined : { field, direction: direction ?? 'ascending' };
  return { kind: 'query', query: { size: size === null ? usualSize : Number(size), start: 0, filter, sort } };
}

function bad(code: number, description: string): { readonly kind: 'refused'; readonly answer: Answer } {
  return { kind: 'refused', answer: refuse(400, code, description) };
}
