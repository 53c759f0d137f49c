import type { Dependencies } from '../../dependencies.ts';
import { findFreeze } from '../../freezes.ts';
import { policyForCustomer } from '../../policy/policy.ts';
import { isPermittedFor } from '../../policy/rights.ts';
import type { Readers, UpdateOutcome } from '../../ports/messages.ts';
import { isLeased, type ResetRequest } from '../../request.ts';
import { makeStep } from '../../step.ts';
import { commitStep, releaseLease, type StepOutcome } from '../commit-step.ts';
import { hasEnoughLease } from '../keep-lease.ts';
import { messageDelay } from '../retry-delays.ts';
import { openAccessPass, openSealedPassword } from '../sealed-password.ts';
import { hideAgain } from './delivery.ts';

/** The fields of a step after which the open direct message has to be put anew. Empty where it is not open any more. */
export function oweMessage(
  { state, hideAt, lease }: Pick<ResetRequest, 'state' | 'hideAt' | 'lease'>,
  now: number,
): Partial<Pick<ResetRequest, 'messageOwed' | 'dueAt'>> {
  if (state !== 'delivered' || hideAt === undefined || now >= hideAt) return {};
  // An instance that is at work on it looks again when it is done, or somebody does when its lease is over.
  return { messageOwed: 0, ...(!isLeased({ lease }, now) && { dueAt: now }) };
}

/** Why a pass that was made may not be shown now. `groups-unknown`: it cannot be read whether it may. */
type NotToBeShown = 'frozen' | 'off' | 'right-ended' | 'groups-unknown';

/**
 * Whether a pass that was made may be shown now: the right, the policy and the freezes of this moment. Undefined: it may.
 * See docs/policy.md: a right is looked up before each attempt to deliver.
 */
export async function findWhyNotShown(
  dependencies: Dependencies,
  { technician, target: { customer } }: ResetRequest,
): Promise<NotToBeShown | undefined> {
  const permission = await isPermittedFor(dependencies, technician, customer.id);
  if (permission === 'groups-unknown') return permission;
  if (permission !== 'yes') return 'right-ended';
  if (policyForCustomer(dependencies.policy(), customer.id).followUps.accessPass === 'off') return 'off';
  return (await findFreeze(dependencies, customer.id)) === undefined ? undefined : 'frozen';
}

/** What came of one attempt. `not-opened`: a secret of the message does not open here. */
type Attempt = UpdateOutcome['kind'] | Readers['kind'] | 'not-opened' | 'key-missing' | 'groups-unknown';

/**
 * Puts what followed the reset into the open direct message: a Temporary Access Pass beside the password, and what was done. What
 * the chat does not take now is repeated until the password is hidden. A message without the password is never made of it: where a
 * secret does not open here, the message stays as it is.
 *
 * Rule: it needs the lease, which the hiding waits for. So no put of one instance comes after the hiding of another. A put
 * that was slower than its lease owes another hiding.
 */
export async function showFollowUps(dependencies: Dependencies, given: ResetRequest): Promise<StepOutcome> {
  let request = given;
  if (request.accessPass?.sealed !== undefined) {
    const whyNot = await findWhyNotShown(dependencies, request);
    if (whyNot === 'groups-unknown') return settle(dependencies, request, whyNot);
    if (whyNot !== undefined) {
      const moved = await withholdPass(dependencies, request, whyNot);
      if (moved.kind !== 'moved') return moved;
      ({ request } = moved);
    }
  }
  const opened = openBoth(dependencies, request);
  if (typeof opened === 'string') return settle(dependencies, request, opened);
  await dependencies.followUps?.recall(request.target.customer.id);
  const readers = await dependencies.messages.findReaders(request);
  if (readers.kind !== 'requester') return settle(dependencies, request, readers.kind);
  if (!hasEnoughLease(dependencies, request)) return releaseLease(dependencies, request, { why: 'held-up' });
  const put = await dependencies.messages.updateDirectMessage(request, opened.password, opened.pass);
  return settle(dependencies, request, put.kind);
}

/** With `reveal` the message itself holds neither. */
function openBoth(dependencies: Dependencies, request: ResetRequest) {
  if (dependencies.delivery === 'reveal') return { password: undefined, pass: undefined };
  const password = openSealedPassword(dependencies, request);
  if (password.kind !== 'opened') return password.kind === 'key-missing' ? password.kind : 'not-opened';
  const pass = openAccessPass(dependencies, request);
  if (request.accessPass?.sealed !== undefined && pass === undefined) return 'not-opened';
  return { password: password.secret, pass };
}

/** Erases a pass that may not be shown. It is told as made and seen by no one. */
function withholdPass(dependencies: Dependencies, request: ResetRequest, why: NotToBeShown): Promise<StepOutcome> {
  const { accessPass } = request;
  const unseen = accessPass && { ...accessPass, outcome: 'unseen' as const, code: why, sealed: undefined };
  const entry = {
    at: dependencies.clock.now(),
    kind: 'access-pass-put',
    actor: 'locksmith',
    facts: { how: why },
  } as const;
  return commitStep(dependencies, request, makeStep(request, { accessPass: unseen }, entry));
}

async function settle(dependencies: Dependencies, request: ResetRequest, how: Attempt): Promise<StepOutcome> {
  const { hideAt, cardIsOwed, accessPass, messageOwed: failed = 0 } = request;
  const now = dependencies.clock.now();
  // Another instance may have the key. Teams sometimes reports a message as gone that stands.
  const isOver = how === 'done' || how === 'not-opened' || how === 'others';
  const later = Math.min(now + messageDelay(failed), hideAt ?? Infinity);
  const step = makeStep(
    request,
    {
      messageOwed: isOver ? undefined : failed + 1,
      lease: undefined,
      // Others who read the chat read the password too, so that is hidden now.
      ...(how === 'others' && { hideAt: now }),
      dueAt: how === 'others' ? now : isOver ? (cardIsOwed ? now : hideAt) : later,
    },
    { at: now, kind: accessPass?.sealed ? 'access-pass-put' : 'follow-up-shown', actor: 'locksmith', facts: { how } },
  );
  const moved = await commitStep(dependencies, request, step);
  return moved.kind === 'stale' ? hideAgain(dependencies, request) : moved;
}
