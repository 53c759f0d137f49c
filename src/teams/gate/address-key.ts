import { isIPv6 } from 'node:net';

/**
 * Under which key an address is counted: an IPv4 address as it is, however it is written, and of an IPv6 address its
 * first 64 bits, since whoever has one has all addresses that share them.
 */
export function addressKey(address: string): string {
  const bare = address.replace(/%.*/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const written = short.split(':').filter((group) => group !== '').length;
  const whole = short.replace('::', `:${'0:'.repeat(8 - written)}`).replace(/^:/, '');
  return whole.split(':').slice(0, 4).join(':');
}
