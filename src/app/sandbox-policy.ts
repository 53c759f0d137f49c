import { type Policy, policyDefaults } from '../reset/index.ts';

/** The policy of the sandbox where there is no policy file: everyone may do everything, and no test reaches a limit. */
export const sandboxPolicy: Policy = {
  ...policyDefaults,
  technicians: [{ kind: 'everyone' }],
  approvers: [{ kind: 'everyone' }],
  auditors: [{ kind: 'everyone' }],
  limits: { perTechnicianPerHour: 1000, perCustomerPerHour: 1000, perUserPerDay: 1000, overallPerHour: 10_000 },
};
