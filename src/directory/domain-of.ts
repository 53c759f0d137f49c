import { readDomain } from './read-domain.ts';

/** The domain of an address; undefined where a text is no address. */
export function domainOf(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  return at < 1 ? undefined : readDomain(address.slice(at + 1));
}
