/** What is wrong with a trail: the first thing, and the row that it was found at. */
export type TrailFault =
  /** A row holds something else than what was written. */
  | { readonly kind: 'altered'; readonly row: number; readonly what: 'content' | 'hash' | 'number' }
  /** Rows from `row` to `last` are not there; `closed-up`: those after them took their numbers. */
  | { readonly kind: 'missing'; readonly row: number; readonly last: number; readonly closedUp: boolean }
  /** A row that was never written; `standsAs` is what it has for a number. */
  | { readonly kind: 'inserted'; readonly row: number; readonly standsAs: string }
  /** Two rows have that number, and one of them was never written. */
  | { readonly kind: 'doubled'; readonly row: number }
  /** The row that was written there stands as another one, or another one stands there. */
  | { readonly kind: 'reordered'; readonly row: number; readonly foundAs: string }
  /** The trail ends before `row`; `known` is how far it went, `by` who says so. */
  | {
      readonly kind: 'cut-off';
      readonly row: number;
      readonly known: number;
      readonly by: 'head' | 'printed-head';
    }
  /** The table of the head does not hold the last row. */
  | { readonly kind: 'head-altered'; readonly row: number }
  /** The row fits the key and is not the one whose head was printed: written anew with the key. `since`: the last row whose head agrees. */
  | { readonly kind: 'rewritten'; readonly row: number; readonly since: number }
  /** The trail says that it was restored at that row, which nobody has acknowledged; `heads` of these rows are of the time that was lost. */
  | {
      readonly kind: 'restored';
      readonly row: number;
      readonly at: number;
      /** From when the backup is, as far as the record says. */
      readonly from: number | undefined;
      readonly heads: readonly number[];
    }
  /** A restore was acknowledged at a row that does not say so. */
  | { readonly kind: 'not-restored'; readonly row: number }
  /** Where the chain begins was altered or removed, though the key is the right one. */
  | { readonly kind: 'check-altered'; readonly row: number }
  /** Nothing fits the key: another key, or all of it written anew with another one. `printed`: whether printed heads stand in it. */
  | { readonly kind: 'wrong-key'; readonly row: number; readonly printed: 'none-given' | 'found' | 'not-found' };
