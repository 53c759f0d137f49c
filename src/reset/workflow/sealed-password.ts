import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import type { Opened } from '../ports/stores.ts';
import { type ResetRequest, type SealedPassword, wasNothingSent } from '../request.ts';
import { states } from '../states.ts';
import { resetAttemptLimits, sealingKeyWaitMilliseconds } from './retry.ts';

/** What a sealed password is tied to: opened for any other request, user or requester, the seal breaks. */
export function sealBinding(request: ResetRequest): string {
  return ['1', request.id, request.target.customer.id, request.target.user.id, request.technician.objectId].join('|');
}

/**
 * The password of a request, or why it cannot be read, which is said in the log. `broken` too where there is none, or opening
 * it fails in any other way.
 */
export function openSealedPassword(
  dependencies: Pick<Dependencies, 'sealer' | 'log' | 'raiseAlarm'>,
  request: ResetRequest,
): Opened {
  const { sealedPassword, correlationId, state } = request;
  if (sealedPassword === undefined) return { kind: 'broken' };
  const opened = open(sealedPassword);
  if (opened.kind === 'key-missing') reportSealingKeyMissing(dependencies, request);
  if (opened.kind === 'broken') {
    dependencies.log({ level: 'error', event: 'seal-broken', correlationId, state, keyId: sealedPassword.keyId });
  }
  return opened;

  function open(sealed: SealedPassword): Opened {
    try {
      return dependencies.sealer.open(sealed, sealBinding(request));
    } catch {
      dependencies.log({ level: 'error', event: 'sealer-failed', correlationId });
      return { kind: 'broken' };
    }
  }
}

/** Whether the password of a request is sealed with a key that this process does not have: another one may. */
function isSealingKeyMissing({ sealer }: Pick<Dependencies, 'sealer'>, { sealedPassword }: ResetRequest): boolean {
  return sealedPassword !== undefined && !sealer.hasKeyOf(sealedPassword);
}

/** Says that this process lacks the key that the password of a request is sealed with. */
export function reportSealingKeyMissing(
  { log, raiseAlarm }: Pick<Dependencies, 'log' | 'raiseAlarm'>,
  { sealedPassword, correlationId, state }: ResetRequest,
): void {
  if (sealedPassword === undefined) return;
  const { keyId } = sealedPassword;
  log({ level: 'warn', event: 'seal-key-missing', correlationId, state, keyId });
  raiseAlarm({ kind: 'sealing-key-missing', keyId });
}

/**
 * Whether work that is due is left to an instance that has the key of its password. Rule: a key that is missing here ends
 * and spoils nothing; what ends a request is the time that every instance gives it, for a password that is to be brought with
 * half an hour more, because whoever has the key goes first.
 */
export function isLeftToAnother(
  dependencies: Pick<Dependencies, 'sealer'>,
  request: ResetRequest,
  now: number,
): boolean {
  return isSealingKeyMissing(dependencies, request) && !isKeyWaitOver(request, now);
}

function isKeyWaitOver({ state, tries, deliverBy }: ResetRequest, now: number): boolean {
  // Only work that is under way needs the password.
  if (states[state].phase !== 'under-way') return true;
  switch (states[state].password) {
    case 'sealed': {
      const [first] = tries;
      return (
        !wasNothingSent({ tries }) && first !== undefined && now - first.at > resetAttemptLimits.withinMilliseconds
      );
    }
    case 'set':
      return deliverBy !== undefined && now >= deliverBy + sealingKeyWaitMilliseconds;
    case 'none':
    case 'erased':
    case 'unchanged':
      return true;
  }
}

/** The messages that may hold the password once an attempt to put it into the present one has no clear end. */
export function messagesWithPassword(
  { delivery }: Pick<Dependencies, 'delivery'>,
  request: ResetRequest,
): readonly MessageAddress[] {
  const { heldBy, directMessage } = request;
  if (delivery === 'reveal' || directMessage === undefined) return heldBy;
  return includesMessage(heldBy, directMessage) ? heldBy : [...heldBy, directMessage];
}

function includesMessage(messages: readonly MessageAddress[], { conversation, activityId }: MessageAddress): boolean {
  return messages.some((one) => one.activityId === activityId && one.conversation.id === conversation.id);
}
