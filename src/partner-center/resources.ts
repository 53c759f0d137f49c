import { Secret } from '../base/index.ts';
import { PartnerError } from './partner-error.ts';
import { readField, readText } from './wire-format.ts';

/** Whether an answer is about the resource that was asked for. Ids are GUIDs, in capital or small letters. */
export function isSameId(asked: string, answered: string): boolean {
  return asked.toLowerCase() === answered.toLowerCase();
}

/** `read`, for the resource with this id alone: undefined for any other. */
export function readById<Resource extends { readonly id: string }>(
  id: string,
  read: (value: unknown) => Resource | undefined,
): (value: unknown) => Resource | undefined {
  return (value) => {
    const resource = read(value);
    return resource !== undefined && isSameId(id, resource.id) ? resource : undefined;
  };
}

/** A customer. Lists do not have `allowDelegatedAccess` and `customDomains`; without GDAP the single read neither. */
export type Customer = {
  readonly id: string;
  readonly companyProfile: {
    readonly tenantId: string | undefined;
    /** The default domain. */
    readonly domain: string | undefined;
    /** Not unique. */
    readonly companyName: string | undefined;
  };
  readonly relationshipToPartner: string | undefined;
  readonly allowDelegatedAccess: boolean | undefined;
  readonly customDomains: readonly string[];
};

/** Reads a customer of an answer: the fields of `Customer` only. Undefined where it has no id. */
export function readCustomer(value: unknown): Customer | undefined {
  const id = readText(value, 'id');
  if (id === undefined) {
    return undefined;
  }
  const profile = readField(value, 'companyProfile');
  const allowed = readField(value, 'allowDelegatedAccess');
  const domains = readField(value, 'customDomains');
  return {
    id,
    companyProfile: {
      tenantId: readText(profile, 'tenantId'),
      domain: readText(profile, 'domain'),
      companyName: readText(profile, 'companyName'),
    },
    relationshipToPartner: readText(value, 'relationshipToPartner'),
    allowDelegatedAccess: typeof allowed === 'boolean' ? allowed : undefined,
    customDomains: Array.isArray(domains) ? domains.filter((domain) => typeof domain === 'string') : [],
  };
}

/** A user of a customer. Never holds a password, although answers repeat it. */
export type CustomerUser = {
  readonly id: string;
  readonly userPrincipalName: string | undefined;
  readonly displayName: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly usageLocation: string | undefined;
  /** Set where the user is synchronised from a local directory; otherwise undefined. */
  readonly lastDirectorySyncTime: string | undefined;
  readonly userDomainType: 'none' | 'managed' | 'federated' | 'unknown';
  /** `inactive`: deleted. Can be restored for 30 days from `softDeletionTime` on. */
  readonly state: 'active' | 'inactive' | 'unknown';
  readonly softDeletionTime: string | undefined;
};

/** Reads a user of an answer: the fields of `CustomerUser` only, and so no password. Undefined where it has no id. */
export function readCustomerUser(value: unknown): CustomerUser | undefined {
  const id = readText(value, 'id');
  if (id === undefined) {
    return undefined;
  }
  return {
    id,
    userPrincipalName: readText(value, 'userPrincipalName'),
    displayName: readText(value, 'displayName'),
    firstName: readText(value, 'firstName'),
    lastName: readText(value, 'lastName'),
    usageLocation: readText(value, 'usageLocation'),
    lastDirectorySyncTime: readText(value, 'lastDirectorySyncTime'),
    userDomainType: readUserDomainType(readText(value, 'userDomainType')),
    state: readUserState(readText(value, 'state')),
    softDeletionTime: readText(value, 'softDeletionTime'),
  };
}

function readUserDomainType(text: string | undefined): CustomerUser['userDomainType'] {
  const word = text?.toLowerCase();
  return word === 'none' || word === 'managed' || word === 'federated' ? word : 'unknown';
}

function readUserState(text: string | undefined): CustomerUser['state'] {
  const word = text?.toLowerCase();
  return word === 'active' || word === 'inactive' ? word : 'unknown';
}

/** A directory role of a user. Decide by `id`, which is Entra's role template id: `name` is a legacy name. */
export type DirectoryRole = { readonly id: string; readonly name: string | undefined };

/** Reads a role of an answer. Undefined where it has no id. */
export function readDirectoryRole(value: unknown): DirectoryRole | undefined {
  const id = readText(value, 'id');
  return id === undefined ? undefined : { id, name: readText(value, 'name') };
}

/** A new password. Partner Center takes a missing `forceChangePassword` for false, so it is required here. */
export type PasswordProfile = { readonly password: Secret; readonly forceChangePassword: true };

/** The given profile. Throws `invalid-argument` where it has no password: then there is nothing to reset. */
export function requirePassword(profile: PasswordProfile): PasswordProfile {
  if (typeof profile !== 'object' || profile === null || !('password' in profile)) {
    throw new PartnerError({ code: 'invalid-argument', message: 'Password profile must be set.' });
  }
  return profile;
}

/** The fields of a user to change. Missing fields stay as they are. */
export type CustomerUserPatch = {
  readonly displayName?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly usageLocation?: string;
  readonly userPrincipalName?: string;
  /** `active` restores a deleted user. */
  readonly state?: 'active';
  /** Without `password` it only forces the user to change the password at the next sign-in. */
  readonly passwordProfile?: PasswordProfile | { readonly forceChangePassword: true };
};

/**
 * Creates a function that writes the JSON body of a change: the given fields in camelCase and the object type. It copies
 * the fields now, so that every try sends the same. The SDK reveals a password here only. The caller must send the text
 * and not keep it. Throws `invalid-argument`.
 */
export function createPatchBody(patch: CustomerUserPatch): () => string {
  if (typeof patch !== 'object' || patch === null) {
    throw new PartnerError({ code: 'invalid-argument', message: "User entity can't be null." });
  }
  const { displayName, firstName, lastName, usageLocation, userPrincipalName, state, passwordProfile } = patch;
  const fields = { displayName, firstName, lastName, usageLocation, userPrincipalName, state };
  if (Object.values(fields).some((field: unknown) => field !== undefined && typeof field !== 'string')) {
    throw new PartnerError({ code: 'invalid-argument', message: 'A field of a user must be text.' });
  }
  const attributes = { objectType: 'CustomerUser' };
  if (passwordProfile === undefined) {
    return () => JSON.stringify({ ...fields, attributes });
  }
  const { forceChangePassword }: { forceChangePassword: unknown } = passwordProfile;
  if (forceChangePassword !== true) {
    throw new PartnerError({ code: 'invalid-argument', message: 'forceChangePassword must be true.' });
  }
  if (!('password' in passwordProfile)) {
    return () => JSON.stringify({ ...fields, passwordProfile: { forceChangePassword }, attributes });
  }
  const secret = passwordProfile.password;
  if (!(secret instanceof Secret)) {
    throw new PartnerError({ code: 'invalid-argument', message: 'password must be a Secret.' });
  }
  if (!secret.reveal((password: unknown) => typeof password === 'string' && password !== '')) {
    throw new PartnerError({ code: 'invalid-argument', message: 'password must not be empty.' });
  }
  return () =>
    secret.reveal((password) =>
      JSON.stringify({ ...fields, passwordProfile: { password, forceChangePassword }, attributes }),
    );
}
