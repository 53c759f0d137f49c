import { outboundTunables } from './every-duration-and-limit.ts';

/**
 * Reads the header `Retry-After`: seconds, which may be fractional at Microsoft Graph, or an HTTP date. Returns milliseconds
 * from `now`, at most 24 hours. A date that has passed gives 0. Undefined where it is neither.
 * See https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const { maxRetryAfterMilliseconds: most } = outboundTunables;
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), most);
  const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(date - now, 0), most);
}
