import { z } from 'zod';

/** Properties of a user that can be asked for by `$select`. */
export const userProperties = [
  'displayName',
  'givenName',
  'surname',
  'userPrincipalName',
  'mail',
  'proxyAddresses',
  'accountEnabled',
  'userType',
  'createdDateTime',
  'onPremisesSyncEnabled',
  'lastPasswordChangeDateTime',
  'signInSessionsValidFromDateTime',
  'isManagementRestricted',
  'mobilePhone',
  'businessPhones',
] as const;

export type UserProperty = (typeof userProperties)[number];

/** An instant of an answer, in milliseconds since 1970. */
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .nullish()
  .transform((value) => value ?? undefined);
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
/** Of a switch, null means false and is not the same as a property that the answer lacks. */
const flag = z.boolean().nullable().optional();

const userShape = z.object({
  id: z.guid().transform((id) => id.toLowerCase()),
  displayName: text,
  givenName: text,
  surname: text,
  userPrincipalName: text,
  mail: text,
  proxyAddresses: texts,
  accountEnabled: flag,
  userType: text,
  createdDateTime: instant,
  onPremisesSyncEnabled: flag.transform((value) => (value === null ? false : value)),
  lastPasswordChangeDateTime: instant,
  signInSessionsValidFromDateTime: instant,
  isManagementRestricted: flag.transform((value) => (value === null ? false : value)),
  mobilePhone: text,
  businessPhones: texts,
});

/**
 * A user. What was not selected, or is not in the answer, is undefined. Instants are milliseconds since 1970. Of
 * `onPremisesSyncEnabled` and `isManagementRestricted` null counts as false, as Microsoft documents; of `accountEnabled`
 * it does not. See https://learn.microsoft.com/graph/api/resources/user.
 */
export type GraphUser = Readonly<z.infer<typeof userShape>>;

/** Reads a user. Undefined where it has no id, or a property of another type than documented. */
export function readUser(value: unknown): GraphUser | undefined {
  return userShape.safeParse(value).data;
}

/** What a person is a member of, also through groups. Administrative units and other things are left out. */
export type Membership =
  | {
      readonly kind: 'directory-role';
      readonly id: string;
      readonly roleTemplateId: string;
      readonly displayName: string;
    }
  | { readonly kind: 'group'; readonly id: string; readonly displayName: string; readonly isAssignableToRole: boolean }
  /**
   * A role or a group of which Graph tells no more than its id, because a scope is missing.
   * See https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects.
   */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'other' };

const typed = z.looseObject({ '@odata.type': z.string() });
const roleShape = z.object({
  id: z.guid().toLowerCase(),
  roleTemplateId: z.guid().toLowerCase().nullable(),
  displayName: z.string().nullish(),
});
const groupShape = z.object({
  id: z.guid().toLowerCase(),
  displayName: z.string().nullish(),
  isAssignableToRole: z.boolean().nullish(),
});

/** Reads a membership. Undefined for a role or a group that cannot be read: a role that is passed over would harm. */
export function readMembership(value: unknown): Membership | undefined {
  switch (typed.safeParse(value).data?.['@odata.type']) {
    case undefined:
      return undefined;
    case '#microsoft.graph.directoryRole': {
      const { data } = roleShape.safeParse(value);
      if (data === undefined) return undefined;
      const { id, roleTemplateId, displayName } = data;
      return roleTemplateId
        ? { kind: 'directory-role', id, roleTemplateId, displayName: displayName ?? '' }
        : { kind: 'hidden' };
    }
    case '#microsoft.graph.group': {
      const { data } = groupShape.safeParse(value);
      if (data === undefined) return undefined;
      const { id, displayName, isAssignableToRole } = data;
      // Every group has a name, so one without a name is one that the account may not read.
      return displayName
        ? { kind: 'group', id, displayName, isAssignableToRole: isAssignableToRole ?? false }
        : { kind: 'hidden' };
    }
    default:
      return { kind: 'other' };
  }
}

/** A GDAP relationship of the partner with a customer. */
export type DelegatedAdminRelationship = {
  readonly customerTenantId: string;
  /** Graph's word, such as `active`, `expiring`, `expired`, `terminated`. */
  readonly status: string;
  /** Milliseconds since 1970; undefined before it was approved. */
  readonly endsAt: number | undefined;
  /** Whether it is extended by itself when it ends. */
  readonly isExtended: boolean;
  /** Ids of role templates. */
  readonly roles: readonly string[];
};

const relationshipShape = z.object({
  customer: z.object({ tenantId: z.guid().toLowerCase() }),
  status: z.string(),
  endDateTime: instant,
  autoExtendDuration: z.string().nullish(),
  accessDetails: z
    .object({ unifiedRoles: z.array(z.object({ roleDefinitionId: z.guid().toLowerCase() })).nullish() })
    .nullish(),
});

/** Reads a relationship. Undefined where it cannot be read. */
export function readRelationship(value: unknown): DelegatedAdminRelationship | undefined {
  const { data } = relationshipShape.safeParse(value);
  return (
    data && {
      customerTenantId: data.customer.tenantId,
      status: data.status,
      endsAt: data.endDateTime,
      // `PT0S` means not at all.
      isExtended: /^P\d+D$/.test(data.autoExtendDuration ?? '') && data.autoExtendDuration !== 'P0D',
      roles: (data.accessDetails?.unifiedRoles ?? []).map(({ roleDefinitionId }) => roleDefinitionId),
    }
  );
}

/** A role that a person or a group can activate. Roles are told apart by the id of their template. */
export type EligibleRole = { readonly roleTemplateId: string; readonly principalId: string; readonly scope: string };

const eligibility = z.object({
  principalId: z.guid().toLowerCase(),
  roleDefinitionId: z.guid().toLowerCase(),
  directoryScopeId: z.string().nullish(),
});

/** Reads an eligible role. Undefined where it cannot be read. */
export function readEligibleRole(value: unknown): EligibleRole | undefined {
  const { data } = eligibility.safeParse(value);
  return (
    data && {
      roleTemplateId: data.roleDefinitionId,
      principalId: data.principalId,
      scope: data.directoryScopeId ?? '/',
    }
  );
}
