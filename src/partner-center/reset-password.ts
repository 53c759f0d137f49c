import type { WriteReceipt } from './aggregate-partner.ts';
import { PartnerError } from './partner-error.ts';
import type { WriteOptions } from './partner-options.ts';
import { patchUser } from './patch-user.ts';
import type { Session } from './session.ts';
import type { PasswordProfile } from './wire/write-user-patch.ts';

/** Sends a new password to `path`, and nothing where there is none to send. */
export async function resetPassword(
  session: Session,
  path: string,
  passwordProfile: PasswordProfile,
  options: WriteOptions | undefined,
): Promise<WriteReceipt> {
  if (typeof passwordProfile !== 'object' || passwordProfile === null || !('password' in passwordProfile)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'Password profile must be set.' });
  }
  return patchUser(session, path, { passwordProfile }, options);
}
