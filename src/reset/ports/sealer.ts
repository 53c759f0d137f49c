import type { Secret } from '../../secret.ts';
import type { SealedPassword } from '../reset-request.ts';

/** What came of opening something sealed. */
export type Opened =
  | { readonly kind: 'opened'; readonly secret: Secret }
  /** It was sealed with a key that is not here: another instance may have it. */
  | { readonly kind: 'key-missing' }
  /** Its key is here and does not open it: it was altered, or made for something else. */
  | { readonly kind: 'broken' };

/** Seals passwords at rest. `binding` ties the sealed value to its request: another one does not open it. */
export type Sealer = {
  seal(password: Secret, binding: string): SealedPassword;
  open(sealed: SealedPassword, binding: string): Opened;
  /** Whether the key that it says it was sealed with is here; nothing is opened. */
  hasKeyOf(sealed: SealedPassword): boolean;
};
