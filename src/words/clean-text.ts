import { decodeEntities } from './decode-entities.ts';
import { unwrapLinks } from './unwrap-links.ts';

/**
 * The text of a message as it was typed. `botMentions` are the exact `<at>…</at>` strings by which the message mentions
 * the bot: each goes, wherever it stands; of other people's mentions the name stays. HTML entities are decoded once,
 * invisible and bidirectional characters dropped, spaces, quotes, dashes and line ends made plain, letters brought to
 * NFKC, and links around an address unwrapped. It never throws.
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
