import type { Secret } from '../../secret.ts';
import type { SealedPassword } from '../reset-request.ts';

/** Seals passwords at rest. `binding` ties the sealed value to its request: another one does not open it. */
export type Sealer = {
  seal(password: Secret, binding: string): SealedPassword;
  /** Undefined where no key opens it, or it was made for another request. */
  open(sealed: SealedPassword, binding: string): Secret | undefined;
};
