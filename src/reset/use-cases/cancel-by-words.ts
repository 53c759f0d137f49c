import type { ResetRequestId } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { findSight } from '../policy/reach.ts';
import type { createCancelQuestion } from '../questions/press-choice.ts';
import { findRecent, isSlot, keepSeenQuestions } from '../questions/open-questions.ts';
import { isAskedInWords, type OpenQuestion } from '../questions/question.ts';
import { findOwnByReference, findPastByReference, findUndeliveredByReference, namesRequest } from '../reference.ts';
import { isLeased, type ResetRequest } from '../request.ts';
import { mayBeCancelled, wasGivenUp } from '../request-status.ts';
import { states } from '../states.ts';
import { makeStep } from '../step.ts';
import { commitStep, type RunRequest } from '../workflow/commit-step.ts';
import { type createDeliverNow, giveUpDelivery } from '../workflow/direct-message/undelivered.ts';
import { isLeftToAnother, openSealedPassword } from '../workflow/sealed-password.ts';
import type { createCancel } from './confirmation.ts';
import type { createAcknowledge } from './shown-password.ts';

/** What `cancel`, typed, did. */
export type Closing =
  | { readonly kind: 'nothing-there' }
  /** There is nothing that was asked in this chat, which others read. What was asked elsewhere is not spoken of. */
  | { readonly kind: 'nothing-here' }
  /** The reference fits several. The person has to choose by a longer reference. */
  | {
      readonly kind: 'several';
      readonly requests: readonly ResetRequest[];
      /** By which reference each of the requests is meant. */
      readonly references: ReadonlyMap<ResetRequestId, string>;
      readonly questions: readonly OpenQuestion[];
    }
  /** A question was closed. `mayBeNamed`: this person may still see what it names; a right may have ended since. */
  | { readonly kind: 'question-closed'; readonly question: OpenQuestion; readonly mayBeNamed: boolean }
  | { readonly kind: 'closed'; readonly request: ResetRequest }
  /** The reference is that of a request of this person that is over. */
  | { readonly kind: 'over'; readonly request: ResetRequest }
  /** The request is under way and cannot be stopped. */
  | { readonly kind: 'under-way'; readonly request: ResetRequest };

/**
 * Makes the function behind the typed `cancel`. It closes the request or question of this person that has the reference.
 * Without a reference it closes the question that the next message of `conversation` would answer, if there is one.
 * Otherwise it closes the only one that waits for a person or for a sign-in.
 *
 * Rule: in a channel or a group chat only what was asked there can be cancelled, and nothing else is spoken of.
 *
 * What it does depends on the state: see `typedCancel` in the table of states. An auditor may also close requests of others
 * whose password waits to be delivered or cannot be read.
 */
export function createClose(
  dependencies: Dependencies,
  parts: {
    readonly cancel: ReturnType<typeof createCancel>;
    readonly cancelQuestion: ReturnType<typeof createCancelQuestion>;
    readonly acknowledge: ReturnType<typeof createAcknowledge>;
    readonly run: RunRequest;
    readonly closeWaiting: (technician: Technician, request: ResetRequest) => Promise<Closing>;
  },
): (technician: Technician, reference: string | undefined, conversation?: Conversation) => Promise<Closing> {
  return async (technician, reference, conversation) => {
    const closing = await closeIn(technician, reference, conversation);
    const isShared = conversation !== undefined && conversation.kind !== 'personal';
    return closing.kind === 'nothing-there' && isShared ? { kind: 'nothing-here' } : closing;
  };

  async function closeIn(
    technician: Technician,
    reference: string | undefined,
    conversation: Conversation | undefined,
  ): Promise<Closing> {
    const keepHere = <Asked extends Pick<ResetRequest, 'askedIn'>>(asked: readonly Asked[]): readonly Asked[] =>
      conversation === undefined || conversation.kind === 'personal'
        ? asked
        : asked.filter(({ askedIn }) => askedIn.id === conversation.id);
    if (reference === undefined && conversation !== undefined) {
      const recent = await findRecent(dependencies, technician, conversation);
      const slot = recent.find((question) => isSlot(question, dependencies.clock.now()));
      const isOnly =
        slot !== undefined && (isAskedInWords(slot) || (await openQuestions(technician, reference)).length === 1);
      if (isOnly) return closeQuestion(technician, slot);
    }
    let requests = keepHere(
      reference === undefined
        ? await openProposals(technician)
        : await findOwnByReference(dependencies, technician, reference),
    );
    let questions = keepHere(await openQuestions(technician, reference));
    if (requests.length + questions.length > 1) {
      // A list shows who is meant, and a right may have ended since.
      const sight = await findSight(dependencies, technician);
      requests = requests.filter(({ target }) => sight.permits(target.customer.id));
      questions = await keepSeenQuestions(dependencies, technician, questions);
    }
    if (requests.length + questions.length > 1) return tellSeveral(requests, questions);
    const [request] = requests;
    if (request !== undefined) return close(technician, request);
    const [question] = questions;
    if (question !== undefined) return closeQuestion(technician, question);
    if (reference === undefined) return { kind: 'nothing-there' };
    const others = keepHere(await findUndeliveredByReference(dependencies, technician, reference));
    if (others.length > 0) return closeForAnother(technician, others);
    const [over, ...more] = keepHere(await findPastByReference(dependencies, technician, reference));
    return over === undefined || more.length > 0 ? { kind: 'nothing-there' } : { kind: 'over', request: over };
  }

  /** Rule: an auditor may close a request of another person only if it blocks further resets of its user. */
  async function closeForAnother(technician: Technician, requests: readonly ResetRequest[]): Promise<Closing> {
    if (requests.length > 1) return tellSeveral(requests, []);
    const [request] = requests;
    return request === undefined ? { kind: 'nothing-there' } : close(technician, request);
  }

  async function tellSeveral(requests: readonly ResetRequest[], questions: readonly OpenQuestion[]): Promise<Closing> {
    const references = await dependencies.store.references(requests.map(({ id }) => id));
    return { kind: 'several', requests, references, questions };
  }

  async function closeQuestion(technician: Technician, question: OpenQuestion): Promise<Closing> {
    const cancelled = await parts.cancelQuestion(question.id, technician);
    if (cancelled.kind !== 'taken' || cancelled.question.state !== 'cancelled') return { kind: 'nothing-there' };
    await cancelled.done;
    const seen = await keepSeenQuestions(dependencies, technician, [question]);
    return { kind: 'question-closed', question: cancelled.question, mayBeNamed: seen.length > 0 };
  }

  async function openQuestions(
    technician: Technician,
    reference: string | undefined,
  ): Promise<readonly OpenQuestion[]> {
    const open = await dependencies.questions.openOf(technician.objectId, technician.tenantId);
    const now = dependencies.clock.now();
    return open.filter(
      ({ expiresAt, correlationId, becomes }) =>
        now < expiresAt && (reference === undefined || namesRequest(reference, { id: becomes, correlationId })),
    );
  }

  async function openProposals({ objectId, tenantId }: Technician): Promise<readonly ResetRequest[]> {
    const unfinished = await dependencies.store.unfinished(objectId, tenantId);
    return unfinished.filter(mayBeCancelled);
  }

  async function close(technician: Technician, request: ResetRequest): Promise<Closing> {
    switch (states[request.state].typedCancel) {
      case 'cancel': {
        const cancelled = await parts.cancel(request.id, technician);
        const over = cancelled.kind === 'as-it-stands' && cancelled.request.state === 'cancelled';
        if (cancelled.kind !== 'as-it-stands') return { kind: 'nothing-there' };
        return over
          ? { kind: 'closed', request: await parts.run(cancelled.request) }
          : { kind: 'under-way', request: cancelled.request };
      }
      case 'acknowledge': {
        const passed = await parts.acknowledge(request.id, technician);
        return passed.kind === 'as-it-stands' ? { kind: 'closed', request: passed.request } : { kind: 'nothing-there' };
      }
      case 'put-to-rest':
        return parts.closeWaiting(technician, request);
      case 'under-way':
        return { kind: 'under-way', request };
      case 'over':
        return { kind: 'nothing-there' };
    }
  }
}

/**
 * Makes the function that ends a request whose password waits to be delivered or cannot be read, and erases the password.
 *
 * Rule: a password that is in force is erased only if it cannot reach the requester. One that opens is delivered once more
 * first. One whose sealing key is missing here is left to an instance with the key. A request with a lease, or whose first
 * delivery has not ended, is not touched.
 */
export function createCloseWaiting(
  dependencies: Dependencies,
  run: RunRequest,
  deliverNow: ReturnType<typeof createDeliverNow>,
): (technician: Technician, request: ResetRequest) => Promise<Closing> {
  return async (technician, request) => {
    if (isLeased(request, dependencies.clock.now())) return { kind: 'under-way', request };
    return request.state === 'delivering' ? closeUndelivered(technician, request) : putToRest(technician, request);
  };

  async function closeUndelivered(technician: Technician, request: ResetRequest): Promise<Closing> {
    if (request.putOff === 0) return { kind: 'under-way', request };
    await deliverNow(request, technician);
    const tried = (await dependencies.store.find(request.id)) ?? request;
    if (wasGivenUp(tried)) return { kind: 'closed', request: tried };
    const now = dependencies.clock.now();
    const isBusy = isLeased(tried, now) || isLeftToAnother(dependencies, tried, now);
    if (tried.state !== 'delivering' || isBusy) return { kind: 'under-way', request: tried };
    const moved = await giveUpDelivery(dependencies, tried, { why: 'closed', by: technician });
    if (moved.kind !== 'moved') return { kind: 'under-way', request: tried };
    return { kind: 'closed', request: await run(moved.request) };
  }

  async function putToRest(technician: Technician, request: ResetRequest): Promise<Closing> {
    const now = dependencies.clock.now();
    const opened = openSealedPassword(dependencies, request);
    if (opened.kind === 'opened') return { kind: 'under-way', request: await run(request) };
    if (isLeftToAnother(dependencies, request, now)) return { kind: 'under-way', request };
    const rest = { sealedPassword: undefined, endedBy: technician.name, hiddenAt: now, putOff: 0 };
    const moved = await commitStep(
      dependencies,
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
