import { type Customer, makeReference, type ResetRequest, type Technician } from '../reset/index.ts';

/** Whole sentences, ready to be shown: what happened, and what the reader should do next. */
export type FailureText = { readonly problem: string; readonly advice: string };

/** Enough for two sentences with a few names in them. */
export const longestSentence = 600;

const longestName = 128;

/** Far above any real name, and short enough that no name costs time. */
const longestConsidered = 2048;

/**
 * Makes a text from outside fit to be shown in a `TextRun`: NFC, one line, at most `atMost` characters. Control,
 * bidirectional, zero-width and other invisible characters are removed, and so are towers of accents. `{{` is broken
 * apart, because clients still expand `{{DATE(…)}}` there. What is no text, or nothing visible, becomes `missing`.
 */
export function sanitizeName(name: string, atMost = longestName, missing: string = formattingTexts.noName): string {
  if (typeof name !== 'string') return missing;
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
  if (characters.length === 0) return missing;
  return characters.length > atMost
    ? `${characters
        .slice(0, atMost - 1)
        .join('')
        .trimEnd()}…`
    : visible;
}

/**
 * Makes a text from outside fit to stand in a message of `textFormat` plain. It is cleaned as on a card. What a client
 * might read as a mention, a tag or a link is replaced.
 */
export function sanitizePlainText(name: string, atMost?: number, missing?: string): string {
  return sanitizeName(name, atMost, missing).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('://', ': //');
}

export type Sanitize = typeof sanitizePlainText;

/** The domain of a customer, or that Partner Center gives none. `sanitize` makes it fit for where it is shown. */
export function formatDomain(domain: string, sanitize: Sanitize): string {
  return sanitize(domain, undefined, formattingTexts.noDomain);
}

/** The address of a user (UPN), or that Partner Center gives none. `sanitize` makes it fit for where it is shown. */
export function formatAddress(userPrincipalName: string, sanitize: Sanitize): string {
  return sanitize(userPrincipalName, undefined, formattingTexts.noAddress);
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
 * Makes one line of parts from outside fit to be the title of a choice. Clients render Markdown there, so
 * its signs are replaced by others that look like them. A domain, an address or an id stays as it is.
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

/** The name to show of a person who uses Locksmith. Teams may send none, which is stored as an empty text. */
export function personName(name: string): string {
  return name === '' ? formattingTexts.namelessPerson : name;
}

/** What to quote of a request where something failed: the short reference for people, and the correlation id for Microsoft. */
export function formatReference({ id, correlationId }: Pick<ResetRequest, 'id' | 'correlationId'>): string {
  return formattingTexts.reference(makeReference(id), sanitizePlainText(correlationId));
}

/** Names a technician for people to read, with their address where it is known. */
export function formatTechnician({ name, userPrincipalName }: Technician): string {
  const shown = sanitizeName(personName(name));
  return userPrincipalName === undefined ? shown : `${shown} (${sanitizeName(userPrincipalName)})`;
}

/** Names a customer with everything that tells it apart from others. Plain text. */
export function formatCustomer({ name, domain, id }: Customer): string {
  return formattingTexts.customer(
    sanitizePlainText(name),
    formatDomain(domain, sanitizePlainText),
    sanitizePlainText(id),
  );
}

/** Names a customer with its domain. `sanitize` makes the parts fit for where the name is shown. */
export function formatCustomerName({ name, domain }: Pick<Customer, 'name' | 'domain'>, sanitize: Sanitize): string {
  const shown = sanitize(domain, undefined, '');
  return `${sanitize(name)} ${shown === '' ? formattingTexts.noDomain : `(${shown})`}`;
}

/** Enough to see what kind of account it is. */
export const mostRoles = 6;

/** Lists the names of directory roles. A long list is cut, and ends with how many more there are. */
export function formatRoleNames(names: readonly string[]): string {
  return formatNames(names);
}

/** Lists names. A long list is cut, and ends with how many more there are, `unnamed` ones among them. */
export function formatNames(names: readonly string[], unnamed = 0): string {
  const shown = names.slice(0, mostRoles).map((name) => sanitizeName(name));
  const more = names.length - shown.length + unnamed;
  return (more > 0 ? [...shown, formattingTexts.more(more)] : shown).join(', ');
}

/** A heading, a line with a bullet for each item, and closing lines. Plain text. */
export function formatBullets(heading: string, items: readonly string[], closing: readonly string[] = []): string {
  return [heading, ...items.map((item) => `• ${item}`), ...closing].join('\n');
}

/** Puts whole sentences one after the other. What is undefined is left out. */
export function joinSentences(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter((one) => one !== undefined).join(' ');
}

/**
 * What a card is, and about whom, in one line for a notification: `Password ready: Adele Vance`. Of a heading in two parts
 * the first is enough. Some clients render Markdown there.
 */
export function formatSummary(heading: string, person: string): string {
  const [what = heading] = heading.split(': ');
  return formattingTexts.summary(what, formatChoiceTitle([person]));
}

/** Begins a line of a card with a capital letter. */
export function beginLine(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A number for people to read: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString(formattingTexts.locale);
}

/** An instant for people to read, in UTC: `3 Nov 2026, 14:05 UTC`. */
export function formatTime(milliseconds: number): string {
  const at = new Date(milliseconds);
  const month = formattingTexts.months[at.getUTCMonth()] ?? '';
  return formattingTexts.time(at.getUTCDate(), month, at.getUTCFullYear(), at.toISOString().slice(11, 16));
}

/** A day in UTC, for what is counted in days. */
export function formatDay(milliseconds: number): string {
  const at = new Date(milliseconds);
  return formattingTexts.day(at.getUTCDate(), formattingTexts.months[at.getUTCMonth()] ?? '', at.getUTCFullYear());
}

/**
 * An instant on a card: the client shows it in the reader's own time zone and spelling. It must not go through
 * `sanitizeName`, which breaks the braces of names apart. Plain text has no such functions; see `formatTime`.
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features#datetime-formatting-and-localization
 */
export function formatCardTime(milliseconds: number): string {
  return `${formatCardDay(milliseconds)} ${formatCardTimeOfDay(milliseconds)}`;
}

/** The same without the day, for what is over within the hour. */
export function formatCardTimeOfDay(milliseconds: number): string {
  return `{{TIME(${formatMacroTime(milliseconds)})}}`;
}

/** A day on a card. */
export function formatCardDay(milliseconds: number): string {
  return `{{DATE(${formatMacroTime(milliseconds)}, SHORT)}}`;
}

/** How instants and days are shown: in UTC in plain text, in the reader's own time on a card. */
export type Times = {
  readonly instant: (milliseconds: number) => string;
  readonly day: (milliseconds: number) => string;
};

export const plainTimes: Times = { instant: formatTime, day: formatDay };
export const cardTimes: Times = { instant: formatCardTime, day: formatCardDay };

/** The only form that clients expand: no fractions of a second. */
function formatMacroTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

const formattingTexts = {
  summary: (heading: string, person: string) =>
    heading.endsWith('?') ? `${heading} ${person}` : `${heading}: ${person}`,
  noName: '(no name)',
  noDomain: '(no domain)',
  noAddress: '(no address)',
  namelessPerson: 'somebody without a name',
  customer: (name: string, domain: string, tenant: string) => `${name}, ${domain}, tenant ${tenant}`,
  more: (count: number) => `and ${count} more`,
  reference: (reference: string, correlationId: string) => `${reference}, correlation id ${correlationId}`,
  /** Groups the digits of counts. */
  locale: 'en-GB',
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  day: (day: number, month: string, year: number) => `${day} ${month} ${year}`,
  time: (day: number, month: string, year: number, time: string) => `${day} ${month} ${year}, ${time} UTC`,
} as const;

/** Makes words fit that a request of an older version may hold, which came from outside. */
export function sanitizeAdvice({ problem, advice }: FailureText): FailureText {
  return { problem: sanitizeName(problem, longestSentence), advice: sanitizeName(advice, longestSentence) };
}
