import { startDeadline, waitUnlessAborted, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { mayWriteBack } from '../policy/eligibility.ts';
import { policyForCustomer } from '../policy/policy.ts';
import type { PasswordSettingOutcome } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import type { CustomerUser } from '../target.ts';
import { commitStep, renewLease, type StepOutcome } from './commit-step.ts';
import { openSealedPassword } from './sealed-password.ts';
import { showWaiting } from './waiting.ts';

/** Whether the password of this user is written back by Graph, by the policy in force. */
export function writesBack(
  { policy, writeBack }: Pick<Dependencies, 'policy' | 'writeBack'>,
  { target }: Pick<ResetRequest, 'target'>,
  user: CustomerUser,
): boolean {
  return writeBack !== undefined && mayWriteBack(policyForCustomer(policy(), target.customer.id), user);
}

/** Commits the address of an operation before it is polled, so that another process can go on polling. */
export function keepLocation(
  dependencies: Dependencies,
  request: ResetRequest,
  location: string,
): Promise<StepOutcome> {
  const at = dependencies.clock.now();
  const step = makeStep(
    request,
    { writeBack: { isUsed: true, location, acceptedAt: at }, putOff: 0, ...renewLease(dependencies) },
    { at, kind: 'write-back-accepted', actor: 'locksmith', facts: { try: request.tries.length } },
  );
  return commitStep(dependencies, request, step);
}

const unclear: PartnerTrouble = {
  code: 'write-back-running',
  signInCode: undefined,
  httpStatus: undefined,
  partnerCode: undefined,
  storedWording: undefined,
};

/**
 * Polls the operation for the time of one attempt, less and less often. A final state is given to `settle`. Otherwise the
 * request stays as it is and is due at the next poll, for this process or another. After
 * `workflowTunables.writeBackWithinMilliseconds` it is unclear whether the password is in force. Rule: no second operation is
 * started while the address of one is known.
 */
export async function pollWriteBack(
  dependencies: Dependencies,
  request: ResetRequest,
  givenUp: AbortSignal,
  settle: (outcome: PasswordSettingOutcome) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const { clock, writeBack } = dependencies;
  const { location, acceptedAt = 0 } = request.writeBack ?? {};
  if (location === undefined) throw new Error('there is no operation to poll');
  const { target, correlationId } = request;
  const operation = { customer: target.customer.id, user: target.user.id, correlationId };
  const deadline = startDeadline(clock, dependencies.durations.resetTry);
  try {
    const signal = AbortSignal.any([deadline.signal, givenUp]);
    while (!signal.aborted) {
      const state = await writeBack?.poll(operation, location, signal);
      switch (state?.kind) {
        case 'succeeded':
          return await settle({ kind: 'applied' });
        case 'failed':
          return await settle({ kind: 'refused', trouble: hidePasswordIn(dependencies, request, state.trouble) });
        case 'half-done':
          return await settle({ kind: 'unknown', trouble: state.trouble, repetition: 'useless' });
        case 'running':
        case undefined:
      }
      const now = clock.now();
      if (now - acceptedAt >= workflowTunables.writeBackWithinMilliseconds)
        return await settle({ kind: 'unknown', trouble: unclear, repetition: 'useless' });
      const pause = pauseBeforePoll(now - acceptedAt, state?.retryAfterMilliseconds);
      if (now + pause >= deadline.at) return await pollLater(dependencies, request, pause);
      await waitUnlessAborted(clock, pause, signal);
    }
  } finally {
    deadline.cancel();
  }
  return pollLater(dependencies, request, 0);
}

/** As long as it has run, so that it is asked less and less often, by whichever process. */
function pauseBeforePoll(age: number, retryAfter = 0): number {
  const { firstWriteBackPollMilliseconds: first, longestWriteBackPollMilliseconds: longest } = workflowTunables;
  return Math.max(first, Math.min(Math.max(age, retryAfter), longest));
}

/** That it runs for long is said on the card once. */
async function pollLater(dependencies: Dependencies, request: ResetRequest, pause: number): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const entry = { at: now, kind: 'write-back-running', actor: 'locksmith' } as const;
  const later = { lease: undefined, dueAt: now + pause, putOff: request.putOff + 1 };
  const moved = await commitStep(dependencies, request, makeStep(request, later, entry));
  if (moved.kind === 'moved' && request.putOff === 0) await showWaiting(dependencies, moved.request);
  return moved;
}

/**
 * What Graph says of a failure is kept and shown as it is, cut to its first part. It must not be a way for a password to get
 * there. So the whole text is looked through before it is cut, and it is dropped where it ends within the password.
 */
function hidePasswordIn(dependencies: Dependencies, request: ResetRequest, trouble: PartnerTrouble): PartnerTrouble {
  const { detail: said, ...codes } = trouble;
  if (said === undefined) return codes;
  const opened = openSealedPassword(dependencies, request);
  const holdsIt = opened.kind !== 'opened' || opened.secret.reveal((password) => holdsPassword(said, password));
  return holdsIt ? codes : { ...codes, detail: said.slice(0, workflowTunables.writeBackReasonCharacters) };
}

/** Case, white space and the escapes of addresses and HTML make no difference. */
function holdsPassword(said: string, password: string): boolean {
  const looked = fold(unescapeText(said));
  const sought = fold(password);
  if (looked.includes(sought) || fold(said).includes(sought)) return true;
  const shortestPiece = 4;
  for (let length = sought.length; length >= shortestPiece; length -= 1)
    if (looked.endsWith(sought.slice(0, length))) return true;
  return false;
}

function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}

function unescapeText(text: string): string {
  return text
    .replace(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#x([0-9a-f]{1,4});/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,5});/g, (_escape, digits: string) => String.fromCharCode(Number(digits)))
    .replace(/&(quot|apos|lt|gt|amp);/g, (_escape, name: string) => namedSigns[name] ?? '');
}

const namedSigns: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };
