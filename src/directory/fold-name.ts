/** A name as it is compared: without case, accents, spare spaces and the marks that people leave out. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc`´]/gu, "'")
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
