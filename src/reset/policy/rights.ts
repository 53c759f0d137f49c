import type { NotPermitted } from '../refusal.ts';
import type { ObjectId, QuestionId, ResetRequestId } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { Finding } from '../ports/partner-center.ts';
import type { OpenQuestion } from '../questions/question.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import type { Customer } from '../target.ts';
import type { Groups } from './groups.ts';
import { hashPolicy, policyForCustomer, type Principal } from './policy.ts';

/** Whether the policy names this person; if not, why. Groups are asked for only where they would decide it. */
export async function isPermitted(
  groups: Groups,
  person: ObjectId,
  principals: readonly Principal[],
): Promise<'yes' | NotPermitted> {
  if (isNamed(person, principals, new Set())) return 'yes';
  if (!principals.some(({ kind }) => kind === 'group')) return 'not-a-technician';
  const memberOf = await groups.memberOf(person);
  if (memberOf === 'unknown') return 'groups-unknown';
  return isNamed(person, principals, memberOf) ? 'yes' : 'not-a-technician';
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

/** By which right the policy names this person: `everyone`, `person` or `group:<object id>`; or why it does not. */
type FoundRight =
  { readonly kind: 'right'; readonly right: string } | { readonly kind: 'none'; readonly why: NotPermitted };

/** Finds the right by which the policy names this person. Groups are asked for only where they would decide it. */
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

/** What somebody may do, at one customer at least. Groups that cannot be read give nobody a right. */
export type Rights = { readonly mayReset: boolean; readonly mayApprove: boolean; readonly mayAudit: boolean };

/** Looks up what this person may do now. */
export async function findRights(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  { objectId }: Technician,
): Promise<Rights> {
  const { technicians, approvers, auditors, customers } = policy();
  const anywhere = [...technicians, ...Object.values(customers).flatMap((customer) => customer.technicians ?? [])];
  const [reset, approve, audit] = await Promise.all([
    isPermitted(groups, objectId, anywhere),
    isPermitted(groups, objectId, approvers),
    isPermitted(groups, objectId, auditors),
  ]);
  return { mayReset: reset === 'yes', mayApprove: approve === 'yes', mayAudit: audit === 'yes' };
}

type QuestionBack = Exclude<Finding, { kind: 'found' }>;

/** The same finding without people of customers that this technician may not touch; why, where nobody is left of it. */
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

/** Whose button was pressed. */
type OwnRequest =
  | { readonly kind: 'own'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Looks up the request behind a button of the requester. Rule: nobody else's press has an effect; it is recorded, and an alarm.
 */
export async function findOwnRequest(
  dependencies: Dependencies,
  id: ResetRequestId,
  technician: Technician,
): Promise<OwnRequest> {
  const request = await dependencies.store.find(id);
  if (request === undefined) return { kind: 'unknown' };
  const asked = request.technician;
  if (asked.objectId === technician.objectId && asked.tenantId === technician.tenantId) return { kind: 'own', request };
  await dependencies.store.record(
    {
      at: dependencies.clock.now(),
      kind: 'click-refused',
      actor: technician.objectId,
      person: technician,
      facts: { reason: 'not-the-requester' },
    },
    id,
  );
  dependencies.raiseAlarm({ kind: 'foreign-press', ...identifyRequest(request), technician: technician.objectId });
  return { kind: 'not-yours' };
}

/** Whose question it is. */
type OwnQuestion =
  | { readonly kind: 'own'; readonly question: OpenQuestion }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Looks up the question behind a button. Rule: nobody else's press has an effect; it is recorded, and an alarm. */
export async function findOwnQuestion(
  { questions, store, clock, raiseAlarm }: Dependencies,
  id: QuestionId,
  technician: Technician,
): Promise<OwnQuestion> {
  const question = await questions.find(id);
  if (question === undefined) return { kind: 'unknown' };
  const asked = question.technician;
  if (asked.objectId === technician.objectId && asked.tenantId === technician.tenantId) {
    return { kind: 'own', question };
  }
  const { correlationId } = question;
  const facts = { reason: 'not-the-requester', question: id, correlationId };
  const entry = {
    at: clock.now(),
    kind: 'click-refused',
    actor: technician.objectId,
    person: technician,
    facts,
  } as const;
  await store.record(entry, undefined);
  raiseAlarm({ kind: 'foreign-press', correlationId, technician: technician.objectId });
  return { kind: 'not-yours' };
}

/** Writes down that somebody asked who may not. */
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
