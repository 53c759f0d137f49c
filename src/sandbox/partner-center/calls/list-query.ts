import type { FieldFilter } from './read-field-filter.ts';

/** What is asked of a collection. */
export type ListQuery = {
  /** Items a page; 0: all of them. */
  readonly size: number;
  /** Where the page begins. */
  readonly start: number;
  readonly filter: FieldFilter | undefined;
  readonly sort: { readonly field: string; readonly direction: 'ascending' | 'descending' } | undefined;
};
