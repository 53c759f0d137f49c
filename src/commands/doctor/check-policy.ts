import { commandTunables, readErrorCode } from '../../base/index.ts';
import {
  type BuiltInPolicy,
  hashPolicy,
  type Policy,
  policyForCustomer,
  type Principal,
  readPolicy,
} from '../../reset/index.ts';
import type { Check, Finding } from './checks.ts';

/** Undefined where it is not there or not good, which the look at the policy tells. */
export function readPolicyIfGood(
  path: string,
  readFile: (path: string) => string,
  builtIn?: BuiltInPolicy,
): Policy | undefined {
  try {
    const read = readPolicy(readFile(path), builtIn);
    return read.kind === 'policy' ? read.policy : undefined;
  } catch {
    return undefined;
  }
}

/** The settings that decide whether a rule of the policy can act. */
type Surroundings = {
  readonly graph: 'on' | 'off';
  readonly ticketSystem: string;
  /** Whether the settings allow several tenants. */
  readonly severalTenants?: boolean;
};

/**
 * Reads the policy file as the bot does, and tells what it means at each customer that it names, and which of its rules cannot act.
 * `builtIn` is the sandbox's policy; undefined in production.
 */
export function checkPolicy(
  path: string,
  builtIn: BuiltInPolicy | undefined,
  readFile: (path: string) => string,
  { severalTenants = false, ...surroundings }: Surroundings,
): readonly Check[] {
  const policy = readPolicyIfGood(path, readFile, builtIn);
  const customers = Object.keys(policy?.customers ?? {});
  return [
    { name: 'policy', step: 5, look: () => Promise.resolve(look(path)) },
    ...(policy === undefined ? [] : [tellGeneralRules(policy, surroundings), ...warnOfIdleRules(policy, surroundings)]),
    ...customers.slice(0, commandTunables.maxPolicyCustomersTold).map((tenantId) => ({
      name: 'policy at',
      step: 5,
      look: () => Promise.resolve({ kind: 'ok', says: describeCustomer(policy, tenantId) } as const),
    })),
  ];

  function look(file: string): Finding {
    let text: string;
    try {
      text = readFile(file);
    } catch (failure) {
      return readErrorCode(failure) === 'ENOENT'
        ? { kind: 'not-made', says: 'the file that POLICY_FILE names is not there', todo: 'Write it: docs/policy.md.' }
        : { kind: 'refused', says: 'cannot be read', todo: 'Let POLICY_FILE name a file that Locksmith may read.' };
    }
    const read = readPolicy(text, builtIn, { severalTenants });
    if (read.kind === 'problems') {
      const problems = read.problems.map(({ path: where, says }) => `${where}: ${says}`);
      return {
        kind: 'wrong',
        says: problems.join('; '),
        todo: 'Mend the policy file; a running bot takes it within seconds.',
      };
    }
    const { technicians, approvers, approval, customers: named } = read.policy;
    // A policy for single customers has an empty general list.
    const isForNobody = [technicians, ...Object.values(named).map((one) => one.technicians ?? [])].every(
      (list) => list.length === 0,
    );
    if (isForNobody) {
      return { kind: 'wrong', says: 'names no technician', todo: 'Name who may ask for resets under "technicians".' };
    }
    if (approvers.length === 0 && approval !== 'never') {
      return {
        kind: 'wrong',
        says: 'asks for approvals and names no approver',
        todo: 'Name who may approve under "approvers", or set "approval" to "never".',
      };
    }
    return {
      kind: 'ok',
      says: `good (hash ${hashPolicy(read.policy).slice(0, 12)}, of what it says with its defaults)`,
    };
  }
}

/** What holds at each customer that the file does not name. */
function tellGeneralRules(policy: Policy, { graph }: Surroundings): Check {
  const { approval, ticket, ticketMismatch, privilegedTargets, synchronisedUsers, followUps, limits } = policy;
  const { perTechnicianPerHour, perCustomerPerHour, perUserPerDay, overallPerHour } = limits;
  const says = [
    `resets by ${countPrincipals(policy.technicians)}`,
    `approvals by ${countPrincipals(policy.approvers)}`,
    `history for ${countPrincipals(policy.auditors)}`,
    `approval ${approval}`,
    `administrators ${privilegedTargets}`,
    `ticket ${ticket}, mismatch ${ticketMismatch}`,
    `synchronised ${synchronisedUsers}`,
    `sign-out ${followUps.signOut}${graph === 'off' && followUps.signOut === 'allow' ? ' (no button: MICROSOFT_GRAPH is off)' : ''}`,
    `pass ${followUps.accessPass}`,
    `at most ${perTechnicianPerHour} a technician, ${perCustomerPerHour} a customer and ${overallPerHour} in all an hour, ${perUserPerDay} a user a day`,
  ].join('; ');
  return { name: 'policy for all', step: 5, look: () => Promise.resolve({ kind: 'ok', says }) };
}

/** The value of `TICKET_SYSTEM`. */
export function nameTicketSystem(system: { readonly kind: string } | 'off' | 'pretend' | undefined): string {
  return typeof system === 'object' ? system.kind : (system ?? 'off');
}

/**
 * Rules that somebody wrote and that never act, because a setting is off. Signing out is allowed by default, so it is told among the
 * general rules alone.
 */
function warnOfIdleRules(policy: Policy, { graph, ticketSystem }: Surroundings): readonly Check[] {
  const { synchronisedUsers, followUps, ticketMismatch, customers } = policy;
  const isWrittenBackAt = Object.keys(customers).some(
    (tenantId) => policyForCustomer(policy, tenantId).synchronisedUsers === 'writeback',
  );
  const ofGraph = [
    ...(synchronisedUsers === 'writeback' || isWrittenBackAt ? ['"synchronisedUsers": "writeback" is as "deny"'] : []),
    ...(followUps.accessPass === 'allow' ? ['"accessPass": "allow" makes no button'] : []),
  ];
  const isMismatchIdle = ticketMismatch !== 'warn' && (ticketSystem === 'off' || ticketSystem === 'webhook');
  return [
    ...(graph === 'on' || ofGraph.length === 0
      ? []
      : [
          warn(
            `${ofGraph.join(', and ')}, because MICROSOFT_GRAPH is off`,
            'Set MICROSOFT_GRAPH=on and consent at the customers, or take it out of the policy: docs/install.md, "Microsoft Graph at customers".',
          ),
        ]),
    ...(isMismatchIdle
      ? [
          warn(
            `"ticketMismatch": "${ticketMismatch}" never acts, because TICKET_SYSTEM is ${ticketSystem}: no ticket is looked up`,
            'Set TICKET_SYSTEM to one that can be read, or take it out of the policy: docs/install.md, "A ticket system".',
          ),
        ]
      : []),
  ];
}

function warn(says: string, todo: string): Check {
  return { name: 'policy in vain', step: 5, look: () => Promise.resolve({ kind: 'warning', says, todo }) };
}

/** Who may reset there, and by which rules. */
function describeCustomer(policy: Policy | undefined, tenantId: string): string {
  if (policy === undefined) return tenantId;
  const own = policyForCustomer(policy, tenantId);
  const writesElse =
    own.synchronisedUsers === policy.synchronisedUsers ? '' : `; synchronised ${own.synchronisedUsers}`;
  return `${tenantId}: resets by ${countPrincipals(own.technicians)}; approval ${own.approval}; ticket ${own.ticket}${writesElse}`;
}

function countPrincipals(all: readonly Principal[]): string {
  const count = (kind: Principal['kind']): number => all.filter((one) => one.kind === kind).length;
  const [people, groups, tenants] = [count('person'), count('group'), count('tenant')];
  const parts = [
    ...(count('everyone') > 0 ? ['everybody'] : []),
    ...(people > 0 ? [people === 1 ? '1 person' : `${people} people`] : []),
    ...(groups > 0 ? [groups === 1 ? '1 group' : `${groups} groups`] : []),
    ...(tenants > 0 ? [tenants === 1 ? 'everybody of 1 tenant' : `everybody of ${tenants} tenants`] : []),
  ];
  return parts.length === 0 ? 'nobody' : parts.join(' and ');
}
