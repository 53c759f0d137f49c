import type { AuditEntry } from '../../audit-entry.ts';
import type { PartnerTrouble } from '../../partner-trouble.ts';
import type { PasswordSettingOutcome } from '../../ports/password-setting.ts';
import type { ResetRequest, ResetTry } from '../../reset-request.ts';
import { resetTries, resetTryDelay } from '../retry-rules.ts';

/** What is to be done after a try. */
export type AfterTry = {
  readonly tries: readonly ResetTry[];
  readonly at: number;
  readonly facts: AuditEntry['facts'];
} & (
  | { readonly kind: 'applied' }
  | { readonly kind: 'again'; readonly dueAt: number }
  /** A definite no, and no earlier try that may have worked. */
  | { readonly kind: 'nothing-changed'; readonly trouble: PartnerTrouble }
  /** Nobody knows whether the password is in force. */
  | { readonly kind: 'unclear'; readonly trouble: PartnerTrouble | undefined }
);

/**
 * Judges the last try of a request by its outcome and by the tries before it. Rule: a refusal that follows an unclear
 * try proves nothing about that try, so it never says "nothing changed".
 */
export function afterTry(
  request: ResetRequest,
  outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept',
  now: number,
): AfterTry {
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
  const wait = Math.max(waitFor(outcome), resetTryDelay(tries.length));
  const first = tries[0]?.at ?? now;
  if (tries.length >= resetTries.most || now + wait - first > resetTries.withinMilliseconds) {
    return unclear || trouble === undefined
      ? { ...base, kind: 'unclear', trouble }
      : { ...base, kind: 'nothing-changed', trouble };
  }
  return { ...base, kind: 'again', dueAt: kind === 'unknown' && outcome === 'no-answer-kept' ? now : now + wait };
}

function waitFor(outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept'): number {
  if (typeof outcome === 'string' || outcome.kind !== 'not-tried') return 0;
  return outcome.retryAfterMilliseconds ?? 0;
}

/** A try that this process came too late to send. */
const heldUp: PartnerTrouble = {
  code: 'held-up',
  httpStatus: undefined,
  partnerCode: undefined,
  says: 'Locksmith was held up and did not ask Partner Center in time.',
  next: 'Ask for the reset again.',
};

function troubleOf(outcome: PasswordSettingOutcome | 'too-late' | 'no-answer-kept'): PartnerTrouble | undefined {
  if (outcome === 'too-late') return heldUp;
  return outcome === 'no-answer-kept' || outcome.kind === 'applied' ? undefined : outcome.trouble;
}
