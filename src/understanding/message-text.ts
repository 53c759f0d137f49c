/**
 * Stands before the name of another person whom a message mentions. What is typed never holds this sign, because NFKC
 * makes a plain one of it.
 */
const mentionSign = '＠';

/**
 * Reads the text of a message as a person sees it. `botMentions` are the names by which it mentions the bot, with or
 * without their `<at>` tags. It removes these mentions, marks those of other people, and drops tags and what a reply
 * quotes. It decodes HTML entities once, and drops invisible and bidirectional characters. It makes spaces, quotes,
 * dashes and line ends plain, brings letters to NFKC, and unwraps links around an address. It never throws.
 */
export function cleanText(text: string, botMentions: readonly string[]): string {
  const own = new Set(botMentions.map(nameInMention));
  return tidyLines(unwrapLinks(dropUnmeant(readMarkup(dropQuotedReplies(text), own))));
}

function readMarkup(text: string, own: ReadonlySet<string>): string {
  const at = /<at(?:\s[^<>]{0,200})?>([^<>]{0,512})<\/at>/gi;
  const pieces: string[] = [];
  let end = 0;
  for (const mention of text.matchAll(at)) {
    const name = makePlain(decodeEntities(mention[1] ?? ''));
    pieces.push(readText(text.slice(end, mention.index)), own.has(name.trim()) ? ' ' : ` ${mentionSign}${name}`);
    end = mention.index + mention[0].length;
  }
  return [...pieces, readText(text.slice(end))].join('');
}

function readText(text: string): string {
  return makePlain(decodeEntities(dropTags(text)));
}

function nameInMention(mention: string): string {
  return readText(mention.replaceAll(/<\/?at(?:\s[^<>]{0,200})?>/gi, '')).trim();
}

/** What a reply quotes was written by somebody else, and so was another quotation, whose lines begin with `>` then. */
function dropQuotedReplies(text: string): string {
  if (!/<blockquote/i.test(text)) return text;
  const parts = text.split(/<\/blockquote>/i);
  return parts
    .map((part, number) => {
      const start = part.search(/<blockquote/i);
      if (start === -1 || number === parts.length - 1) return part;
      const quoted = part.slice(start);
      if (/^<blockquote\s[^<>]{0,400}schema\.skype\.com\/Reply/i.test(quoted)) return part.slice(0, start);
      const lines = dropTags(quoted).trim().replaceAll(/\n\s*/g, '<br>&gt; ');
      return `${part.slice(0, start)}<br>&gt; ${lines}`;
    })
    .join('\n');
}

/** What was struck out, and what was not ticked. */
function dropUnmeant(text: string): string {
  return text.replaceAll(/~~[^~]{1,1000}~~|(?:[☐⬜]|\[ \])[^☐⬜☑☒✅[\]\n]*/gu, ' ');
}

/** Tags that Teams sends today, and any other that has the form of one: small letters, and attributes with values. */
function dropTags(text: string): string {
  return text
    .replace(/<(s|strike|del)>[^<>]{0,1000}<\/\1>/gi, ' ')
    .replace(/<\/?(?:br|p|div|li|tr|pre|hr|h[1-6]|blockquote|table)(?:\s[^<>]{0,400})?\/?>/gi, '\n')
    .replace(/<\/?at(?:\s[^<>]{0,200})?>|<\/?td(?:\s[^<>]{0,400})?>/gi, ' ')
    .replace(/<!--[^<>]{0,400}-->|<\/?[a-z][a-z\d:-]{0,30}(?:\s[^<>=]{0,100}=[^<>]{0,2000})?\s?\/?>/g, '');
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
    .replace(/(?<=\))[—―]/g, ' - ')
    .replace(/[‐‑‒–—―−﹘﹣－]/g, '-');
}

function tidyLines(text: string): string {
  const lines = text.split('\n').map((line) => line.split(' ').filter(Boolean).join(' '));
  const isQuotedOnce = lines.some((line) => /^[>|] ?(?![>|])/.test(line));
  return (
    lines
      // What is quoted in a quotation is older than what is asked.
      .filter((line) => line !== '' && !(isQuotedOnce && /^(?:[>|] ?){2}/.test(line)))
      .map((line) => line.replace(/^(?:[>|] ?){2,}(?!.*\|)/, '> '))
      .map((line) => line.replace(/^\|(?: |$)(?!.*\|)/, '> '))
      .join('\n')
  );
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
    .replace(/\bwww\.(?=[\w-]{1,63}\.)/gi, '')
    .replace(/(?<!\S)([\w-]{1,63}(?:\.[\w-]{1,63}){0,8})\\([\w.-]{1,64})(?!\S)/g, '$2 @ $1')
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
