const asciiOnly = /^[\x20-\x7e]*$/;

/**
 * A name letter by letter, as it is compared: small letters, plain quotes, dashes and spaces, nothing invisible. Accents
 * stay.
 */
export function plainLetters(name: string): string {
  const lower = asciiOnly.test(name) ? name.toLowerCase() : makePlain(name);
  return lower.includes('  ') || lower.startsWith(' ') || lower.endsWith(' ')
    ? lower.replaceAll(/ +/g, ' ').trim()
    : lower;
}

function makePlain(name: string): string {
  // An acute accent that stands alone would become a space and a combining mark in NFKC, so quotes go first.
  return name
    .replaceAll(/[‘’‚‛‹›′´`ʼ＇]/g, "'")
    .replaceAll(/[“”„‟«»″〝〞＂]/g, '"')
    .replaceAll(/[‐‑‒–—―−﹘﹣－־]/g, '-')
    .normalize('NFKC')
    .replaceAll(/[\s\u2800]/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC');
}
