/**
 * Whether a quotation opens at this place: a quote before a word, with space or a bracket before it. The apostrophe of
 * `van 't Hart` or `rock 'n' roll` opens none.
 */
export function opensQuote(text: string, at: number): boolean {
  const quote = text.charAt(at);
  const before = at === 0 ? ' ' : text.charAt(at - 1);
  if (!/["']/.test(quote) || !/[\s([:=,/-]/.test(before)) {
    return false;
  }
  return quote === '"'
    ? /\S/.test(text.charAt(at + 1))
    : /[\p{L}\p{N}"]/u.test(text.slice(at + 1, at + 3)) && !/^'[tnskm][\s']/i.test(text.slice(at, at + 3));
}
