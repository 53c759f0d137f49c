import type { createCancel } from './cancel.ts';
import type { CarryOut } from '../carrying/carry-out.ts';
import { findByReference } from './find-by-reference.ts';
import { findWaiting } from './find-waiting.ts';
import { mayBeCancelled } from './may-be-cancelled.ts';
import { isReference } from './is-reference.ts';
import type { createCancelQuestion } from '../questions/cancel-question.ts';
import type { OpenQuestion } from '../questions/open-question.ts';
import type { createPassOn } from './pass-on.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

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
 * Closes a request of one's own that was named by its reference: an open question is cancelled, as is what waits for a sign-in, a password that is shown
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
    readonly closeWaiting: (technician: Technician, request: ResetRequest) => Promise<Closing>;
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
    return unfinished.filter(mayBeCancelled);
  }

  async function close(technician: Technician, request: ResetRequest): Promise<Closing> {
    switch (request.state) {
      case 'proposed':
      case 'awaiting-approval':
      case 'sealed': {
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
      case 'delivering':
        return parts.closeWaiting(technician, request);
      case 'approved':
      case 'message-open':
      case 'resetting':
      case 'reset':
        return { kind: 'under-way', request };
      case 'hidden':
      case 'cancelled':
      case 'declined':
      case 'expired':
      case 'refused':
        return { kind: 'nothing-there' };
    }
  }
}
