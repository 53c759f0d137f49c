import type { ObjectId } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { Finding } from '../ports/partner-center.ts';
import type { NotPermitted, Refusal } from '../refusal.ts';
import type { Customer } from '../target.ts';
import type { Groups } from './groups.ts';
import { hashPolicy, type Policy, policyForCustomer, type Principal } from './policy.ts';

/** Whether the policy names this person, and if not, why. Groups are looked up only if they would decide it. */
export async function isPermitted(
  groups: Groups,
  person: ObjectId,
  principals: readonly Principal[],
): Promise<'yes' | NotPermitted> {
  const found = await findRight(groups, person, principals);
  return found.kind === 'right' ? 'yes' : found.why;
}

/** Whether the policy names this person, by object id, by a group they are known to be in, or as everyone. */
export function isNamed(person: ObjectId, principals: readonly Principal[], memberOf: ReadonlySet<string>): boolean {
  return principals.some((principal) => {
    switch (principal.kind) {
      case 'everyone':
        return true;
      case 'person':
        return principal.objectId.toLowerCase() === person.toLowerCase();
      case 'group':
        return memberOf.has(principal.objectId);
    }
  });
}

/** By which right the policy names this person (`everyone`, `person` or `group:<object id>`), or why it does not. */
type FoundRight =
  { readonly kind: 'right'; readonly right: string } | { readonly kind: 'none'; readonly why: NotPermitted };

/** Finds the right by which the policy names this person. Groups are looked up only if they would decide it. */
export async function findRight(
  groups: Groups,
  person: ObjectId,
  principals: readonly Principal[],
): Promise<FoundRight> {
  const named = principals.find((principal) => isNamed(person, [principal], new Set()));
  if (named !== undefined) return { kind: 'right', right: named.kind };
  const wanted = principals.filter(({ kind }) => kind === 'group');
  if (wanted.length === 0) return { kind: 'none', why: 'not-a-technician' };
  const memberOf = await groups.memberOf(person);
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
  { objectId }: Technician,
): Promise<Rights> {
  const { approvers, auditors } = policy();
  const [reset, approve, audit] = await Promise.all([
    isPermittedAnywhere({ groups, policy }, { objectId }),
    isPermitted(groups, objectId, approvers),
    isPermitted(groups, objectId, auditors),
  ]);
  return { mayReset: reset === 'yes', mayApprove: approve === 'yes', mayAudit: audit === 'yes' };
}

/** Whether this person may reset passwords at some customer. */
export function isPermittedAnywhere(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  { objectId }: Pick<Technician, 'objectId'>,
): Promise<'yes' | NotPermitted> {
  return isPermitted(groups, objectId, listTechnicians(policy()));
}

type QuestionBack = Exclude<Finding, { kind: 'found' | 'not-a-reset' }>;

/**
 * The same finding without users of customers for whom this technician may not reset, because a choice shows names. If no
 * user is left, the reason says why.
 */
export async function keepPermitted(
  dependencies: Pick<Dependencies, 'groups' | 'policy'>,
  finding: QuestionBack,
  { objectId }: Technician,
): Promise<QuestionBack | { readonly kind: 'not-permitted'; readonly why: NotPermitted }> {
  switch (finding.kind) {
    case 'which-user': {
      const customers = new Map(finding.choices.map(({ customer }) => [customer.id, customer]));
      const judged = new Map(
        await Promise.all([...customers].map(async ([id, customer]) => [id, await permission(customer)] as const)),
      );
      const choices = finding.choices.filter(({ customer }) => judged.get(customer.id) === 'yes');
      if (choices.length > 0) return { ...finding, choices };
      const isUnknown = [...judged.values()].includes('groups-unknown');
      return { kind: 'not-permitted', why: isUnknown ? 'groups-unknown' : 'not-a-technician' };
    }
    case 'no-user': {
      const permitted = await permission(finding.customer);
      return permitted === 'yes' ? finding : { kind: 'not-permitted', why: permitted };
    }
    case 'which-customer':
    case 'no-customer':
    case 'unknown-domain':
    case 'customer-missing':
    case 'trouble':
      return finding;
  }

  function permission(customer: Customer): Promise<'yes' | NotPermitted> {
    return isPermitted(
      dependencies.groups,
      objectId,
      policyForCustomer(dependencies.policy(), customer.id).technicians,
    );
  }
}

/** Writes to the audit log that a person without a right asked. */
export async function recordNotPermitted(
  { store, clock, policy }: Dependencies,
  technician: Technician,
  reason: Refusal['kind'],
): Promise<void> {
  const facts = { reason, policy: hashPolicy(policy()) };
  const actor = { actor: technician.objectId, person: technician };
  const entry = { at: clock.now(), kind: 'question-refused', ...actor, facts } as const;
  await store.record(entry, undefined);
}
