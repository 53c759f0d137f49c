import type { AuditEntry, AuditKind } from './audit-entry.ts';
import type { Technician } from './identity.ts';
import type { Limit } from './policy/policy.ts';
import type { Refusal } from './refusal.ts';
import type { ResetRequest } from './request.ts';
import { states } from './states.ts';
import { type CustomerUser, protectionKindsOf } from './target.ts';

/**
 * The next version of a request with its audit entry. Both are written, or neither. With `within`, the step is a confirmation: the
 * store commits it only while every limit has room for it.
 */
export type Step = StepRecord & {
  readonly within?: readonly Limit[] | undefined;
  /** Steps that are committed together with this one, right before it, the earliest first. */
  readonly earlier?: readonly StepRecord[] | undefined;
};

/** A version of a request, and the entry that says how it came about. */
export type StepRecord = { readonly after: ResetRequest; readonly entry: AuditEntry };

/** Every version that a step writes, with its entry, in order. */
export function recordsOf(step: Step): readonly StepRecord[] {
  return [...(step.earlier ?? []), step];
}

/**
 * Joins two steps into one commit, because nothing outside happens between them. Both are written or neither, each with its
 * own entry. Throws where `second` does not follow from `first`.
 */
export function joinSteps(first: Step, second: Step): Step {
  const [next] = recordsOf(second);
  if (next !== undefined) requireAllowedStep(first.after, next.after);
  return { ...second, within: first.within, earlier: [...recordsOf(first), ...(second.earlier ?? [])] };
}

/**
 * Makes the next version of a request, with its audit entry. A step that is about the lease alone is no progress. Throws where
 * `requireAllowedStep` does.
 */
export function makeStep(
  before: ResetRequest,
  change: Partial<Omit<ResetRequest, 'id' | 'version'>>,
  entry: {
    readonly at: number;
    readonly kind: AuditKind;
    readonly actor: string;
    readonly person?: Technician;
    readonly facts?: AuditEntry['facts'];
  },
): Step {
  const takeOvers = entry.kind === 'taken-over' || entry.kind === 'lease-renewed' ? before.takeOvers : 0;
  const after = eraseLonePass({ ...before, takeOvers, ...change, version: before.version + 1 });
  requireAllowedStep(before, after);
  return { after, entry: { facts: {}, ...entry } };
}

/** A sealed pass is erased with the password, whichever step erases that. */
function eraseLonePass(request: ResetRequest): ResetRequest {
  const { accessPass, sealedPassword } = request;
  if (accessPass === undefined || sealedPassword !== undefined) return request;
  return { ...request, accessPass: { ...accessPass, sealed: undefined } };
}

/**
 * Guards every write of a request: a workflow with a defect must neither skip a state nor exchange the user.
 *
 * @throws An `Error` if the table of states has no step between the two states. The same if `after` is not the next version
 *   of the same request, for the same technician, customer and user.
 */
export function requireAllowedStep(before: ResetRequest, after: ResetRequest): void {
  if (after.state !== before.state && !states[before.state].next.includes(after.state)) {
    throw new Error(`no step leads from ${before.state} to ${after.state}`);
  }
  const same =
    after.id === before.id &&
    after.target.customer.id === before.target.customer.id &&
    after.target.user.id === before.target.user.id &&
    after.technician.objectId === before.technician.objectId;
  if (!same || after.version !== before.version + 1) {
    throw new Error('a step makes the next version of the same request, for the same people');
  }
}

/** The same for every version that a step writes. */
export function requireAllowedSteps(before: ResetRequest, step: Step): void {
  let from = before;
  for (const { after } of recordsOf(step)) {
    requireAllowedStep(from, after);
    from = after;
  }
}

/**
 * The step that ends a request for which Locksmith has certainly changed nothing. It erases the sealed password.
 */
export function makeRefusalStep(
  request: ResetRequest,
  refusal: Refusal,
  said: { readonly at: number; readonly policy: string; readonly person?: Technician },
): Step {
  const { at, policy, person } = said;
  const trouble = refusal.kind === 'partner-center' ? refusal.trouble : undefined;
  return makeStep(
    request,
    {
      state: 'refused',
      refusal,
      endedAt: at,
      cardIsOwed: true,
      sealedPassword: undefined,
      lease: undefined,
      dueAt: at,
      putOff: 0,
    },
    {
      at,
      kind: 'refused',
      actor: person?.objectId ?? 'locksmith',
      ...(person && { person }),
      facts: {
        reason: refusal.kind,
        policy,
        trouble: trouble?.code ?? null,
        httpStatus: trouble?.httpStatus ?? null,
        partnerCode: trouble?.partnerCode ?? null,
        ...(refusal.kind === 'over-limit' && {
          limit: refusal.limit,
          most: refusal.most,
          againAt: refusal.againAt,
        }),
      },
    },
  );
}

/** Of what Microsoft Graph tells, the kinds of power and protection alone stand in the trail. */
export function describeProtection(user: Pick<CustomerUser, 'roles' | 'graph'>): AuditEntry['facts'] {
  const kinds = protectionKindsOf(user);
  return kinds.length === 0 ? {} : { protection: kinds.join(' ') };
}
