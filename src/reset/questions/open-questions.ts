import { useCaseTunables, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { findSight } from '../policy/reach.ts';
import type { Person } from '../policy/rights.ts';
import { endQuestion, moveQuestion } from './question-runner.ts';
import { isAskedInWords, type OpenQuestion } from './question.ts';

/** Questions of this person that wait for a choice, the latest first, of customers for which they have a right now. */
export async function findOpenQuestions(
  dependencies: Pick<Dependencies, 'questions' | 'clock' | 'groups' | 'policy'>,
  person: Technician,
): Promise<readonly OpenQuestion[]> {
  const now = dependencies.clock.now();
  const open = await dependencies.questions.openOf(person.objectId, person.tenantId);
  return keepSeenQuestions(
    dependencies,
    person,
    open.filter(({ expiresAt }) => now < expiresAt),
  );
}

/**
 * Those of the questions of which this person may see every customer now. Rule: a right may have ended since a question was asked, and
 * then no answer words it again.
 */
export async function keepSeenQuestions(
  dependencies: Pick<Dependencies, 'groups' | 'policy'>,
  person: Person,
  questions: readonly OpenQuestion[],
): Promise<readonly OpenQuestion[]> {
  if (questions.length === 0) return questions;
  const sight = await findSight(dependencies, person);
  return questions.filter(({ asks, choices }) =>
    [asks.customer, ...choices.map((choice) => (choice.kind === 'customer' ? choice.customer : choice.target.customer))]
      .flatMap((customer) => customer?.id ?? [])
      .every((customer) => sight.permits(customer)),
  );
}

/** Whether the next message may answer this question. A card may be pressed for longer. */
export function isSlot({ state, expiresAt, askedAt, typedUntil }: OpenQuestion, now: number): boolean {
  const until = typedUntil ?? askedAt + useCaseTunables.answerValidMilliseconds;
  return state === 'open' && now < expiresAt && now < until;
}

/** Questions of this person in this chat that are open or ended a short time ago, the latest first. */
export function findRecent(
  { questions, clock }: Pick<Dependencies, 'questions' | 'clock'>,
  { objectId, tenantId }: Technician,
  { id }: Conversation,
): Promise<readonly OpenQuestion[]> {
  const whose = { technician: objectId, tenant: tenantId, conversation: id };
  return questions.recentOf(whose, clock.now() - useCaseTunables.answerValidMilliseconds);
}

/**
 * The next message answers none of these questions. One that was asked in words is over; a card can still be pressed. What
 * is being answered stays as it is.
 */
export async function endSlots(
  dependencies: Dependencies,
  technician: Technician,
  questions: readonly OpenQuestion[],
): Promise<void> {
  for (const question of questions) await endSlot(dependencies, technician, question);
}

async function endSlot(dependencies: Dependencies, { objectId }: Technician, given: OpenQuestion): Promise<void> {
  let question: OpenQuestion | undefined = given;
  for (let tried = 0; tried < workflowTunables.maxLostSwaps && question !== undefined; tried += 1) {
    const now = dependencies.clock.now();
    if (!isSlot(question, now)) return;
    const ended = isAskedInWords(question)
      ? await endQuestion(dependencies, question, { state: 'cancelled' }, objectId)
      : await moveQuestion(dependencies, question, { typedUntil: now }, { kind: 'question-moved', actor: objectId });
    if (ended !== undefined) return;
    question = await dependencies.questions.find(question.id);
  }
}
