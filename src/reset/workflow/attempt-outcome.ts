import { workflowTunables } from '../../base/index.ts';
import type { PasswordSettingOutcome } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { ResetAttempt, ResetRequest } from '../request.ts';
import type { AuditEntry } from '../audit-entry.ts';
import { resetAttemptDelay } from './retry-delays.ts';

/** What follows from an attempt. */
type JudgedAttempt = {
  readonly tries: readonly ResetAttempt[];
  readonly at: number;
  readonly facts: AuditEntry['facts'];
} & (
  | { readonly kind: 'applied' }
  | { readonly kind: 'again'; readonly dueAt: number }
  /** A definite refusal, and no earlier attempt that may have succeeded. */
  | { readonly kind: 'nothing-changed'; readonly trouble: PartnerTrouble }
  /** It is unknown whether the password is in force. */
  | { readonly kind: 'unclear'; readonly trouble: PartnerTrouble | undefined }
);

/**
 * Judges the last attempt by its outcome and by the attempts before it. `no-answer-kept`: its process died. Rule: a refusal after
 * an unclear attempt proves nothing about that attempt, so it never means that nothing was changed.
 */
export function judgeAttempt(
  request: ResetRequest,
  outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept',
  now: number,
): JudgedAttempt {
  const last = request.tries.at(-1);
  const trouble = troubleOf(outcome);
  const kind = outcome === 'too-late' ? 'not-tried' : outcome === 'no-answer-kept' ? 'unknown' : outcome.kind;
  const ended = { outcome: kind, httpStatus: trouble?.httpStatus, partnerCode: trouble?.partnerCode };
  const tries = last === undefined ? request.tries : [...request.tries.slice(0, -1), { ...last, ...ended }];
  const unclear = tries.some((one) => one.outcome === 'unknown');
  const facts = {
    try: tries.length,
    outcome: kind,
    httpStatus: ended.httpStatus ?? null,
    partnerCode: ended.partnerCode ?? null,
    trouble: trouble?.code ?? null,
  };
  const base = { tries, at: now, facts };
  if (kind === 'applied') return { ...base, kind: 'applied' };
  if (kind === 'refused' && trouble !== undefined) {
    return unclear ? { ...base, kind: 'unclear', trouble } : { ...base, kind: 'nothing-changed', trouble };
  }
  const wait = Math.max(retryAfterOf(outcome), resetAttemptDelay(tries.length));
  const first = tries[0]?.at ?? now;
  if (
    isRepetitionUseless(outcome) ||
    tries.length >= workflowTunables.maxResetAttempts ||
    now + wait - first > workflowTunables.resetAttemptsWithinMilliseconds
  ) {
    return unclear || trouble === undefined
      ? { ...base, kind: 'unclear', trouble }
      : { ...base, kind: 'nothing-changed', trouble };
  }
  return { ...base, kind: 'again', dueAt: kind === 'unknown' && outcome === 'no-answer-kept' ? now : now + wait };
}

function retryAfterOf(outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept'): number {
  if (typeof outcome === 'string' || outcome.kind !== 'not-tried') return 0;
  return outcome.retryAfterMilliseconds ?? 0;
}

function isRepetitionUseless(outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept'): boolean {
  return typeof outcome !== 'string' && outcome.kind === 'unknown' && outcome.repetition === 'useless';
}

/** This process came too late to send the attempt within its deadline. */
const tooLateTrouble: PartnerTrouble = {
  code: 'held-up',
  signInCode: undefined,
  httpStatus: undefined,
  partnerCode: undefined,
  storedWording: undefined,
};

function troubleOf(outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept'): PartnerTrouble | undefined {
  if (outcome === 'too-late') return tooLateTrouble;
  return outcome === 'no-answer-kept' || outcome.kind === 'applied' ? undefined : outcome.trouble;
}
