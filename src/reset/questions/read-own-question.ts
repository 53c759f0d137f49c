import type { QuestionId } from '../../ids.ts';
import type { OpenQuestion } from './open-question.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Whose question it is. */
export type OwnQuestion =
  | { readonly kind: 'own'; readonly question: OpenQuestion }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Looks up the question behind a button. Rule: nobody else's press has an effect; it is recorded, and an alarm. */
export async function readOwnQuestion(
  { questions, store, clock, raiseAlarm }: Tools,
  id: QuestionId,
  technician: Technician,
): Promise<OwnQuestion> {
  const question = await questions.find(id);
  if (question === undefined) return { kind: 'unknown' };
  const asked = question.technician;
  if (asked.objectId === technician.objectId && asked.tenantId === technician.tenantId) {
    return { kind: 'own', question };
  }
  const { correlationId } = question;
  const facts = { reason: 'not-the-requester', question: id, correlationId };
  const entry = {
    at: clock.now(),
    kind: 'click-refused',
    actor: technician.objectId,
    person: technician,
    facts,
  } as const;
  await store.record(entry, undefined);
  raiseAlarm({ kind: 'foreign-press', correlationId, technician: technician.objectId });
  return { kind: 'not-yours' };
}
