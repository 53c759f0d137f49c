/** A filter by one field as it stands in an address. */
export function filterQuery(Field: string, Value: string, Operator: string): string {
  return `filter=${encodeURIComponent(JSON.stringify({ Field, Value, Operator }))}`;
}
