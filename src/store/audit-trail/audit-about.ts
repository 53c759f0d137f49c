import type { AuditEntry, DirectoryRole, ResetAttempt, ResetRequest, Technician } from '../../reset/index.ts';

/** The people and the target of a record, as they were known at that moment. What is unknown or does not apply is absent. */
export type AuditAbout = {
  /** The person who acted; absent if Locksmith itself did. */
  readonly actor?: AuditPerson | undefined;
  /** The person who asked for the reset. */
  readonly requester?: AuditPerson | undefined;
  /** The second person who decided, where there was one. */
  readonly approver?: AuditPerson | undefined;
  readonly target?:
    | {
        readonly customerName: string;
        readonly customerDomain: string;
        readonly userName: string;
        readonly userPrincipalName: string;
        /** The directory roles that Partner Center told of. Of what Microsoft Graph tells only the kind stands in `facts`. */
        readonly roles: 'unknown' | readonly { readonly id: string; readonly name: string }[];
      }
    | undefined;
  /** How the caller was verified, and the ticket, as the requester stated them. */
  readonly verification?: string | undefined;
  readonly ticket?: string | undefined;
  /** The last attempt to set the password, and its outcome. */
  readonly lastTry?:
    | {
        readonly number: number;
        readonly outcome: ResetAttempt['outcome'];
        readonly httpStatus?: number | undefined;
        readonly partnerCode?: string | undefined;
      }
    | undefined;
};

type AuditPerson = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly userPrincipalName?: string | undefined;
};

/** Describes what an entry is about: its actor, and the people, the verification and the last attempt of its request or question. */
export function describeAbout(
  entry: AuditEntry,
  about:
    | (Pick<ResetRequest, 'technician'> & Partial<Pick<ResetRequest, 'target' | 'proof' | 'approval' | 'tries'>>)
    | undefined,
): AuditAbout {
  const requester = about?.technician;
  const approver = about?.approval?.decision?.by;
  const actor = entry.person ?? [requester, approver].find((person) => person?.objectId === entry.actor);
  const lastTry = about?.tries?.at(-1);
  const { customer, user } = about?.target ?? {};
  return {
    actor: actor && describePerson(actor),
    requester: requester && describePerson(requester),
    approver: approver && describePerson(approver),
    target: customer &&
      user && {
        customerName: customer.name,
        customerDomain: customer.domain,
        userName: user.displayName,
        userPrincipalName: user.userPrincipalName,
        roles: user.roles === 'unknown' ? user.roles : rolesOfPartnerCenter(user.roles),
      },
    verification: about?.proof?.verification,
    ticket: about?.proof?.ticket,
    lastTry: lastTry && {
      number: lastTry.number,
      outcome: lastTry.outcome,
      httpStatus: lastTry.httpStatus,
      partnerCode: lastTry.partnerCode,
    },
  };
}

function describePerson({ objectId, tenantId, name, userPrincipalName }: Technician): AuditPerson {
  return { id: objectId, tenantId, name, userPrincipalName };
}

function rolesOfPartnerCenter(
  roles: readonly DirectoryRole[],
): readonly { readonly id: string; readonly name: string }[] {
  return roles.filter(({ by }) => by === undefined).map(({ id, name }) => ({ id, name }));
}
