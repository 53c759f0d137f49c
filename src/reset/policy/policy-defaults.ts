import type { Policy } from './policy.ts';

/** What holds where the policy file says nothing, in the sandbox as in production. People and limits are not among it. */
export type PolicyDefaults = Omit<Policy, 'technicians' | 'approvers' | 'auditors' | 'limits'>;

/** Documented in docs/policy.md; a test holds one against the other. */
export const policyDefaults: PolicyDefaults = {
  /** Whether a technician has to say how the caller was verified, and the methods that they choose from. */
  verification: {
    required: true,
    methods: ['Called back on a number on file', 'Authenticator approval', 'In person', 'Vouched for by their manager'],
  },

  /**
   * Whether the confirmation card asks for the number of a ticket.
   *
   * @default 'optional'
   */
  ticket: 'optional',

  /**
   * Which resets a second person has to approve: all, those of administrators, or no others.
   *
   * @default 'privileged'
   */
  approval: 'privileged',

  /**
   * Whether an administrator's password can be reset, with the approval of a second person.
   *
   * @default 'approve'
   */
  privilegedTargets: 'approve',

  /**
   * Whether a reset is refused for an account that is synchronised from a local directory, or the card only warns, or the
   * password is written back by Microsoft Graph.
   *
   * @default 'deny'
   */
  synchronisedUsers: 'deny',

  /** What the requester may do after a reset, by Microsoft Graph: sign the user out everywhere, make a Temporary Access Pass. */
  followUps: { signOut: 'allow', accessPass: 'off' },

  /**
   * What a ticket does that is closed, merged, missing, or of another customer or contact: the card warns, a second person has to
   * approve, or the reset is refused.
   *
   * @default 'warn'
   */
  ticketMismatch: 'warn',

  /** What differs for single customers, by tenant id. */
  customers: {},

  /**
   * For how long a delivered password is shown before it is hidden.
   *
   * @default 15 minutes
   */
  showPasswordForMinutes: 15,

  /**
   * For how long the confirmation card can be confirmed.
   *
   * @default 10 minutes
   */
  confirmWithinMinutes: 10,

  /**
   * For how long a second person can approve.
   *
   * @default 60 minutes
   */
  approveWithinMinutes: 60,
};

/** How many confirmed requests production allows where the policy file does not say otherwise. The windows slide. */
export const productionLimits: Policy['limits'] = {
  /**
   * Of one technician within 60 minutes.
   *
   * @default 10
   */
  perTechnicianPerHour: 10,

  /**
   * For users of one customer within 60 minutes.
   *
   * @default 20
   */
  perCustomerPerHour: 20,

  /**
   * For one user within 24 hours.
   *
   * @default 3
   */
  perUserPerDay: 3,

  /**
   * For everybody together within 60 minutes.
   *
   * @default 60
   */
  overallPerHour: 60,
};
