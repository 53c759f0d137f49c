import type { Dependencies } from '../dependencies.ts';
import { findSight, type Person } from '../policy/rights.ts';
import type { OpenQuestion } from './question.ts';

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
