import type { PartnerQuery, SimpleFieldFilter } from './partner-query.ts';

/** Everything in one answer (`size=0`) of 64 MB at most; a longer one is `unreadable-answer`. For large collections an indexed query is kinder to memory. */
export function buildSimpleQuery(filter?: SimpleFieldFilter): PartnerQuery {
  return { kind: 'simple', filter };
}
