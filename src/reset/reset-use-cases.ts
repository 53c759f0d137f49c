import { readErrorCode, type ResetRequestId } from '../base/index.ts';
import type { Dependencies } from './dependencies.ts';
import { createFreeze, createThaw, findVisibleFreezes } from './freezes.ts';
import type { Conversation, MessageAddress, Technician } from './identity.ts';
import { createRememberContact } from './policy/approvers.ts';
import { findRights } from './policy/rights.ts';
import {
  createCancelQuestion,
  createChoose,
  createRememberQuestionCard,
  findOpenQuestions,
} from './questions/choose.ts';
import { createPollDueQuestions, createQuestionRunner } from './questions/question-runner.ts';
import { cardAddressOf, type ResetRequest } from './request.ts';
import { createClose, createCloseWaiting } from './use-cases/close.ts';
import { createCancel, createConfirm } from './use-cases/confirmation.ts';
import { createDecideApproval } from './use-cases/decide-approval.ts';
import { createHistory } from './use-cases/history.ts';
import { createPropose } from './use-cases/propose.ts';
import { createAcknowledge, createReveal } from './use-cases/shown-password.ts';
import { createCardAddresses } from './workflow/card-addresses.ts';
import { createGracefulStop, createPollDueRequests } from './workflow/due-requests.ts';
import { backOffOnFailure, createBackOff } from './workflow/retry.ts';
import type { RunRequest } from './workflow/commit-step.ts';
import { createRunner } from './workflow/runner.ts';
import { isLeftToAnother, reportSealingKeyMissing } from './workflow/sealed-password.ts';
import { createDeliverNow, createOnUserMessage } from './workflow/undelivered.ts';

export type ResetUseCases = ReturnType<typeof createResetUseCases>;

/** The use cases of a reset, and the work that goes on behind them between `start` and `stop`. */
export function createResetUseCases(dependencies: Dependencies) {
  const underWay = new Map<ResetRequestId, Promise<ResetRequest>>();
  const stopping = createGracefulStop(dependencies.clock);
  const backOff = createBackOff(dependencies.clock);
  const carry = createRunner(dependencies, stopping.givenUp);
  const pickUp = createPollDueRequests(dependencies, carryOut, underWay, backOff);
  const deliverNow = createDeliverNow(dependencies, carryOut);
  const bringWaiting = createOnUserMessage(dependencies, deliverNow);
  const closeWaiting = createCloseWaiting(dependencies, carryOut, deliverNow);
  const cardAddresses = createCardAddresses(dependencies, carryOut);
  const carryQuestion = createQuestionRunner(dependencies, cardAddresses.remember);
  const pickUpQuestions = createPollDueQuestions(dependencies, carryQuestion, (work) => {
    goOnBeside(work, 'question-failed');
  });
  const beside = new Set<Promise<void>>();
  let cancelTimer: (() => void) | undefined;
  let polling: Promise<void> = Promise.resolve();

  const cancel = createCancel(dependencies);
  const cancelQuestion = createCancelQuestion(dependencies, carryQuestion);
  const rememberContact = createRememberContact(dependencies);
  const acknowledge = createAcknowledge(dependencies, carryOut);

  return {
    propose: createPropose(dependencies),
    confirm: backOffOnFailure(createConfirm(dependencies, carryOut), backOff),
    /** A second person approves a request, or declines it. */
    decideApproval: backOffOnFailure(createDecideApproval(dependencies, carryOut), backOff),
    freeze: createFreeze(dependencies, (request) => {
      goOnBeside(carryOut(request), 'carry-out-failed', request);
    }),
    thaw: createThaw(dependencies),
    /** Every freeze in force, the oldest first; none to somebody who has no right here. */
    freezes: (person: Technician) => findVisibleFreezes(dependencies, person),
    cancel,
    acknowledge,
    close: createClose(dependencies, { cancel, cancelQuestion, acknowledge, run: carryOut, closeWaiting }),
    /** Requests of this person that are not over, the latest first. */
    unfinished: ({ objectId, tenantId }: Technician) => dependencies.store.unfinished(objectId, tenantId),
    /** Questions of this person that wait for a choice, the latest first. */
    openQuestions: (technician: Technician) => findOpenQuestions(dependencies, technician),
    history: createHistory(dependencies),
    /** What this person may do now. */
    rightsOf: (technician: Technician) => findRights(dependencies, technician),
    reveal: createReveal(dependencies),
    /** Goes on with a request as far as it goes now, together with whoever in this process does already. */
    run: carryOut,
    /** Keeps where the card of a request stands, and brings it up to date if a press was faster than this. */
    rememberCard: async (id: ResetRequestId, card: MessageAddress): Promise<void> => {
      await cardAddresses.remember(id, card);
    },
    /**
     * Somebody pressed a button of this message, where that was asked: if nobody heard where the card stands, because the
     * answer to its posting was lost, it stands there. It never fails.
     */
    rememberCardAddress(request: ResetRequest, address: MessageAddress): void {
      const card = cardAddressOf(request, address);
      // What the posting itself has told is better than what a press says.
      if (request.card !== undefined || card === undefined || cardAddresses.isPending(request.id)) return;
      goOnBeside(cardAddresses.remember(request.id, card), 'card-address-late', request);
    },
    choose: createChoose(dependencies, carryQuestion),
    cancelQuestion,
    /** Keeps where the card of a question stands, and brings it up to date if a press was faster than this. */
    rememberQuestionCard: createRememberQuestionCard(dependencies, carryQuestion),
    /** Somebody wrote to the bot: what waits for them is brought to them, beside whatever they wrote. It never fails. */
    onUserMessage(technician: Technician, conversation: Conversation): void {
      goOnBeside(rememberContact(technician, conversation), 'contact-not-kept');
      goOnBeside(bringWaiting(technician), 'wrote-to-bot-failed');
    },
    /** Somebody pressed a button, so they can be written to. It never fails. */
    onUserPress(technician: Technician, conversation: Conversation): void {
      goOnBeside(rememberContact(technician, conversation), 'contact-not-kept');
    },
    start(): void {
      schedule(0);
    },
    /**
     * Takes up nothing new and resolves when what is under way has come to rest, or is given up for others: within eight
     * seconds of its first call, whatever hangs.
     */
    async stop(): Promise<void> {
      cancelTimer?.();
      cancelTimer = undefined;
      await stopping.within(async () => {
        await polling;
        await Promise.allSettled([...beside, ...underWay.values()]);
        await cardAddresses.retryPending('all');
      });
    },
  };

  /** One at a time for each request in this process; a second call waits for the first. */
  function carryOut(request: ResetRequest, isTaken = false): ReturnType<RunRequest> {
    const already = underWay.get(request.id);
    if (already) return already;
    const running = carry(request, isTaken)
      .then((carried) => {
        if (isWaitingForAnother(carried)) {
          backOff.failed(request.id);
          reportSealingKeyMissing(dependencies, carried);
        } else {
          backOff.succeeded(request.id);
        }
        return carried;
      })
      .catch((failure: unknown) => {
        backOff.failed(request.id);
        logFailure('carry-out-failed', failure, request);
        throw failure;
      })
      .finally(() => underWay.delete(request.id));
    underWay.set(request.id, running);
    return running;
  }

  /** Whether somebody has to go on with it now, and this process cannot. */
  function isWaitingForAnother(request: ResetRequest): boolean {
    const now = dependencies.clock.now();
    const { dueAt = Infinity, lease } = request;
    return dueAt <= now && (lease?.until ?? 0) <= now && isLeftToAnother(dependencies, request, now);
  }

  function schedule(milliseconds: number): void {
    cancelTimer = dependencies.clock.after(milliseconds, () => {
      polling = lookIntoStore()
        .catch((failure: unknown) => {
          logFailure('pick-up-failed', failure);
        })
        .finally(() => {
          if (cancelTimer !== undefined) schedule(dependencies.durations.poll);
        });
    });
  }

  async function lookIntoStore(): Promise<void> {
    if (!cardAddresses.isRetrying()) goOnBeside(cardAddresses.retryPending('over'), 'card-address-late');
    await Promise.all([pickUp(), pickUpQuestions()]);
  }

  /** Lets something go on that nobody waits for but `stop`. */
  function goOnBeside(work: Promise<unknown>, event: string, request?: ResetRequest): void {
    const going = work
      .then(
        () => undefined,
        (failure: unknown) => {
          logFailure(event, failure, request);
        },
      )
      .finally(() => beside.delete(going));
    beside.add(going);
  }

  function logFailure(event: string, failure: unknown, request?: ResetRequest): void {
    const code = readErrorCode(failure) ?? 'defect';
    dependencies.log({ level: 'error', event, correlationId: request?.correlationId, code });
  }
}
