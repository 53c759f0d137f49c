/** What JSON can say, and `undefined` in an object for what is not said. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** JSON with the names in order and no spaces: equal values give equal texts. https://www.rfc-editor.org/rfc/rfc8785 */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, inOrder);
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
