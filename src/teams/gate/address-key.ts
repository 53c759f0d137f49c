import { isIPv6 } from 'node:net';

/**
 * Under which key an address is counted: an IPv4 address as it is, however it is written, and of an IPv6 address its
 * first 64 bits, since whoever has one has all addresses that share them.
 */
export function addressKey(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const [before = '', after = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::', 2);
  const left = before === '' ? [] : before.split(':');
  const right = after === '' ? [] : after.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
