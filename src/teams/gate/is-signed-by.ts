import { verify } from 'node:crypto';

import type { BearerToken } from './read-bearer-token.ts';
import type { SigningKey } from './read-signing-keys.ts';

/** Whether that key signed exactly these bytes. */
export function isSignedBy({ signed, signature }: BearerToken, { key }: SigningKey): boolean {
  return verify('RSA-SHA256', signed, key, signature);
}
