import type { Secret } from '../../../base/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { MessageAddress } from '../../identity.ts';
import type { ResetRequest } from '../../request.ts';
import { makeStep, type Step } from '../../step.ts';
import { commitStep, refuse, renewLease, type StepOutcome } from '../commit-step.ts';
import { messageDelay } from '../retry-delays.ts';
import { sealBinding } from '../sealed-password.ts';
import { postponeDelivery } from './undelivered.ts';

/**
 * Opens the direct message and posts a placeholder there. Rule: no direct message, no reset. If another instance was
 * faster, the placeholder of this one is retired, so that it does not promise a password.
 */
export async function openDirectMessage(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const opened = await dependencies.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return refuse(dependencies, request, { kind: 'no-direct-message', why: opened.why });
  const moved = await commitStep(dependencies, request, makeMessageOpenStep(dependencies, request, opened.address));
  if (moved.kind === 'stale') await retirePlaceholder(dependencies, request, opened.address);
  return moved;
}

/** What came of opening the direct message. */
export type OpenedMessage = Awaited<ReturnType<Dependencies['messages']['openDirectMessage']>>;

/** The step to a request whose direct message stands at this address. */
export function makeMessageOpenStep(dependencies: Dependencies, request: ResetRequest, address: MessageAddress): Step {
  return makeStep(
    request,
    { state: 'message-open', directMessage: address, ...renewLease(dependencies) },
    { at: dependencies.clock.now(), kind: 'message-opened', actor: 'locksmith' },
  );
}

/**
 * The message is gone: posts a new placeholder. The next step puts the password into it, so the password is sealed anew for
 * where it stands.
 */
export async function openAnotherDirectMessage(
  dependencies: Dependencies,
  request: ResetRequest,
  password: Secret,
): Promise<StepOutcome> {
  const opened = await dependencies.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return postponeDelivery(dependencies, request, opened.why);
  const now = dependencies.clock.now();
  const sealedPassword = dependencies.sealer.seal(password, sealBinding({ ...request, directMessage: opened.address }));
  const when =
    request.putOff === 0 ? renewLease(dependencies) : { lease: undefined, dueAt: now + messageDelay(request.putOff) };
  const step = makeStep(
    request,
    { directMessage: opened.address, sealedPassword, putOff: request.putOff + 1, ...when },
    { at: now, kind: 'message-opened', actor: 'locksmith', facts: { again: true } },
  );
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind === 'stale') await retirePlaceholder(dependencies, request, opened.address);
  return moved;
}

/**
 * Says on a surplus placeholder that no password will appear in it. A failure is only logged: it holds no secret.
 */
export async function retirePlaceholder(
  dependencies: Dependencies,
  request: ResetRequest,
  address: MessageAddress,
): Promise<void> {
  const put = await dependencies.messages.retirePlaceholder(request, address);
  dependencies.log({
    level: 'info',
    event: 'placeholder-retired',
    correlationId: request.correlationId,
    why: put.kind,
  });
}
