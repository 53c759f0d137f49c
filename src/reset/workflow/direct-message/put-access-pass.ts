import type { Dependencies } from '../../dependencies.ts';
import type { ResetRequest } from '../../request.ts';
import { makeStep } from '../../step.ts';
import { commitStep, type StepOutcome } from '../commit-step.ts';
import { messageDelay } from '../retry.ts';
import { openAccessPass, openSealedPassword } from '../sealed-password.ts';
import { hideAgain } from './delivery.ts';

/**
 * Puts a Temporary Access Pass into the direct message, which shows the password already. What the chat does not take now is
 * repeated until the password is hidden. A message without the password is never made of it: where one of the two does not open
 * here, the message stays as it is.
 */
export async function putAccessPass(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const { accessPass, hideAt, cardIsOwed } = request;
  if (accessPass?.putsOwed === undefined) return { kind: 'rest' };
  const { putsOwed: failed } = accessPass;
  const password = openSealedPassword(dependencies, request);
  const pass = openAccessPass(dependencies, request);
  const readers = await dependencies.messages.findReaders(request);
  const isOpen = password.kind === 'opened' && pass !== undefined;
  const put = !isOpen
    ? ({ kind: 'not-opened' } as const)
    : readers.kind === 'requester'
      ? await dependencies.messages.updateDirectMessage(request, password.secret, pass)
      : readers;
  const now = dependencies.clock.now();
  // Another instance may have the key. Teams sometimes reports a message as gone that stands.
  const isAgain =
    put.kind === 'try-again' ||
    put.kind === 'gone' ||
    put.kind === 'refused' ||
    (put.kind === 'not-opened' && password.kind === 'key-missing');
  const later = Math.min(now + messageDelay(failed), hideAt ?? Infinity);
  const step = makeStep(
    request,
    {
      accessPass: { ...accessPass, putsOwed: isAgain ? failed + 1 : undefined },
      // Whoever else reads the chat reads the password too, so that is hidden now.
      ...(put.kind === 'others' && { hideAt: now }),
      dueAt: put.kind === 'others' ? now : isAgain ? later : cardIsOwed ? now : hideAt,
    },
    { at: now, kind: 'access-pass-put', actor: 'locksmith', facts: { how: put.kind } },
  );
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind === 'stale') await hideAgain(dependencies, request);
  return moved;
}
