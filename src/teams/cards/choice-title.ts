import { plainName } from '../texts/plain-name.ts';

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
export function choiceTitle(parts: readonly string[]): string {
  return parts
    .map((part) => plainName(part))
    .join(' · ')
    .replace(/[*`[\]\\~|!]/g, (sign) => lookAlikes[sign] ?? sign)
    .replace(/&(?=[#\w]+;)/g, '＆')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/^(?:#+|[-+=])/, (signs) =>
      signs.replace(/./g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
    )
    .replace(/^(\d+)([.)])/, (_whole, number: string, sign: string) => `${number}${sign === '.' ? '．' : '）'}`);
}
