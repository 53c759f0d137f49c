/**
 * Cleans the text of a message. `botMentions` are the exact `<at>…</at>` strings by which the message mentions the bot.
 * It removes each of them, wherever it stands, and keeps the name in mentions of other people. It decodes HTML entities
 * once, and drops invisible and bidirectional characters. It makes spaces, quotes, dashes and line ends plain, and
 * brings letters to NFKC. It unwraps links around an address. It never throws.
 */
export function cleanText(text: string, botMentions: readonly string[]): string {
  const unmentioned = [...new Set(botMentions)]
    .filter((mention) => /^<at\b/i.test(mention) && /<\/at>$/i.test(mention))
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, mention) => rest.replaceAll(mention, ' '), text);
  return tidyLines(unwrapLinks(makePlain(decodeEntities(dropTags(unmentioned)))));
}

function dropTags(text: string): string {
  return text
    .replace(/<br ?\/?>|<\/(?:p|div|li)>/gi, '\n')
    .replace(/<at(?: [^<>]{0,200})?>/gi, ' ')
    .replace(/<\/at>/gi, '')
    .replace(/<\/?(?:p|div|span|b|i|u|em|strong|ul|ol|li|a)(?: [^<>]{0,400})?>/gi, '');
}

function makePlain(text: string): string {
  // An acute accent that stands alone would become a space and a combining mark in NFKC, so quotes go first.
  return plainQuotes(text.toWellFormed())
    .normalize('NFKC')
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\p{Zs}\u2800]/gu, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
}

function plainQuotes(text: string): string {
  return text
    .replace(/[‘’‚‛‹›′´`ʼ＇]/g, "'")
    .replace(/[“”„‟«»″〝〞＂]/g, '"')
    .replace(/[‐‑‒–—―−﹘﹣－]/g, '-');
}

function tidyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split(' ').filter(Boolean).join(' '))
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Takes the wrapping off an address: `mailto:a@b.c`, `<a@b.c>`, `a@b.c<mailto:a@b.c>` and Markdown links whose text is an
 * address or a domain, or whose target is one, become the bare address. Every pattern is bounded in length.
 */
function unwrapLinks(text: string): string {
  return text
    .replace(/\[([^[\]()\n]{1,200})\]\(([^()\s]{1,400})\)/g, (whole, label: string, target: string) =>
      unwrapMarkdown(whole, label.trim(), target),
    )
    .replace(/<mailto:([^<>\s]{1,320})>/gi, ' <$1>')
    .replace(/\bmailto:(?=[^\s<>:]{1,64}@)/gi, '')
    .replace(/<([^<>\s]{3,320})>/g, (whole, inside: string) => (isAddress(inside) ? ` ${inside} ` : whole));
}

function unwrapMarkdown(whole: string, label: string, target: string): string {
  if (isAddress(label)) {
    return label;
  }
  const address = target.replace(/^mailto:/i, '').replace(/\?.*$/, '');
  if (isAddress(address)) {
    return address;
  }
  return /^[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}$/u.test(label) ? label : whole;
}

const signs = `amp & lt < gt > quot " apos ' ndash - mdash - lsquo ' rsquo ' ldquo " rdquo " hellip ...`;
const letters =
  'auml ä ouml ö uuml ü Auml Ä Ouml Ö Uuml Ü szlig ß aacute á eacute é iacute í oacute ó uacute ú Eacute É agrave à ' +
  'egrave è ecirc ê euml ë iuml ï ccedil ç ntilde ñ oslash ø Oslash Ø aring å Aring Å aelig æ';
const named: ReadonlyMap<string, string> = new Map([
  ...['nbsp', 'ensp', 'emsp', 'thinsp'].map((name) => [name, ' '] as const),
  ...Array.from(`${signs} ${letters}`.matchAll(/(\S+) (\S+)/g), ([, name = '', sign = '']) => [name, sign] as const),
]);

/** Decodes HTML entities once, so that `&amp;lt;` becomes `&lt;` and no more. What is no known entity stays as it is. */
function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,8});/g, (entity, name: string) =>
    name.startsWith('#') ? decodeNumber(name.slice(1)) : (named.get(name) ?? named.get(name.toLowerCase()) ?? entity),
  );
}

function decodeNumber(digits: string): string {
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : '';
}

const longest = 320;

/** Whether a word has the shape of an address: one `@`, something before it, a dotted domain after it. */
export function isAddress(word: string): boolean {
  const at = word.indexOf('@');
  if (at < 1 || word.length > longest || word.indexOf('@', at + 1) !== -1 || /[\s,;:<>()"[\]]/.test(word)) {
    return false;
  }
  const labels = word.slice(at + 1).split('.');
  return labels.length > 1 && labels.every((label) => label !== '');
}
