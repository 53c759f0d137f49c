import { readText } from './read-text.ts';

/** A user of a customer. There is no password in it, whatever the answer said. */
export type CustomerUser = {
  readonly id: string;
  readonly userPrincipalName: string | undefined;
  readonly displayName: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly usageLocation: string | undefined;
  /** A time: synchronised from a local directory. Undefined: not known to be. */
  readonly lastDirectorySyncTime: string | undefined;
  readonly userDomainType: 'none' | 'managed' | 'federated' | 'unknown';
  /** `inactive`: deleted, and can be restored for 30 days from `softDeletionTime` on. */
  readonly state: 'active' | 'inactive' | 'unknown';
  readonly softDeletionTime: string | undefined;
};

/** Reads a user off the wire, and drops what is not named here, the repeated password first of all; undefined where it has no id. */
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
    userDomainType: readDomainType(readText(value, 'userDomainType')),
    state: readState(readText(value, 'state')),
    softDeletionTime: readText(value, 'softDeletionTime'),
  };
}

function readDomainType(text: string | undefined): CustomerUser['userDomainType'] {
  const word = text?.toLowerCase();
  return word === 'none' || word === 'managed' || word === 'federated' ? word : 'unknown';
}

function readState(text: string | undefined): CustomerUser['state'] {
  const word = text?.toLowerCase();
  return word === 'active' || word === 'inactive' ? word : 'unknown';
}
