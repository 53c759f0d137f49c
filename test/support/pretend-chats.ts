import type { Secret } from '../../src/base/secret.ts';
import type { MessageAddress } from '../../src/reset/identity.ts';
import type { AskOutcome, Messages, Readers, UpdateOutcome } from '../../src/reset/ports/messages.ts';
import type { ResetStore } from '../../src/reset/ports/request-store.ts';
import type { OpenQuestion } from '../../src/reset/questions/question.ts';
import type { DirectMessageProblem } from '../../src/reset/refusal.ts';
import type { PrivateFacts } from '../../src/reset/private-facts.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { buildResetRequest } from './build-reset-request.ts';

/**
 * How a chat takes one message. `done-unanswered`: it stands there, and no one hears of it; `seems-gone`: it is said to
 * be gone, and is not.
 */
export type PutFault =
  UpdateOutcome['kind'] | 'done-unanswered' | 'seems-gone' | 'throws' | { readonly until: Promise<void> };

/** What stands in a message: how the request stood when it was put, and the password where there was one. */
export type Shown = {
  readonly state: ResetRequest['state'];
  readonly password: string | undefined;
  readonly pass?: string;
};

/** Chats that keep every version of every message. A password in any but the direct message, or too early, is written down as broken. */
export function createPretendChats({
  store,
  journal,
}: {
  readonly store: Pick<ResetStore, 'find'>;
  readonly journal: string[];
}) {
  const { askedIn } = buildResetRequest();
  const direct = new Map<string, Shown[]>();
  const cards = new Map<string, Shown[]>();
  const approvals = new Map<string, Shown[]>();
  const questions = new Map<string, OpenQuestion[]>();
  const askFaults: AskOutcome['kind'][] = [];
  const approvalFaults: PutFault[] = [];
  const questionFaults: UpdateOutcome['kind'][] = [];
  const delivered: string[] = [];
  const privateDetails: { readonly request: ResetRequest['id']; readonly told: PrivateFacts | undefined }[] = [];
  const broken: string[] = [];
  const said: string[] = [];
  const ended: string[] = [];
  const reminded: string[] = [];
  const endFaults: UpdateOutcome['kind'][] = [];
  const putFaults: PutFault[] = [];
  const cardFaults: PutFault[] = [];
  const readers: Readers['kind'][] = [];
  const openFaults: (DirectMessageProblem | 'throws')[] = [];
  let number = 0;
  const newAddress = (chat: string): MessageAddress => ({
    conversation: { ...askedIn, id: chat },
    activityId: `message-${(number += 1)}`,
  });

  async function put(
    messages: Map<string, Shown[]>,
    address: MessageAddress | undefined,
    shown: Shown,
    faults: PutFault[],
  ): Promise<UpdateOutcome> {
    const id = address?.activityId ?? '';
    const fault = faults.shift() ?? 'done';
    if (typeof fault === 'object') await fault.until;
    if (fault === 'throws') throw new Error('a defect of the port');
    if (fault === 'gone') messages.delete(id);
    if (fault === 'seems-gone') return { kind: 'gone' };
    if (fault === 'refused' || fault === 'try-again') return { kind: fault };
    const versions = messages.get(id);
    if (versions === undefined) return { kind: 'gone' };
    versions.push(shown);
    if (shown.password !== undefined) delivered.push(shown.password);
    return { kind: fault === 'done-unanswered' ? 'try-again' : 'done' };
  }

  const messages: Messages = {
    openDirectMessage(request) {
      const fault = openFaults.shift();
      if (fault === 'throws') return Promise.reject(new Error('a defect of the port'));
      if (fault !== undefined) return Promise.resolve({ kind: 'closed', why: fault });
      journal.push('placeholder');
      const address = newAddress(`a:1-${request.technician.teamsUserId}`);
      direct.set(address.activityId, [{ state: request.state, password: undefined }]);
      return Promise.resolve({ kind: 'open', address });
    },
    expectDelivery: () => Promise.resolve(),
    countOutsiders: () => Promise.resolve(0),
    sendPrivateDetails({ id }, told) {
      privateDetails.push({ request: id, told });
      return Promise.resolve({ kind: 'done' });
    },
    listMembers: () => Promise.resolve('unknown'),
    mentionApprovers: () => Promise.resolve(),
    remindApprovers(request) {
      reminded.push(request.id);
      return Promise.resolve();
    },
    findReaders() {
      journal.push('readers');
      return Promise.resolve({ kind: readers.shift() ?? 'requester' });
    },
    async updateDirectMessage(request, secret, accessPass) {
      const pass = accessPass?.reveal((value) => value);
      const password = secret?.reveal((value) => value);
      const row = await store.find(request.id);
      const tries = row?.tries ?? [];
      if (pass !== undefined && row?.accessPass?.sealed === undefined) broken.push('a pass too early');
      // What followed a reset is put beside the password, under the lease that the hiding waits for.
      const isFollowUp = row?.state === 'delivered' && row.messageOwed !== undefined && row.lease !== undefined;
      if (password !== undefined && row?.state !== 'delivering' && !isFollowUp)
        broken.push(`a password at ${row?.state}`);
      if (password !== undefined && tries.some((one) => one.outcome === 'pending')) broken.push('a password too early');
      journal.push(pass !== undefined ? 'put pass' : password === undefined ? 'put message' : 'put password');
      return put(
        direct,
        request.directMessage,
        { state: request.state, password, ...(pass !== undefined && { pass }) },
        putFaults,
      );
    },
    retirePlaceholder(_request, { activityId }) {
      journal.push('retire placeholder');
      direct.get(activityId)?.push({ state: 'expired', password: undefined });
      return Promise.resolve({ kind: 'done' });
    },
    updateRequestCard(request) {
      journal.push('put card');
      return put(cards, request.card, { state: request.state, password: undefined }, cardFaults);
    },
    sendApprovalCard(request, where) {
      const fault = askFaults.shift() ?? 'asked';
      journal.push('ask');
      if (fault !== 'asked') return Promise.resolve({ kind: fault });
      const address = newAddress(where.kind === 'chat' ? where.conversation.id : `a:1-${where.member}`);
      approvals.set(address.activityId, [{ state: request.state, password: undefined }]);
      return Promise.resolve({ kind: 'asked', card: address });
    },
    updateApprovalCard(request, card) {
      journal.push('put approval');
      return put(approvals, card, { state: request.state, password: undefined }, approvalFaults);
    },
    updateQuestionCard(question) {
      journal.push('put question');
      const versions = questions.get(question.card?.activityId ?? '');
      if (versions === undefined) return Promise.resolve({ kind: 'gone' });
      versions.push(question);
      return Promise.resolve({ kind: questionFaults.shift() ?? 'done' });
    },
    sendEndOfApprovalNotice(request) {
      const kind = endFaults.shift() ?? 'done';
      if (kind === 'done') ended.push(request.id);
      return Promise.resolve({ kind });
    },
    sendUndeliveredNotice(request) {
      said.push(request.id);
      return Promise.resolve();
    },
  };

  return {
    messages,
    broken,
    /** What was told in the own chat of whoever asked among others. */
    privateDetails,
    /** The requests whose chat was told that the password waits. */
    said,
    /** The requests whose chat was told that no second person gave leave. */
    ended,
    /** The requests of which those who were asked were reminded. */
    reminded,
    postCard(): MessageAddress {
      const address = newAddress(askedIn.id);
      cards.set(address.activityId, []);
      questions.set(address.activityId, []);
      return address;
    },
    /** Takes a direct message away. */
    remove: (request: ResetRequest): void => {
      direct.delete(request.directMessage?.activityId ?? '');
    },
    /** From now on the direct message takes everything. */
    clearFaults: (): void => {
      putFaults.length = 0;
    },
    /** Bytes that were on their way arrive, whatever has become of the request since. */
    putLate({ state, directMessage }: ResetRequest, secret: Secret): void {
      const password = secret.reveal((value) => value);
      direct.get(directMessage?.activityId ?? '')?.push({ state, password });
    },
    nextPuts: (...faults: PutFault[]): void => {
      putFaults.push(...faults);
    },
    nextCards: (...faults: PutFault[]): void => {
      cardFaults.push(...faults);
    },
    nextQuestions: (...faults: UpdateOutcome['kind'][]): void => {
      questionFaults.push(...faults);
    },
    /** What each card last showed of a question; undefined where it was never put. */
    shownQuestions: (): readonly (OpenQuestion | undefined)[] =>
      [...questions.values()].map((versions) => versions.at(-1)),
    nextAsks: (...faults: AskOutcome['kind'][]): void => {
      askFaults.push(...faults);
    },
    /** How the chats take the next texts that say how the waiting ended. */
    nextEnds: (...faults: UpdateOutcome['kind'][]): void => {
      endFaults.push(...faults);
    },
    nextApprovals: (...faults: PutFault[]): void => {
      approvalFaults.push(...faults);
    },
    /** What each copy of the card that asks a second person shows now, the oldest first. */
    shownApprovals: (): readonly (Shown | undefined)[] => [...approvals.values()].map((versions) => versions.at(-1)),
    /** Who is in the chat of the direct message, for the next ones who ask; then the requester alone. */
    nextReaders: (...given: Readers['kind'][]): void => {
      readers.push(...given);
    },
    nextOpenings: (...faults: (DirectMessageProblem | 'throws')[]): void => {
      openFaults.push(...faults);
    },
    /** What each direct message shows now, the oldest first. */
    shown: (): readonly (Shown | undefined)[] => [...direct.values()].map((versions) => versions.at(-1)),
    /** What each card shows now; undefined while it is as it was posted. */
    shownCards: (): readonly (Shown | undefined)[] => [...cards.values()].map((versions) => versions.at(-1)),
    /** Every password that ever stood in a direct message, once for each time it was put. */
    delivered,
  };
}
