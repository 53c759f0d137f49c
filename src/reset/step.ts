import type { Technician } from './identity.ts';
import type { Limit } from './policy/policy.ts';
import type { Refusal } from './refusal.ts';
import type { ResetRequest } from './request.ts';
import { followingStates, type ResetState } from './states.ts';

/** What the trail says of one step. The store adds number, request, states and ids from the row that is swapped. */
export type AuditEntry = {
  readonly at: number;
  readonly kind: AuditKind;
  /** Who did it: an Entra object id, or `locksmith` where no person did. */
  readonly actor: string;
  /** What is known of the actor; not needed where it is the requester, whom the store knows. */
  readonly person?: Technician;
  /** Named facts, never a secret and never a body. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** What can happen to a request, what can be refused before there is one, and what became of the store itself. */
export type AuditKind =
  | 'proposed'
  | 'not-let-in'
  | 'question-refused'
  | 'history-viewed'
  | 'frozen'
  | 'thawed'
  | 'asked-back'
  | 'chosen'
  | 'question-moved'
  | 'question-over'
  | 'click-refused'
  | 'card-posted'
  | 'card-answered'
  | 'confirmed'
  | 'approval-wanted'
  | 'approval-asked'
  | 'approval-given'
  | 'approved'
  | 'declined'
  | 'cancelled'
  | 'expired'
  | 'sign-in-awaited'
  | 'refused'
  | 'message-opened'
  | 'sealed'
  | 'try-started'
  | 'try-ended'
  | 'taken-over'
  | 'handed-over'
  | 'needs-attention'
  | 'delivery-begun'
  | 'delivery-put-off'
  | 'delivered'
  | 'revealed'
  | 'passed-on'
  | 'closed'
  | 'given-up'
  | 'hiding-put-off'
  | 'hidden'
  | 'restored';

/**
 * A step: the next version of a request, and what the trail says of it. Both are written, or neither. With limits, it is
 * a confirmation, and is made only while each of them leaves room for it.
 */
export type Step = {
  readonly after: ResetRequest;
  readonly entry: AuditEntry;
  readonly within?: readonly Limit[] | undefined;
};

/**
 * Makes the next version of a request, with its entry; every step but a take-over is progress. Throws where the state machine has no such step: a defect.
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
  const state = change.state ?? before.state;
  const allowed: readonly ResetState[] = followingStates[before.state];
  if (state !== before.state && !allowed.includes(state)) {
    throw new Error(`a request may not go from ${before.state} to ${state}`);
  }
  const takeOvers = entry.kind === 'taken-over' ? before.takeOvers : 0;
  return { after: { ...before, takeOvers, ...change, version: before.version + 1 }, entry: { facts: {}, ...entry } };
}

/** The step that ends a request of which it is certain that nothing was changed, and erases its sealed password. */
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
