import type { ResetAttempt } from '../reset/request.ts';

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

export type AuditPerson = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly userPrincipalName?: string | undefined;
};
