import { type Secret, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Refusal } from '../refusal.ts';
import type { AccessPassState, ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import type { RunRequest } from '../workflow/commit-step.ts';
import { oweMessage } from '../workflow/direct-message/show-follow-ups.ts';
import { openAccessPass, openSealedPassword } from '../workflow/sealed-password.ts';

/** What a press of `Temporary access pass` did. */
export type AccessPassPress =
  /** Where passes are shown to the client that pressed: the card with both. */
  | { readonly kind: 'shown'; readonly request: ResetRequest; readonly password: Secret; readonly pass: Secret }
  /** It was pressed, now or before, and this is what came of it. */
  | { readonly kind: 'pressed'; readonly request: ResetRequest; readonly outcome: AccessPassState }
  /**
   * Nothing was sent. `over`: the password is not shown. `off`: the policy does not allow it. `too-many`: as many as may be were
   * made, or may have been, after this reset.
   */
  | { readonly kind: 'not-now'; readonly why: 'over' | 'off' | 'no-consent' | 'too-many' }
  /** Nothing was sent, for a reason that would refuse a reset too. */
  | { readonly kind: 'stopped'; readonly request: ResetRequest; readonly refusal: Refusal }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** What an earlier press brought, where this one sends nothing. A press that comes at once is the same press, repeated. */
export function findStanding(
  { accessPass }: ResetRequest,
  now: number,
  leaseMilliseconds: number,
): AccessPassState | undefined {
  if (accessPass === undefined) return undefined;
  const { outcome, toldAt, at } = accessPass;
  const again = workflowTunables.followUpAgainAfterMilliseconds;
  switch (outcome) {
    case 'pending':
      return now - at < leaseMilliseconds ? accessPass : undefined;
    case 'exists':
    case 'unknown':
      return toldAt === undefined || now - toldAt < again ? accessPass : undefined;
    case 'refused':
    case 'not-asked':
      return now - at < again ? accessPass : undefined;
    case 'made':
    case 'unseen':
    case 'unusable':
      return accessPass;
  }
}

/**
 * Whether `Temporary access pass` has something to do: the password is shown, and none was made that counts. With `reveal` the
 * password is shown once the requester has opened it.
 */
export function mayGetAccessPass(request: ResetRequest, delivery: 'message' | 'reveal', now: number): boolean {
  const { state, deliveredAt, revealedAt, hideAt, sealedPassword, accessPass } = request;
  if (state !== 'delivered' || deliveredAt === undefined || sealedPassword === undefined) return false;
  if (hideAt === undefined || now >= hideAt) return false;
  if (delivery === 'reveal' && revealedAt === undefined) return false;
  const outcome = accessPass?.outcome;
  return outcome !== 'made' && outcome !== 'unseen' && outcome !== 'unusable';
}

/** Whether a pass of this request is shown by `Show password` alone. Only with `reveal` has somebody pressed that. */
export function isBehindButton({ revealedAt, accessPass }: ResetRequest): boolean {
  return revealedAt !== undefined && accessPass?.sealed !== undefined;
}

/** Creates what tells a person what came of a press: in the answer to it, or in the direct message. */
export function createAccessPassTelling(
  dependencies: Pick<Dependencies, 'store' | 'clock' | 'delivery' | 'sealer' | 'log' | 'raiseAlarm'>,
  run: RunRequest,
) {
  const { store, clock, delivery } = dependencies;
  return { tell, showIt, takeBackTold, show };

  /**
   * Says what came of an earlier press. That the person is told is written down first, and taken back where the answer comes too
   * late for them to see it. A pass is shown by `Show password`, which asks for the right and counts the view.
   */
  async function tell(request: ResetRequest, outcome: AccessPassState, answerBy: number): Promise<AccessPassPress> {
    const isKnown = outcome.outcome === 'pending' || outcome.toldAt !== undefined;
    if (isKnown) return owe(request, outcome);
    const now = clock.now();
    if (now >= answerBy) return { kind: 'pressed', request, outcome };
    const told = await commitTold(request, { ...outcome, toldAt: now });
    if (told === undefined) return { kind: 'pressed', request, outcome };
    if (clock.now() >= answerBy) await commitTold(told, outcome);
    return owe(told, told.accessPass ?? outcome);
  }

  async function commitTold(request: ResetRequest, accessPass: AccessPassState): Promise<ResetRequest | undefined> {
    const facts = { told: accessPass.toldAt !== undefined };
    const entry = { at: clock.now(), kind: 'access-pass-told', actor: 'locksmith', facts } as const;
    const swapped = await store.swap(request, makeStep(request, { accessPass }, entry));
    return swapped.kind === 'swapped' ? swapped.request : undefined;
  }

  /** With `reveal`, a card that was opened before the pass came has no `Show password`. The message gets one. */
  async function owe(request: ResetRequest, outcome: AccessPassState): Promise<AccessPassPress> {
    if (delivery !== 'reveal' || outcome.sealed === undefined || request.messageOwed !== undefined)
      return { kind: 'pressed', request, outcome };
    const at = clock.now();
    const entry = { at, kind: 'access-pass-told', actor: 'locksmith', facts: { told: true } } as const;
    const swapped = await store.swap(request, makeStep(request, oweMessage(request, at), entry));
    if (swapped.kind === 'swapped') await showIt(swapped.request);
    return { kind: 'pressed', request, outcome };
  }

  /** A failure is logged by the run, and the message is put with the next poll. What was pressed is done all the same. */
  async function showIt(request: ResetRequest): Promise<void> {
    await run(request).catch(() => undefined);
  }

  /** The answer came too late for the person to see it, so another press tells it first. */
  async function takeBackTold(request: ResetRequest, outcome: AccessPassState): Promise<AccessPassPress> {
    if (outcome.toldAt === undefined) return { kind: 'pressed', request, outcome };
    const now = (await store.find(request.id)) ?? request;
    if (now.accessPass?.at !== outcome.at || now.accessPass.outcome !== outcome.outcome)
      return { kind: 'pressed', request: now, outcome };
    const taken = await commitTold(now, { ...now.accessPass, toldAt: undefined });
    return taken === undefined ? takeBackTold(now, outcome) : { kind: 'pressed', request: taken, outcome };
  }

  /** With `reveal`, the client that pressed gets both. Otherwise both stand in the direct message. */
  function show(request: ResetRequest, outcome: AccessPassState): AccessPassPress {
    const { hideAt } = request;
    const isShown = request.state === 'delivered' && hideAt !== undefined && clock.now() < hideAt;
    if (delivery === 'message' || !isShown) return { kind: 'pressed', request, outcome };
    const password = openSealedPassword(dependencies, request);
    const pass = openAccessPass(dependencies, request);
    if (password.kind !== 'opened' || pass === undefined) return { kind: 'pressed', request, outcome };
    return { kind: 'shown', request, password: password.secret, pass };
  }
}
