import { z } from 'zod';
import type { AuditEntry, ResetAttempt, ResetRequest, Technician } from '../../reset/index.ts';
import { oneOf } from '../row-shapes.ts';

/** Whom and what a record is about, as they were known at that moment. What is not known, or does not apply, is left out. */
export type AuditAbout = {
  /** Whoever did it; left out where no person did. */
  readonly actor?: AuditPerson | undefined;
  /** Whoever asked for the reset. */
  readonly requester?: AuditPerson | undefined;
  /** The second person who decided, where there was one. */
  readonly approver?: AuditPerson | undefined;
  readonly target?:
    | {
        readonly customerName: string;
        readonly customerDomain: string;
        readonly userName: string;
        readonly userPrincipalName: string;
        /** The directory roles that were seen. */
        readonly roles: 'unknown' | readonly { readonly id: string; readonly name: string }[];
      }
    | undefined;
  /** How the caller was verified, and the ticket, as the requester said. */
  readonly verification?: string | undefined;
  readonly ticket?: string | undefined;
  /** The last call that set, or was to set, the password, and what came of it. */
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

/** What an entry is about: the actor, and of a request or a question its people, its proof and its last try. */
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
        roles: user.roles === 'unknown' ? user.roles : user.roles.map(({ id, name }) => ({ id, name })),
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

const personShape = z.strictObject({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  userPrincipalName: z.string().optional(),
});

/** The JSON column that says what a record is about. */
export const auditAboutShape: z.ZodType<AuditAbout> = z.strictObject({
  actor: personShape.optional(),
  requester: personShape.optional(),
  approver: personShape.optional(),
  target: z
    .strictObject({
      customerName: z.string(),
      customerDomain: z.string(),
      userName: z.string(),
      userPrincipalName: z.string(),
      roles: z.union([z.literal('unknown'), z.array(z.strictObject({ id: z.string(), name: z.string() }))]),
    })
    .optional(),
  verification: z.string().optional(),
  ticket: z.string().optional(),
  lastTry: z
    .strictObject({
      number: z.int(),
      outcome: oneOf<ResetAttempt['outcome']>({
        pending: true,
        applied: true,
        refused: true,
        'not-tried': true,
        unknown: true,
      }),
      httpStatus: z.int().optional(),
      partnerCode: z.string().optional(),
    })
    .optional(),
});
