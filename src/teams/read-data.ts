import { readOwn } from './read-own.ts';

const mostEntries = 50;
const longestKey = 100;
const longestText = 2000;

/**
 * What a button carried, as texts: clients send numbers, truth values, or the whole of it as JSON in a string. At most
 * 50 entries, keys up to 100 and texts up to 2,000 characters; what does not fit is left out.
 */
export function readData(data: unknown): Readonly<Record<string, string>> {
  const whole = typeof data === 'string' ? parseLeniently(data) : data;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return {};
  const entries: [string, string][] = [];
  for (const key of Object.keys(whole)) {
    if (entries.length === mostEntries) break;
    if (key === '__proto__' || key.length > longestKey) continue;
    const value = readOwn(whole, key);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    const text = String(value);
    if (text.length <= longestText) entries.push([key, text]);
  }
  return Object.fromEntries(entries);
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
