/** Whether a text goes out as a header just as it is: plain ASCII without space at its ends. */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}
