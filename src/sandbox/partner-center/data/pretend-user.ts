import type { PretendRole } from './directory-roles.ts';

/** A user of a pretend customer; fields are named as on the wire, and null where the wire has null or nothing. */
export type PretendUser = {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly usageLocation: string;
  /** ISO 8601 in UTC; there for users who come from a local directory. */
  readonly lastDirectorySyncTime: string | null;
  readonly userDomainType: 'none' | 'managed' | 'federated';
  /** `inactive`: deleted. */
  readonly state: 'active' | 'inactive';
  /** ISO 8601 in UTC; there for deleted users. */
  readonly softDeletionTime: string | null;
  readonly roles: readonly PretendRole[];
};
