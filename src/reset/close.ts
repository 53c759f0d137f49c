import type { createCancel } from './cancel.ts';
import type { CarryOut } from './carry-out.ts';
import { findByReference } from './find-by-reference.ts';
import { findWaiting } from './find-waiting.ts';
import { isReference } from './is-reference.ts';
import { makeStep } from './make-step.ts';
import type { createCancelQuestion } from './cancel-question.ts';
import type { OpenQuestion } from './open-question.ts';
import type { createPassOn } from './pass-on.ts';
import type { ResetRequest } from './reset-request.ts';
import { giveUpDelivery } from './steps/give-up-delivery.ts';
import { openSeal } from './steps/open-seal.ts';
import { swapStep } from './steps/swap-step.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';
import { wasGivenUp } from './was-given-up.ts';

/** What `cancel`, typed, did. */
export type Closing =
  | { readonly kind: 'nothing-there' }
  /** Several fit: they are told apart by their references. */
  | {
      readonly kind: 'several';
      readonly requests: readonly ResetRequest[];
      readonly questions: readonly OpenQuestion[];
    }
  /** It was a question with choices. */
  | { readonly kind: 'question-closed'; readonly question: OpenQuestion }
  | { readonly kind: 'closed'; readonly request: ResetRequest }
  /** It is under way and cannot be taken back. */
  | { readonly kind: 'under-way'; readonly request: ResetRequest };

/**
 * Closes a request of one's own that was named by its reference: an open question is cancelled, a password that is shown
 * is hidden, and what needs a person's attention, or cannot be delivered, is put to rest. An auditor may do the last for
 * everybody. Without a reference it is the one open question.
 */
export function createClose(
  tools: Tools,
  parts: {
    readonly cancel: ReturnType<typeof createCancel>;
    readonly cancelQuestion: ReturnType<typeof createCancelQuestion>;
    readonly passOn: ReturnType<typeof createPassOn>;
    readonly carryOut: CarryOut;
    /** Tries at once to deliver what waits, and resolves when that is done or put off again. */
    readonly deliverNow: (request: ResetRequest, who: Technician) => Promise<void>;
  },
): (technician: Technician, reference: string | undefined) => Promise<Closing> {
  return async (technician, reference) => {
    const requests =
      reference === undefined ? await openProposals(technician) : await findByReference(tools, technician, reference);
    const questions = await openQuestions(technician, reference);
    if (requests.length + questions.length > 1) return { kind: 'several', requests, questions };
    const [request] = requests;
    if (request !== undefined) return close(technician, request);
    const [question] = questions;
    if (question !== undefined) return closeQuestion(technician, question);
    return closeForAnother(technician, reference);
  };

  /** Rule: of others' requests an auditor may close only what stands in everybody's way. */
  async function closeForAnother(technician: Technician, reference: string | undefined): Promise<Closing> {
    const requests = reference === undefined ? [] : await findWaiting(tools, technician, reference);
    if (requests.length > 1) return { kind: 'several', requests, questions: [] };
    const [request] = requests;
    return request === undefined ? { kind: 'nothing-there' } : close(technician, request);
  }

  async function closeQuestion(technician: Technician, question: OpenQuestion): Promise<Closing> {
    const cancelled = await parts.cancelQuestion(question.id, technician);
    if (cancelled.kind !== 'taken' || cancelled.question.state !== 'cancelled') return { kind: 'nothing-there' };
    await cancelled.done;
    return { kind: 'question-closed', question: cancelled.question };
  }

  async function openQuestions(
    technician: Technician,
    reference: string | undefined,
  ): Promise<readonly OpenQuestion[]> {
    const open = await tools.questions.openOf(technician.objectId, technician.tenantId);
    const now = tools.clock.now();
    return open.filter(({ expiresAt, correlationId }) => now < expiresAt && isReference(reference, correlationId));
  }

  async function openProposals({ objectId, tenantId }: Technician): Promise<readonly ResetRequest[]> {
    const unfinished = await tools.store.unfinished(objectId, tenantId);
    return unfinished.filter(
      ({ state, confirmedAt, approval }) =>
        (state === 'proposed' && confirmedAt === undefined) ||
        (state === 'awaiting-approval' && approval?.decision === undefined),
    );
  }

  async function close(technician: Technician, request: ResetRequest): Promise<Closing> {
    switch (request.state) {
      case 'proposed':
      case 'awaiting-approval': {
        const cancelled = await parts.cancel(request.id, technician);
        const over = cancelled.kind === 'as-it-stands' && cancelled.request.state === 'cancelled';
        if (cancelled.kind !== 'as-it-stands') return { kind: 'nothing-there' };
        return over
          ? { kind: 'closed', request: await parts.carryOut(cancelled.request) }
          : { kind: 'under-way', request: cancelled.request };
      }
      case 'delivered': {
        const passed = await parts.passOn(request.id, technician);
        return passed.kind === 'as-it-stands' ? { kind: 'closed', request: passed.request } : { kind: 'nothing-there' };
      }
      case 'needs-attention':
        return putToRest(technician, request);
      case 'awaiting-approval':
      case 'approved':
      case 'message-open':
      case 'sealed':
      case 'resetting':
      case 'reset':
        return { kind: 'under-way', request };
      case 'delivering':
        return closeUndelivered(technician, request);
      case 'hidden':
      case 'cancelled':
      case 'declined':
      case 'expired':
      case 'refused':
        return { kind: 'nothing-there' };
    }
  }

  /** Rule: it is tried once more before a password is erased; one that has only begun to be delivered is left alone. */
  async function closeUndelivered(technician: Technician, request: ResetRequest): Promise<Closing> {
    if (request.putOff === 0 || isLeased(request)) return { kind: 'under-way', request };
    await parts.deliverNow(request, technician);
    const tried = (await tools.store.find(request.id)) ?? request;
    if (wasGivenUp(tried)) return { kind: 'closed', request: tried };
    if (tried.state !== 'delivering' || isLeased(tried)) return { kind: 'under-way', request: tried };
    const moved = await giveUpDelivery(tools, tried, { why: 'closed', by: technician });
    if (moved.kind !== 'moved') return { kind: 'under-way', request: tried };
    return { kind: 'closed', request: await parts.carryOut(moved.request) };
  }

  function isLeased({ lease }: ResetRequest): boolean {
    return lease !== undefined && lease.until > tools.clock.now();
  }

  /** Rule: a password that opens is delivered, never erased, whatever was typed before it was. */
  async function putToRest(technician: Technician, request: ResetRequest): Promise<Closing> {
    const now = tools.clock.now();
    if (isLeased(request)) return { kind: 'under-way', request };
    if (openSeal(tools, request) !== undefined) {
      return { kind: 'under-way', request: await parts.carryOut(request) };
    }
    const rest = { sealedPassword: undefined, endedBy: technician.name, hiddenAt: now, putOff: 0 };
    const moved = await swapStep(
      tools,
      request,
      makeStep(
        request,
        { state: 'hidden', ...rest, dueAt: request.cardIsOwed ? now : undefined },
        { at: now, kind: 'closed', actor: technician.objectId },
      ),
    );
    return moved.kind === 'moved' ? { kind: 'closed', request: moved.request } : { kind: 'under-way', request };
  }
}
