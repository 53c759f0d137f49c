import type { AuditEntry, AuditKind } from '../audit-entry.ts';
import type { OpenQuestion } from './open-question.ts';
import type { Tools } from '../tools.ts';

/** Makes the next version of a question, with its entry. Undefined: somebody else has moved it since it was read. */
export async function moveQuestion(
  { questions, clock }: Tools,
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
