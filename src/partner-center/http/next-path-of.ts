/**
 * Path and query of a link that the service gave, below `/v1`, which the link may begin with or not. Host, scheme and
 * fragment are left out: no link leads to another host. Undefined where it is no address.
 */
export function nextPathOf(uri: string): string | undefined {
  const base = 'https://partner.invalid';
  if (!URL.canParse(uri, base)) {
    return undefined;
  }
  const { pathname, search } = new URL(uri, base);
  return pathname.startsWith('/') ? pathname.replace(/^(\/+v1(?=\/))?\/+/i, '/') + search : undefined;
}
