import type { Policy } from './policy.ts';

/** The policy of the sandbox, where everyone may do everything. */
export const sandboxPolicy: Policy = {
  technicians: [{ kind: 'everyone' }],
  approvers: [{ kind: 'everyone' }],
  auditors: [{ kind: 'everyone' }],
  verification: {
    required: true,
    methods: ['Called back on a number on file', 'Authenticator approval', 'In person', 'Vouched for by their manager'],
  },
  ticket: 'optional',
  approval: 'privileged',
  privilegedTargets: 'approve',
  synchronisedUsers: 'deny',
  limits: { perTechnicianPerHour: 1000, perCustomerPerHour: 1000, perUserPerDay: 1000, overallPerHour: 10_000 },
  customers: {},
  showPasswordForMinutes: 15,
  confirmWithinMinutes: 10,
  approveWithinMinutes: 60,
};
