import type { Secret } from '../../base/index.ts';
import type { SealedPassword } from '../request.ts';

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

/** The sealed sign-in as it stands. `version` grows with every change of it. */
export type KeptTokens = { readonly version: number; readonly sealed: SealedPassword };

/**
 * Where the one sign-in to Partner Center is kept, sealed. Every method is one atomic step; a failure of the database
 * is a `StoreError`. A lease says who renews it, so that several instances ask Microsoft Entra once.
 */
export type TokenStore = {
  read(): Promise<KeptTokens | undefined>;
  /** Takes the lease; false where it was changed since that version, or somebody else holds one at `now`. */
  lease(
    version: number,
    lease: { readonly owner: string; readonly now: number; readonly until: number },
  ): Promise<boolean>;
  /** Gives a lease back without a change. */
  release(owner: string): Promise<void>;
  /** Replaces that version and gives the lease back; false where it was changed meanwhile, or the lease is another's now. */
  renew(version: number, owner: string, sealed: SealedPassword): Promise<boolean>;
  /** Replaces whatever is there by a new sign-in, leased or not. */
  put(sealed: SealedPassword): Promise<void>;
};
