import { type CorrelationId, type QuestionId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import type { UpdateOutcome } from '../ports/messages.ts';
import type { FindOptions } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import type { AuditEntry, AuditKind } from '../audit-entry.ts';
import type { CardAddresses } from '../workflow/card-addresses.ts';
import { answerChoice } from './answer-choice.ts';
import { addQuestionOfPerson, describeShown } from './new-question.ts';
import type { QuestionBack } from './candidates.ts';
import { type Closed, isAskedInWords, type OpenQuestion } from './question.ts';

/** What there is to show in the place of a question: it as it stands, or the request that came of it. */
export type QuestionAnswer =
  | { readonly kind: 'question'; readonly question: OpenQuestion }
  | { readonly kind: 'request'; readonly request: ResetRequest }
  /** What was typed is not enough: the question is open, and asks this in words. */
  | { readonly kind: 'in-words'; readonly finding: QuestionBack; readonly correlationId: CorrelationId }
  /** Nothing was found out; the question is open as before. */
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble; readonly correlationId: CorrelationId };

export type RunQuestion = (question: OpenQuestion, progress?: FindOptions['progress']) => Promise<QuestionAnswer>;

/** Carries a question on as far as it goes now, from the row as it is; a step that lost a swap looks again. */
export function createQuestionRunner(dependencies: Dependencies, rememberCard: CardAddresses['remember']): RunQuestion {
  const { questions, clock } = dependencies;
  const underWay = new Map<QuestionId, Promise<QuestionAnswer>>();

  return join;

  /** One at a time for each question in this process; a second call waits for the first, unless that began too early. */
  async function join(question: OpenQuestion, progress?: FindOptions['progress']): Promise<QuestionAnswer> {
    const already = underWay.get(question.id);
    if (already) {
      const answer = await already;
      const tooEarly = answer.kind === 'question' && answer.question.version < question.version;
      return tooEarly ? join(question, progress) : answer;
    }
    const running = run(question, progress).finally(() => underWay.delete(question.id));
    underWay.set(question.id, running);
    return running;
  }

  async function run(given: OpenQuestion, progress: FindOptions['progress']): Promise<QuestionAnswer> {
    let current = (await questions.find(given.id)) ?? given;
    let trouble: PartnerTrouble | undefined;
    let asksInWords: QuestionBack | undefined;
    for (;;) {
      const moved = await step(current);
      if (moved === 'rest') break;
      const next = moved ?? (await questions.find(current.id));
      if (next === undefined || next.version === current.version) break;
      current = next;
    }
    if (trouble !== undefined) return { kind: 'trouble', trouble, correlationId: current.correlationId };
    if (asksInWords !== undefined) {
      return { kind: 'in-words', finding: asksInWords, correlationId: current.correlationId };
    }
    const request = current.state === 'answered' ? await dependencies.store.find(current.becomes) : undefined;
    return request === undefined ? { kind: 'question', question: current } : { kind: 'request', request };

    async function step(question: OpenQuestion): Promise<OpenQuestion | undefined | 'rest'> {
      const now = clock.now();
      const due = question.dueAt !== undefined && question.dueAt <= now;
      switch (question.state) {
        case 'open':
          if (now >= question.expiresAt) return endQuestion(dependencies, question, { state: 'expired' });
          return due && question.cardIsOwed ? showQuestion(dependencies, question, rememberCard) : 'rest';
        case 'chosen':
          if (question.worker === dependencies.instance && !due) return answer(question);
          return due ? takeOver(question) : 'rest';
        case 'answered':
        case 'closed':
        case 'cancelled':
        case 'expired':
          return due && question.cardIsOwed ? showQuestion(dependencies, question, rememberCard) : 'rest';
      }
    }

    async function answer(question: OpenQuestion): Promise<OpenQuestion | undefined> {
      const answered = await answerChoice(dependencies, question, progress);
      const now = clock.now();
      const isInWords = isAskedInWords(question);
      const again = { state: 'open', chosen: undefined, worker: undefined } as const;
      const open = isInWords
        ? { ...again, dueAt: question.expiresAt }
        : ({ ...again, cardIsOwed: true, dueAt: now } as const);
      switch (answered.kind) {
        case 'request':
          return endQuestion(dependencies, question, { state: 'answered' });
        case 'closed':
          return close(question, answered.closing);
        case 'asks': {
          const expiresAt = now + dependencies.policy().confirmWithinMinutes * 60_000;
          const change = {
            ...open,
            ...answered.asked,
            customerChosen: answered.customerChosen,
            ...(answered.readings !== undefined && { readings: answered.readings }),
            ...(answered.stated !== undefined && { stated: answered.stated }),
            expiresAt,
            typedUntil: now + useCaseTunables.answerValidMilliseconds,
            // A question that was asked in words has no card yet: the turn that carries the answer posts it.
            ...(isInWords && { dueAt: expiresAt }),
          };
          const { asks, choices } = answered.asked;
          const facts = { asks: asks.kind, choices: choices.length, ...describeShown(undefined, choices) };
          return moveQuestion(dependencies, question, change, { kind: 'asked-back', facts });
        }
        case 'in-words': {
          asksInWords = answered.finding;
          const until = now + useCaseTunables.answerValidMilliseconds;
          const { asks, readings } = answered;
          const change = { ...open, asks, readings, expiresAt: until, typedUntil: until, dueAt: until };
          const facts = { asks: asks.kind, ...describeShown(answered.finding, []) };
          return moveQuestion(dependencies, question, change, { kind: 'asked-back', facts });
        }
        case 'trouble':
          trouble = answered.trouble;
          return moveQuestion(dependencies, question, open, { kind: 'question-moved', facts: { code: trouble.code } });
      }
    }
  }

  /** Where no one of that name is at the customer that was chosen, the next message may name the person or another customer. */
  async function close(question: OpenQuestion, closing: Closed): Promise<OpenQuestion | undefined> {
    const ended = await endQuestion(dependencies, question, { state: 'closed', closing });
    if (ended === undefined || closing.kind !== 'nobody' || closing.deleted !== undefined) return ended;
    const { technician, askedIn: conversation, askedBy, id, correlationId, stated } = question;
    const asking = { technician, conversation, activityId: `${askedBy} ${id}`, correlationId, stated };
    await addQuestionOfPerson(dependencies, asking, closing);
    return ended;
  }

  function takeOver(question: OpenQuestion): Promise<OpenQuestion | undefined> {
    const change = { worker: dependencies.instance, dueAt: clock.now() + dependencies.durations.lease };
    return moveQuestion(dependencies, question, change, { kind: 'question-moved' });
  }
}

/**
 * Shows on its card how a question stands. If a request came of it, the card shows the request and belongs to it from
 * then on. Returns undefined if another step has moved the question meanwhile.
 */
async function showQuestion(
  dependencies: Dependencies,
  question: OpenQuestion,
  rememberCard: CardAddresses['remember'],
): Promise<OpenQuestion | undefined> {
  const { card } = question;
  // The card is not posted yet, and the turn that posts it brings it up to date.
  if (card === undefined) return note({ dueAt: nextDueAt(question) });
  const outcome =
    question.state === 'answered' ? await showRequest(card) : await dependencies.messages.updateQuestionCard(question);
  const again = outcome.kind === 'try-again' && question.putOff < useCaseTunables.maxQuestionCardTries;
  if (!again) return note({ cardIsOwed: false, putOff: 0, dueAt: nextDueAt(question) });
  return note({
    putOff: question.putOff + 1,
    dueAt: dependencies.clock.now() + useCaseTunables.questionCardRetryMilliseconds,
  });

  async function showRequest(address: MessageAddress): Promise<UpdateOutcome> {
    const before = await dependencies.store.find(question.becomes);
    const isKept = before === undefined || before.card !== undefined || (await rememberCard(question.becomes, address));
    const request = await dependencies.store.find(question.becomes);
    if (request === undefined) return { kind: 'gone' };
    const put = await dependencies.messages.updateRequestCard({ ...request, card: address });
    // An address that is in memory alone would not outlive this process, while the question does.
    return isKept ? put : { kind: 'try-again' };
  }

  function note(change: Partial<OpenQuestion>): Promise<OpenQuestion | undefined> {
    return moveQuestion(dependencies, question, change, { kind: 'question-moved' });
  }
}

/** When a question is due again whose card shows how it stands. */
function nextDueAt({ state, expiresAt }: OpenQuestion): number | undefined {
  return state === 'open' ? expiresAt : undefined;
}

/**
 * Ends a question. If it has a card, an update of the card is due at once. Returns undefined if another step has moved
 * the question since it was read.
 */
export function endQuestion(
  dependencies: Dependencies,
  question: OpenQuestion,
  end: Pick<OpenQuestion, 'state'> & Partial<Pick<OpenQuestion, 'closing'>>,
  actor?: string,
): Promise<OpenQuestion | undefined> {
  const now = dependencies.clock.now();
  const hasCard = !isAskedInWords(question);
  const owed = { cardIsOwed: hasCard, dueAt: hasCard ? now : undefined };
  const change = { ...end, endedAt: now, ...owed, putOff: 0, worker: undefined };
  const facts = { reason: end.closing?.kind ?? null };
  return moveQuestion(dependencies, question, change, {
    kind: 'question-over',
    facts,
    ...(actor !== undefined && { actor }),
  });
}

/**
 * Stores the next version of a question with its audit entry. Returns undefined if another step has moved the question
 * since it was read.
 */
export async function moveQuestion(
  { questions, clock }: Dependencies,
  before: OpenQuestion,
  change: Partial<Omit<OpenQuestion, 'id' | 'version'>>,
  said: { readonly kind: AuditKind; readonly actor?: string; readonly facts?: AuditEntry['facts'] },
): Promise<OpenQuestion | undefined> {
  const after = { ...before, ...change, version: before.version + 1 };
  const { id: question, correlationId } = before;
  const facts = { question, correlationId, state: after.state, ...said.facts };
  const entry = { at: clock.now(), kind: said.kind, actor: said.actor ?? 'locksmith', facts };
  return (await questions.swap(before, after, entry)) ? after : undefined;
}
