import { PartnerError } from '../partner-error.ts';

/**
 * The address all calls go to, without a slash at its end. HTTPS, or plain HTTP on this machine's own addresses: a
 * token never travels in the clear. Throws `invalid-argument`.
 */
export function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url === undefined || !isSafe || url.username !== '' || url.password !== '' || url.search + url.hash !== '') {
    throw new PartnerError({
      code: 'invalid-argument',
      says: 'baseUrl must be an https address without user, query or fragment.',
    });
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
