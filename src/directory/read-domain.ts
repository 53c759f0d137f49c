import { domainToASCII } from 'node:url';

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const longest = 253;

/** A domain in small ASCII letters, checked strictly; undefined where a text is none: no address, no port, no path. */
export function readDomain(text: string): string | undefined {
  const typed = text.trim();
  if (typed.length > longest || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(typed)) return undefined;
  const domain = domainToASCII(typed);
  const labels = domain.split('.');
  const isDomain = labels.length > 1 && domain.length <= longest && labels.every((part) => label.test(part));
  return isDomain && /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? '') ? domain : undefined;
}
