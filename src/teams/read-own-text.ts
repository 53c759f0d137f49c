import { readOwn } from './read-own.ts';

/** The string an object holds under its own `key`, if it has 1 to `atMost` characters. */
export function readOwnText(from: unknown, key: string, atMost: number): string | undefined {
  const value = readOwn(from, key);
  return typeof value === 'string' && value.length > 0 && value.length <= atMost ? value : undefined;
}
