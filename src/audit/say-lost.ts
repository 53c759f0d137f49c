/** Says of which rows printed heads are, that belong to a time which was lost. */
export function sayLost(rows: readonly number[]): string {
  const first = rows.reduce((least, row) => Math.min(least, row), Number.POSITIVE_INFINITY);
  const last = rows.reduce((most, row) => Math.max(most, row), 0);
  return rows.length === 1
    ? `The printed head of row ${first} is of the time that was lost.`
    : `${rows.length} printed heads, of rows ${first} to ${last}, are of the time that was lost.`;
}
