import type { OpenQuestion } from './open-question.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Questions of this person that wait for a choice, the latest first. */
export async function openQuestionsOf(
  { questions, clock }: Pick<Tools, 'questions' | 'clock'>,
  { objectId, tenantId }: Technician,
): Promise<readonly OpenQuestion[]> {
  const now = clock.now();
  const open = await questions.openOf(objectId, tenantId);
  return open.filter(({ expiresAt }) => now < expiresAt);
}
