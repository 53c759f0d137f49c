/** A text as it may stand in an address: small ASCII letters and digits, at most 40; empty where it has none. */
export function slugOf(text: string): string {
  return text
    .replaceAll('ß', 'ss')
    .replaceAll(/[łŁ]/g, 'l')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 40);
}
