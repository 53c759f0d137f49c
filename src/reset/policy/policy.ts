/** Somebody the policy names: one person, the members of an Entra group, or everyone. Ids are in lower case. */
export type Principal =
  | { readonly kind: 'person'; readonly objectId: string }
  | { readonly kind: 'group'; readonly objectId: string }
  | { readonly kind: 'everyone' };

/** What may be said otherwise for one customer. */
export type CustomerPolicy = {
  readonly technicians?: readonly Principal[];
  readonly ticket?: Policy['ticket'];
  readonly approval?: Policy['approval'];
};

/** Who may do what, and within which limits. `customers` is keyed by tenant id in lower case. */
export type Policy = {
  readonly technicians: readonly Principal[];
  readonly approvers: readonly Principal[];
  readonly auditors: readonly Principal[];
  readonly verification: { readonly required: boolean; readonly methods: readonly string[] };
  readonly ticket: 'required' | 'optional' | 'off';
  readonly approval: 'always' | 'privileged' | 'never';
  readonly privilegedTargets: 'approve' | 'deny';
  readonly synchronisedUsers: 'deny' | 'warn';
  readonly limits: {
    readonly perTechnicianPerHour: number;
    readonly perCustomerPerHour: number;
    readonly perUserPerDay: number;
    readonly overallPerHour: number;
  };
  readonly customers: Readonly<Record<string, CustomerPolicy>>;
  readonly showPasswordForMinutes: number;
  readonly confirmWithinMinutes: number;
  readonly approveWithinMinutes: number;
};
