const longest = 24 * 60 * 60 * 1000;

/** `Retry-After`, seconds or a date, in milliseconds from `now`; a day at most, undefined where it says nothing. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,15}(\.\d+)?$/.test(text)) {
    return Math.min(Math.ceil(Number(text) * 1000), longest);
  }
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(date - now, 0), longest);
}
