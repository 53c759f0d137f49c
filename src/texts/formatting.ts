import type { Technician } from '../reset/index.ts';

/** Whole sentences, ready to be shown: what happened, and what the reader should do next. */
export type FailureText = { readonly problem: string; readonly advice: string };

const longestName = 128;

/** Far above any real name, and short enough that nobody's name costs time. */
const longestConsidered = 2048;

/**
 * Makes a text from outside fit to be shown in a `TextRun`: NFC, one line, at most `atMost` characters, without control,
 * bidirectional, zero-width and otherwise invisible characters, without towers of accents, and with `{{` broken apart,
 * because clients still expand `{{DATE(…)}}` there. What is no text, or nothing visible, becomes `(no name)`.
 */
export function sanitizeName(name: string, atMost = longestName): string {
  if (typeof name !== 'string') return '(no name)';
  const visible = name
    .slice(0, longestConsidered)
    .toWellFormed()
    .replace(/[\s\u2800]+/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFC')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\{(?=\{)/gu, '{ ')
    .replace(/ {2,}/gu, ' ')
    .trim();
  const characters = [...visible];
  if (characters.length === 0) return '(no name)';
  return characters.length > atMost
    ? `${characters
        .slice(0, atMost - 1)
        .join('')
        .trimEnd()}…`
    : visible;
}

/**
 * Makes a text from outside fit to stand in a message of `textFormat` plain: cleaned as on a card, and without what a
 * client might read as a mention, a tag or a link.
 */
export function sanitizePlainText(name: string, atMost?: number): string {
  return sanitizeName(name, atMost).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('://', ': //');
}

/** Signs that Markdown makes something of, and what looks like them. */
const lookAlikes: Readonly<Record<string, string>> = {
  '*': '＊',
  '`': 'ˋ',
  '[': '［',
  ']': '］',
  '\\': '＼',
  '~': '～',
  '|': '｜',
  '!': '！',
  '&': '＆',
};

/**
 * Makes one line of parts from outside fit to be the title of a choice. Clients render Markdown there, so signs that mean
 * something in it are replaced by others that look like them; a domain, an address or an id stays as it is.
 */
export function formatChoiceTitle(parts: readonly string[]): string {
  return parts
    .map((part) => sanitizePlainText(part))
    .join(' · ')
    .replace(/[*`[\]\\~|!]/g, (sign) => lookAlikes[sign] ?? sign)
    .replace(/&(?=[#\w]+;)/g, '＆')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/^(?:#+|[-+=])/, (signs) =>
      signs.replace(/./g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
    )
    .replace(/^(\d+)([.)])/, (_whole, number: string, sign: string) => `${number}${sign === '.' ? '．' : '）'}`);
}

/** Names a technician for people to read, with their address where it is known. */
export function formatTechnician({ name, userPrincipalName }: Technician): string {
  return userPrincipalName === undefined
    ? sanitizeName(name)
    : `${sanitizeName(name)} (${sanitizeName(userPrincipalName)})`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant for people to read, in UTC: `3 Nov 2026, 14:05 UTC`. */
export function formatTime(milliseconds: number): string {
  const at = new Date(milliseconds);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}, ${at.toISOString().slice(11, 16)} UTC`;
}

/** An instant in the only form that clients expand in `{{DATE(…)}}` and `{{TIME(…)}}`: no fractions of a second. */
export function formatMacroTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
