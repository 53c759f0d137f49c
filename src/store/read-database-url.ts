/** Where the data lives. */
export type DatabaseUrl =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'malformed' };

/** Reads `DATABASE_URL`: `sqlite:PATH`, or `postgres://…` (also `postgresql://…`). */
export function readDatabaseUrl(text: string): DatabaseUrl {
  const path = /^sqlite:(?<path>[^\0]+)$/.exec(text)?.groups?.['path'];
  if (path !== undefined) return { kind: 'sqlite', path };
  return /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text)
    ? { kind: 'postgres', url: text }
    : { kind: 'malformed' };
}
