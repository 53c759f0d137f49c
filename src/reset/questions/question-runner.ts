import { type CorrelationId, type QuestionId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import type { UpdateOutcome } from '../ports/messages.ts';
import type { FindOptions } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import type { AuditEntry, AuditKind } from '../step.ts';
import type { CardAddresses } from '../workflow/cards.ts';
import { answerChoice } from './answer-choice.ts';
import type { OpenQuestion } from './question.ts';

/** What there is to show in the place of a question: it as it stands, or the request that came of it. */
export type QuestionAnswer =
  | { readonly kind: 'question'; readonly question: OpenQuestion }
  | { readonly kind: 'request'; readonly request: ResetRequest }
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
    for (;;) {
      const moved = await step(current);
      if (moved === 'rest') break;
      const next = moved ?? (await questions.find(current.id));
      if (next === undefined || next.version === current.version) break;
      current = next;
    }
    if (trouble !== undefined) return { kind: 'trouble', trouble, correlationId: current.correlationId };
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
      const open = { state: 'open', chosen: undefined, worker: undefined, cardIsOwed: true, dueAt: now } as const;
      switch (answered.kind) {
        case 'request':
          return endQuestion(dependencies, question, { state: 'answered' });
        case 'closed':
          return endQuestion(dependencies, question, { state: 'closed', closing: answered.closing });
        case 'asks': {
          const expiresAt = now + dependencies.policy().confirmWithinMinutes * 60_000;
          const change = { ...open, ...answered.asked, customerChosen: true, expiresAt };
          const facts = { asks: answered.asked.asks.kind, choices: answered.asked.choices.length };
          return moveQuestion(dependencies, question, change, { kind: 'asked-back', facts });
        }
        case 'trouble':
          trouble = answered.trouble;
          return moveQuestion(dependencies, question, open, { kind: 'question-moved', facts: { code: trouble.code } });
      }
    }
  }

  function takeOver(question: OpenQuestion): Promise<OpenQuestion | undefined> {
    const change = { worker: dependencies.instance, dueAt: clock.now() + dependencies.durations.lease };
    return moveQuestion(dependencies, question, change, { kind: 'question-moved' });
  }
}

/**
 * Shows on its card how a question stands, or the request that came of it: then the card is the request's from now on.
 * Undefined: somebody else has moved the question meanwhile.
 */
async function showQuestion(
  dependencies: Dependencies,
  question: OpenQuestion,
  rememberCard: CardAddresses['remember'],
): Promise<OpenQuestion | undefined> {
  const { card } = question;
  // Whoever posts the card brings it up to date.
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

/** Ends a question; its card is owed that at once. Undefined: somebody else has moved it since it was read. */
export function endQuestion(
  dependencies: Dependencies,
  question: OpenQuestion,
  end: Pick<OpenQuestion, 'state'> & Partial<Pick<OpenQuestion, 'closing'>>,
  actor?: string,
): Promise<OpenQuestion | undefined> {
  const now = dependencies.clock.now();
  const change = { ...end, endedAt: now, cardIsOwed: true, putOff: 0, worker: undefined, dueAt: now };
  const facts = { reason: end.closing?.kind ?? null };
  return moveQuestion(dependencies, question, change, {
    kind: 'question-over',
    facts,
    ...(actor !== undefined && { actor }),
  });
}

/** Makes the next version of a question, with its entry. Undefined: somebody else has moved it since it was read. */
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

/**
 * Takes up questions that are due: whose time is over, whose choice nobody works on, whose card is owed. Waits for none.
 * Those that ended long ago are deleted.
 */
export function createPollDueQuestions(
  dependencies: Dependencies,
  run: RunQuestion,
  beside: (work: Promise<unknown>) => void,
): () => Promise<void> {
  const forget = createDeleteOldQuestions(dependencies);
  return async () => {
    for (const question of await dependencies.questions.due(dependencies.clock.now(), useCaseTunables.questionsPerPoll))
      beside(run(question));
    await forget();
  };
}

const { questionRetentionMilliseconds, questionDeletionIntervalMilliseconds, questionsPerDeletion } = useCaseTunables;

/**
 * Deletes questions that ended more than 30 days ago, once an hour, a batch at a time. What the trail says of them stays.
 * A failure is tried again an hour later.
 */
function createDeleteOldQuestions({
  questions,
  clock,
}: Pick<Dependencies, 'questions' | 'clock'>): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = clock.now();
    if (now < next) return;
    next = now + questionDeletionIntervalMilliseconds;
    const deleted = await questions.deleteEnded(now - questionRetentionMilliseconds, questionsPerDeletion);
    if (deleted === questionsPerDeletion) next = now;
  };
}
