/**
 * One spelling for the ways in which an Entra object id is written: in upper case, in braces, without hyphens, with
 * Teams' own `8:orgid:` before it. Any other id comes out in lower case.
 */
export function plainId(id: string): string {
  const bare = id
    .trim()
    .toLowerCase()
    .replace(/^8:orgid:/, '');
  const digits = bare.replaceAll(/[{}()-]/g, '');
  return /^[\da-f]{32}$/.test(digits) ? digits : bare;
}
