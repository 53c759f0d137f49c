/**
 * Path and query of a link that the service gave, below `/v1`, which the link may begin with or not. Host, scheme and
 * fragment are left out: no link leads to another host. Undefined where it is no address.
 */
export function nextPathOf(uri: string): string | undefined {
  const base = 'https://partner.invalid';
  if (!URL.canParse(uri, base)) {
    return undefined;
  }
  const { protocol, pathname, search } = new URL(uri, base);
  // Other schemes keep backslashes and dots as they are, which would mean a different path at our own address.
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb ? pathname.replace(/^(\/+v1(?=\/))?\/+/i, '/') + search : undefined;
}
