import { isAddress } from './is-address.ts';

/**
 * Takes the wrapping off an address: `mailto:a@b.c`, `<a@b.c>`, `a@b.c<mailto:a@b.c>` and Markdown links whose text is an
 * address or a domain, or whose target is one, become the bare address. Every pattern is bounded in length.
 */
export function unwrapLinks(text: string): string {
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
