import { createPublicKey, type KeyObject } from 'node:crypto';

import { readOwn } from '../read-own.ts';
import { readOwnText } from '../read-own-text.ts';

/** A key that signs what Bot Framework sends, and the channels it may sign for. */
export type SigningKey = { readonly key: KeyObject; readonly endorsements: readonly string[] };

const fewestBits = 2048;
const mostKeys = 1000;

/**
 * The RSA keys of a JSON Web Key Set by their ids; keys of other kinds are passed over. Undefined where it is no key
 * set, or none of its keys is of use.
 */
export function readSigningKeys(answer: unknown): ReadonlyMap<string, SigningKey> | undefined {
  const list = readOwn(answer, 'keys');
  if (!Array.isArray(list)) return undefined;
  const keys = new Map<string, SigningKey>();
  for (const entry of list.slice(0, mostKeys)) {
    const id = readOwnText(entry, 'kid', 256);
    const key = readRsaKey(entry);
    if (id === undefined || key === undefined) continue;
    const endorsements: unknown = readOwn(entry, 'endorsements');
    keys.set(id, {
      key,
      endorsements: Array.isArray(endorsements) ? endorsements.filter((one) => typeof one === 'string') : [],
    });
  }
  return keys.size > 0 ? keys : undefined;
}

function readRsaKey(entry: unknown): KeyObject | undefined {
  const n = readOwnText(entry, 'n', 4096);
  const e = readOwnText(entry, 'e', 64);
  if (readOwn(entry, 'kty') !== 'RSA' || n === undefined || e === undefined) return undefined;
  try {
    const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= fewestBits ? key : undefined;
  } catch {
    return undefined;
  }
}
