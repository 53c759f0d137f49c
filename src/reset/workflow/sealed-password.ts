import { type Secret, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import type { Opened } from '../ports/stores.ts';
import type { ResetRequest, SealedPassword } from '../request.ts';
import { wasNothingSent } from '../request-status.ts';
import { states } from '../states.ts';

/**
 * What a sealed password is bound to: the request, the user, the requester, and where it goes. It does not open for another
 * person, and for no other conversation of theirs.
 */
export function sealBinding({ id, target, technician, directMessage }: ResetRequest): string {
  const { objectId, tenantId, teamsUserId } = technician;
  const { id: chat, tenantId: chatTenantId, serviceUrl } = directMessage?.conversation ?? {};
  const who = [id, target.customer.id, target.user.id, objectId, tenantId, teamsUserId];
  // JSON, because an id of a conversation may hold any sign.
  return JSON.stringify(['2', ...who, chat ?? null, chatTenantId ?? null, serviceUrl ?? null]);
}

/** The same for a Temporary Access Pass. Neither opens as the other. */
export function accessPassBinding(request: ResetRequest): string {
  return JSON.stringify(['access pass 1', sealBinding(request)]);
}

/** Opens the sealed pass of a request. Undefined where there is none, or where it does not open here. */
export function openAccessPass(
  { sealer, log }: Pick<Dependencies, 'sealer' | 'log'>,
  request: ResetRequest,
): Secret | undefined {
  const sealed = request.accessPass?.sealed;
  if (sealed === undefined) return undefined;
  const opened = sealer.open(sealed, accessPassBinding(request));
  if (opened.kind === 'opened') return opened.secret;
  const { correlationId, state } = request;
  log({ level: 'error', event: 'access-pass-not-opened', correlationId, state, why: opened.kind });
  return undefined;
}

/** What versions bound it to whose rows had no MAC. Nothing is sealed with it any more, and what was lasts for eight hours. */
function formerSealBinding(request: ResetRequest): string {
  return ['1', request.id, request.target.customer.id, request.target.user.id, request.technician.objectId].join('|');
}

/**
 * Opens the sealed password of a request. Logs why it does not open. `broken` also stands for a request without a sealed
 * password, and for a sealer that throws.
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
      const now = dependencies.sealer.open(sealed, sealBinding(request));
      return now.kind === 'broken' ? dependencies.sealer.open(sealed, formerSealBinding(request)) : now;
    } catch {
      dependencies.log({ level: 'error', event: 'sealer-failed', correlationId });
      return { kind: 'broken' };
    }
  }
}

/** Whether the password is sealed with a key that this process lacks. Another instance may have it. */
function isSealingKeyMissing({ sealer }: Pick<Dependencies, 'sealer'>, { sealedPassword }: ResetRequest): boolean {
  return sealedPassword !== undefined && !sealer.hasKeyOf(sealedPassword);
}

/** Logs and alarms that this process lacks the key of a sealed password. */
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
 * Whether due work is left to an instance that has the sealing key of the password.
 *
 * Rule: a missing key ends nothing and breaks nothing. Only the time limits of the request end it, the same in every instance.
 * For a password that is in force the limit is half an hour longer here, so that an instance with the key acts first.
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
        !wasNothingSent({ tries }) &&
        first !== undefined &&
        now - first.at > workflowTunables.resetAttemptsWithinMilliseconds
      );
    }
    case 'set':
      return deliverBy !== undefined && now >= deliverBy + workflowTunables.sealingKeyWaitMilliseconds;
    case 'none':
    case 'erased':
    case 'unchanged':
      return true;
  }
}

/** The messages that may hold the password once an attempt to put it into the present one may have succeeded. */
export function messagesWithPassword(
  { delivery }: Pick<Dependencies, 'delivery'>,
  request: ResetRequest,
): readonly MessageAddress[] {
  const { heldBy, directMessage } = request;
  if (delivery === 'reveal' || directMessage === undefined) return heldBy;
  return withMessages(heldBy, [directMessage]);
}

/** These messages, each once. */
export function withMessages(
  messages: readonly MessageAddress[],
  more: readonly MessageAddress[],
): readonly MessageAddress[] {
  return [...messages, ...more.filter((one) => !includesMessage(messages, one))];
}

function includesMessage(messages: readonly MessageAddress[], { conversation, activityId }: MessageAddress): boolean {
  return messages.some((one) => one.activityId === activityId && one.conversation.id === conversation.id);
}
