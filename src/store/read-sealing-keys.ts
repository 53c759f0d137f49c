import { Secret } from '../secret.ts';

/** `malformed` counts from 1 in the order they were given; no key is repeated in what is said of it. */
export type SealingKeys =
  | { readonly kind: 'keys'; readonly keys: readonly Secret[] }
  | { readonly kind: 'malformed'; readonly numbers: readonly number[] };

/** Reads `SEALING_KEY`: keys of 32 bytes in base64, comma-separated, the sealing one first. */
export function readSealingKeys(text: Secret): SealingKeys {
  const parts = text.reveal((value) => value.split(',').map((part) => new Secret(part.trim())));
  const numbers = parts.flatMap((part, index) => (part.reveal(isKey) ? [] : [index + 1]));
  return numbers.length === 0 ? { kind: 'keys', keys: parts } : { kind: 'malformed', numbers };
}

/** Buffer forgives every sign that is not base64, so the text has to come out as it went in. */
function isKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
}
