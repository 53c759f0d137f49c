import { Secret } from '../../secret.ts';
import { PartnerError } from '../partner-error.ts';

/** A new password. `forceChangePassword` left out would mean false at Partner Center, so it has to be there and true. */
export type PasswordProfile = { readonly password: Secret; readonly forceChangePassword: true };

/** The fields of a user to change; those left out stay as they are. */
export type CustomerUserPatch = {
  readonly displayName?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly usageLocation?: string;
  readonly userPrincipalName?: string;
  /** `active` restores a deleted user. */
  readonly state?: 'active';
  /** Without `password` it forces a change at the next sign-in and leaves the password as it is. */
  readonly passwordProfile?: PasswordProfile | { readonly forceChangePassword: true };
};

/**
 * What makes the JSON body of a change: the given fields in camelCase and the object type, nothing else. It takes the
 * fields now, so that every try sends the same. The only place where a password is revealed: what the returned function
 * gives is to be sent and not kept. Throws `invalid-argument`.
 */
export function writeUserPatch(patch: CustomerUserPatch): () => string {
  if (typeof patch !== 'object' || patch === null) {
    throw new PartnerError({ code: 'invalid-argument', says: "User entity can't be null." });
  }
  const { displayName, firstName, lastName, usageLocation, userPrincipalName, state, passwordProfile } = patch;
  const fields = { displayName, firstName, lastName, usageLocation, userPrincipalName, state };
  if (Object.values(fields).some((field: unknown) => field !== undefined && typeof field !== 'string')) {
    throw new PartnerError({ code: 'invalid-argument', says: 'A field of a user must be text.' });
  }
  const attributes = { objectType: 'CustomerUser' };
  if (passwordProfile === undefined) {
    return () => JSON.stringify({ ...fields, attributes });
  }
  const { forceChangePassword }: { forceChangePassword: unknown } = passwordProfile;
  if (forceChangePassword !== true) {
    throw new PartnerError({ code: 'invalid-argument', says: 'forceChangePassword must be true.' });
  }
  if (!('password' in passwordProfile)) {
    return () => JSON.stringify({ ...fields, passwordProfile: { forceChangePassword }, attributes });
  }
  const secret = passwordProfile.password;
  if (!(secret instanceof Secret)) {
    throw new PartnerError({ code: 'invalid-argument', says: 'password must be a Secret.' });
  }
  if (!secret.reveal((password: unknown) => typeof password === 'string' && password !== '')) {
    throw new PartnerError({ code: 'invalid-argument', says: 'password must not be empty.' });
  }
  return () =>
    secret.reveal((password) =>
      JSON.stringify({ ...fields, passwordProfile: { password, forceChangePassword }, attributes }),
    );
}
