import type { ResetRequestId } from '../base/index.ts';
import type { Dependencies } from './dependencies.ts';
import { createFreeze } from './use-cases/freeze.ts';
import { createFreezeChoices, createFreezeChosen } from './use-cases/freeze-choices.ts';
import { findVisibleFreezes } from './freezes.ts';
import type { Conversation, MessageAddress, Technician } from './identity.ts';
import { createRememberContact } from './use-cases/remember-contact.ts';
import { findRights } from './policy/rights.ts';
import { createCancelQuestion, createChoose, createRememberQuestionCard } from './questions/press-choice.ts';
import { endSlots, findOpenQuestions, findRecent } from './questions/open-questions.ts';
import { createPollDueQuestions, createPollDueRequests, createPolling } from './workflow/polling.ts';
import { createDeleteOldQuestions, createRemoveOld } from './workflow/retention.ts';
import { createQuestionRunner } from './questions/question-runner.ts';
import type { ResetRequest } from './request.ts';
import { createTakeCommand, createWasTaken } from './questions/typed-commands.ts';
import { createAnswerTyped } from './questions/answer-typed.ts';
import { createConfirmInWords } from './use-cases/confirm-in-words.ts';
import { createClose, createCloseWaiting } from './use-cases/cancel-by-words.ts';
import { createCancel, createConfirm } from './use-cases/confirmation.ts';
import { createDecideApproval } from './use-cases/decide-approval.ts';
import { createHistory, createStandingNotes, createUnfinished } from './use-cases/status-and-history.ts';
import { createPropose } from './use-cases/propose.ts';
import { createThaw } from './use-cases/thaw.ts';
import { createAcknowledge, createReveal } from './use-cases/shown-password.ts';
import { createAccessPassUseCase } from './use-cases/access-pass.ts';
import { createSignOutUseCase } from './use-cases/sign-out.ts';
import { createCardAddresses } from './workflow/card-addresses.ts';
import { createActiveRequests, createBackgroundTasks, createGracefulStop } from './workflow/background-tasks.ts';
import { backOffOnFailure, createBackOff } from './workflow/retry-delays.ts';
import { createRunner } from './workflow/runner.ts';
import { createSendDueNotes } from './tickets/send-notes.ts';
import { createDeliverNow, createOnUserMessage } from './workflow/direct-message/undelivered.ts';
import { createWaitingNotice } from './workflow/waiting.ts';

/** What people can do with resets, by name. */
export type ResetUseCases = ReturnType<typeof createResetUseCases>;

/**
 * Assembles the use cases of a reset and the workflow behind them. Between `start` and `stop` the workflow also polls the
 * store for requests and questions that are due.
 *
 * Expected outcomes are values. A use case rejects with a `StoreError` if the database fails, unless it says that it never
 * rejects.
 */
export function createResetUseCases(dependencies: Dependencies) {
  const gracefulStop = createGracefulStop(dependencies.clock);
  const backOff = createBackOff(dependencies.clock);
  const background = createBackgroundTasks(dependencies);
  const active = createActiveRequests(dependencies, createRunner(dependencies, gracefulStop.givenUp), backOff);
  const { run } = active;
  const cardAddresses = createCardAddresses(dependencies, run);
  const runQuestion = createQuestionRunner(dependencies, cardAddresses.remember);
  const deliverNow = createDeliverNow(dependencies, run);
  const deliverOnUserMessage = createOnUserMessage(dependencies, deliverNow);
  const rememberContact = createRememberContact(dependencies);
  const cancel = createCancel(dependencies);
  const cancelQuestion = createCancelQuestion(dependencies, runQuestion);
  const acknowledge = createAcknowledge(dependencies, run);
  const closeWaiting = createCloseWaiting(dependencies, run, deliverNow);

  const waitingNotice = createWaitingNotice(dependencies, background, gracefulStop.givenUp);
  const watched = waitingNotice.watch(run);
  const confirm = backOffOnFailure(createConfirm(dependencies, watched), backOff);
  const inWords = createConfirmInWords(dependencies, confirm);

  const pollRequests = createPollDueRequests(dependencies, active, backOff);
  const pollQuestions = createPollDueQuestions(dependencies, runQuestion, (work) => {
    background.start(work, 'question-failed');
  });
  // Nothing waits for these: the ticket system may take long, and so may many rows, while a password is to be hidden.
  const backgroundTasks = [
    background.startOneAtATime(createSendDueNotes(dependencies), 'ticket-notes-failed'),
    background.startOneAtATime(createRemoveOld(dependencies), 'removal-failed'),
    background.startOneAtATime(createDeleteOldQuestions(dependencies), 'removal-failed'),
    background.startOneAtATime(() => cardAddresses.retryPending('ended'), 'card-address-late'),
  ];
  const polling = createPolling(dependencies, async () => {
    dependencies.privateFacts.forgetEnded();
    for (const start of backgroundTasks) start();
    await Promise.all([pollRequests(), pollQuestions()]);
  });

  return {
    /** A sentence asks for a reset. Finds the target and stores a proposal, a question with choices, or a refusal. */
    propose: createPropose(dependencies),
    /** The requester presses `Reset password`. */
    confirm,
    confirmInWords: inWords.confirmInWords,
    /** Confirms the one that was named in answer to `which`. */
    confirmChosen: inWords.confirmChosen,
    /** Takes a message as the answer to the open question of this chat, if there is one. */
    answer: createAnswerTyped(dependencies, runQuestion),
    /** A command begins anew: the next message answers nothing that was asked before. */
    beginAnew: async (technician: Technician, conversation: Conversation): Promise<void> =>
      endSlots(dependencies, technician, await findRecent(dependencies, technician, conversation)),
    /** Shows on its card how a request stands now. */
    refreshCard: (id: ResetRequestId) => refreshCard(id, () => true),
    /**
     * Does the same after a press that lacked something, if the sentence said how the caller was verified. The policy
     * may not have that method any more; then the card shows the input for it again.
     */
    refreshStatedCard: (id: ResetRequestId) => refreshCard(id, ({ stated }) => stated?.verification !== undefined),
    /** A second person presses `Approve` or `Decline`. */
    decideApproval: backOffOnFailure(createDecideApproval(dependencies, watched), backOff),
    /** Takes a typed command once, however often Teams delivers it. */
    takeCommand: createTakeCommand(dependencies),
    /** Whether a typed command was taken before. */
    wasTaken: createWasTaken(dependencies),
    /** Forbids resets for one customer or for all, and refuses requests that have no password yet. */
    freeze: createFreeze(dependencies, runInBackground),
    /** What a person may freeze, for the card that asks. */
    freezeChoices: createFreezeChoices(dependencies),
    /** The same freeze for the customer of an earlier request, chosen on that card. */
    freezeChosen: createFreezeChosen(dependencies, runInBackground),
    /** Lifts freezes. */
    thaw: createThaw(dependencies),
    /** Every freeze in force, the oldest first. Empty for a person without any right here. */
    freezes: (person: Technician) => findVisibleFreezes(dependencies, person),
    /** The requester presses `Cancel` on a confirmation card. */
    cancel,
    /** The requester has handed the password over, so it is hidden. */
    acknowledge,
    /** A person types `cancel`, with or without a reference. */
    close: createClose(dependencies, { cancel, cancelQuestion, acknowledge, run, closeWaiting }),
    /** Requests of this person that are not over, the latest first. */
    unfinished: createUnfinished(dependencies),
    /** Which notes of what a person asked for are not in their tickets. */
    standingNotes: createStandingNotes(dependencies),
    /** The references by which people name these requests. */
    references: (requests: readonly ResetRequest[]) => dependencies.store.references(requests.map(({ id }) => id)),
    /** Questions of this person that wait for a choice, the latest first. */
    openQuestions: (technician: Technician) => findOpenQuestions(dependencies, technician),
    /** Earlier requests: those of the person, or those of everybody for an auditor. */
    history: createHistory(dependencies),
    /** What this person may do now, for at least one customer. */
    rightsOf: (technician: Technician) => findRights(dependencies, technician),
    /** The requester presses `Show password`. */
    reveal: createReveal(dependencies),
    /** The requester presses `Sign out everywhere`. */
    signOut: createSignOutUseCase(dependencies, run),
    /** The requester presses `Temporary access pass`. */
    getAccessPass: createAccessPassUseCase(dependencies, run),
    /** Runs a request as far as it gets now. Joins the run that is active in this process, if there is one. */
    run,
    /** Stores where the card of a request stands. Updates the card if a press was faster than this call. Never rejects. */
    rememberCard: async (id: ResetRequestId, card: MessageAddress): Promise<void> => {
      await cardAddresses.remember(id, card);
    },
    /**
     * A button of this message was pressed, so the card of the request stands there. That matters where the answer to
     * posting the card was lost. Never throws.
     */
    rememberCardAddress(request: ResetRequest, pressedMessage: MessageAddress): void {
      background.start(cardAddresses.rememberPressed(request, pressedMessage), 'card-address-late', request);
    },
    /** The requester presses a choice of a question. */
    choose: createChoose(dependencies, runQuestion),
    /** The requester presses `Cancel` on a question. */
    cancelQuestion,
    /** Stores where the card of a question stands. Updates the card if a press was faster than this call. */
    rememberQuestionCard: createRememberQuestionCard(dependencies, runQuestion),
    /** This person wrote to the bot. Starts delivering what waits for them, in the background. Never throws. */
    onUserMessage(technician: Technician, conversation: Conversation): void {
      background.start(rememberContact(technician, conversation), 'contact-not-kept');
      background.start(deliverOnUserMessage(technician), 'wrote-to-bot-failed');
    },
    /** This person pressed a button, so the bot may write to them. Never throws. */
    onUserPress(technician: Technician, conversation: Conversation): void {
      background.start(rememberContact(technician, conversation), 'contact-not-kept');
    },
    /** Starts to poll the store. Work that an earlier process has left is taken up at the first poll. */
    start(): void {
      polling.start();
    },
    /**
     * Begins no new work. Resolves when the active work has come to rest or was released to other instances, at the latest
     * `workflowTunables.stopLimitMilliseconds` after the first call.
     */
    stop: (): Promise<void> =>
      gracefulStop.within(async () => {
        await polling.stop();
        waitingNotice.stop();
        await Promise.allSettled([...background.pending(), active.settle()]);
        await cardAddresses.retryPending('all');
      }),
  };

  function runInBackground(request: ResetRequest): void {
    background.start(run(request), 'carry-out-failed', request);
  }

  async function refreshCard(id: ResetRequestId, isWanted: (request: ResetRequest) => boolean): Promise<void> {
    const request = await dependencies.store.find(id);
    if (request?.card !== undefined && isWanted(request)) await dependencies.messages.updateRequestCard(request);
  }
}
