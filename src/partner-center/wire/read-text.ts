import { readField } from './read-field.ts';

/** A field that is text; undefined where it is missing, null, empty or something else. */
export function readText(from: unknown, name: string): string | undefined {
  const value = readField(from, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
