import type { CustomerId } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { NotPermitted, Refusal } from '../refusal.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { Groups } from './groups.ts';
import { hashPolicy, type Policy, policyForCustomer, type Principal } from './policy.ts';

/** Whom rights are looked up for. An object id is one person only together with its tenant. */
export type Person = Pick<Technician, 'objectId' | 'tenantId'>;

/** Whether the policy names this person, and if not, why. Groups are looked up only if they would decide it. */
export async function isPermitted(
  groups: Groups,
  person: Person,
  principals: readonly Principal[],
): Promise<'yes' | NotPermitted> {
  const found = await findRight(groups, person, principals);
  return found.kind === 'right' ? 'yes' : found.why;
}

/** Whether the policy names this person: by object id, by tenant, by a group they are known to be in, or as everyone. */
export function isNamed(
  { objectId, tenantId }: Person,
  principals: readonly Principal[],
  memberOf: ReadonlySet<string>,
): boolean {
  return principals.some((principal) => {
    switch (principal.kind) {
      case 'everyone':
        return true;
      case 'person':
        return principal.objectId.toLowerCase() === objectId.toLowerCase();
      case 'tenant':
        return principal.tenantId.toLowerCase() === tenantId.toLowerCase();
      case 'group':
        return memberOf.has(principal.objectId);
    }
  });
}

/**
 * By which right the policy names this person (`everyone`, `person`, `tenant:<tenant id>` or `group:<object id>`), or why it
 * does not.
 */
type FoundRight =
  { readonly kind: 'right'; readonly right: string } | { readonly kind: 'none'; readonly why: NotPermitted };

/** Finds the right by which the policy names this person. Groups are looked up only if they would decide it. */
export async function findRight(groups: Groups, person: Person, principals: readonly Principal[]): Promise<FoundRight> {
  const named = principals.find((principal) => isNamed(person, [principal], new Set()));
  if (named !== undefined)
    return { kind: 'right', right: named.kind === 'tenant' ? `tenant:${named.tenantId}` : named.kind };
  const wanted = principals.filter(({ kind }) => kind === 'group');
  if (wanted.length === 0) return { kind: 'none', why: 'not-a-technician' };
  const memberOf = await groups.memberOf(person.objectId);
  if (memberOf === 'unknown') return { kind: 'none', why: 'groups-unknown' };
  const group = wanted.find((principal) => isNamed(person, [principal], memberOf));
  return group?.kind === 'group'
    ? { kind: 'right', right: `group:${group.objectId}` }
    : { kind: 'none', why: 'not-a-technician' };
}

/** Everyone who may reset passwords of at least one customer. */
export function listTechnicians({ technicians, customers }: Policy): readonly Principal[] {
  return [...technicians, ...Object.values(customers).flatMap((customer) => customer.technicians ?? [])];
}

/** What a person may do, for at least one customer. Groups that cannot be read give no right. */
export type Rights = { readonly mayReset: boolean; readonly mayApprove: boolean; readonly mayAudit: boolean };

/** Looks up what this person may do now. */
export async function findRights(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  person: Person,
): Promise<Rights> {
  const { approvers, auditors } = policy();
  const [reset, approve, audit] = await Promise.all([
    isPermitted(groups, person, listTechnicians(policy())),
    isPermitted(groups, person, approvers),
    isPermitted(groups, person, auditors),
  ]);
  return { mayReset: reset === 'yes', mayApprove: approve === 'yes', mayAudit: audit === 'yes' };
}

/** Whether this person may reset passwords of users of this customer. */
export function isPermittedFor(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  person: Person,
  customer: CustomerId,
): Promise<'yes' | NotPermitted> {
  return isPermitted(groups, person, policyForCustomer(policy(), customer).technicians);
}

/**
 * Writes to the audit log that a person without a right asked, and for whom, as far as that is known: whom somebody has
 * looked up is what an investigator asks first. It holds ids and never typed text, which may be anything, even a password.
 */
export async function recordNotPermitted(
  { store, clock, policy }: Dependencies,
  technician: Technician,
  reason: Refusal['kind'],
  about: AuditEntry['facts'] = {},
): Promise<void> {
  const facts = { reason, policy: hashPolicy(policy()), ...about };
  const actor = { actor: technician.objectId, person: technician };
  const entry = { at: clock.now(), kind: 'question-refused', ...actor, facts } as const;
  await store.record(entry, undefined);
}
