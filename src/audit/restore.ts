/** Where a trail was restored: the row that says so, when that was, and from when the backup was, as far as it says. */
export type Restore = { readonly row: number; readonly at: number; readonly from: number | undefined };
