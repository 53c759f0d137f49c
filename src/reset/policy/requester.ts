import type { QuestionId, ResetRequestId } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { OpenQuestion } from '../questions/question.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { ResetRequest } from '../request.ts';

/** Whether the person who pressed is the requester (`own`). */
type OwnRequest =
  | { readonly kind: 'own'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Looks up the request behind a button that only its requester may press. Rule: a press by another person has no effect, is
 * recorded in the audit log, and raises an alarm.
 */
export async function findOwnRequest(
  dependencies: Dependencies,
  id: ResetRequestId,
  technician: Technician,
): Promise<OwnRequest> {
  const request = await dependencies.store.find(id);
  if (request === undefined) return { kind: 'unknown' };
  if (isRequester(request.technician, technician)) return { kind: 'own', request };
  await recordForeignPress(dependencies, technician, {}, id);
  dependencies.raiseAlarm({ kind: 'foreign-press', ...identifyRequest(request), technician: technician.objectId });
  return { kind: 'not-yours' };
}

type OwnQuestion =
  | { readonly kind: 'own'; readonly question: OpenQuestion }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Looks up the question behind a button, by the same rule. */
export async function findOwnQuestion(
  dependencies: Dependencies,
  id: QuestionId,
  technician: Technician,
): Promise<OwnQuestion> {
  const question = await dependencies.questions.find(id);
  if (question === undefined) return { kind: 'unknown' };
  if (isRequester(question.technician, technician)) return { kind: 'own', question };
  const { correlationId } = question;
  await recordForeignPress(dependencies, technician, { question: id, correlationId }, undefined);
  dependencies.raiseAlarm({ kind: 'foreign-press', correlationId, technician: technician.objectId });
  return { kind: 'not-yours' };
}

function isRequester(requester: Technician, { objectId, tenantId }: Technician): boolean {
  return requester.objectId === objectId && requester.tenantId === tenantId;
}

function recordForeignPress(
  { store, clock }: Dependencies,
  person: Technician,
  about: AuditEntry['facts'],
  request: ResetRequestId | undefined,
): Promise<void> {
  const facts = { reason: 'not-the-requester', ...about };
  const entry = { at: clock.now(), kind: 'click-refused', actor: person.objectId, person, facts } as const;
  return store.record(entry, request);
}
