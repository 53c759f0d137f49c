import { asId, type QuestionId, type ResetRequestId } from '../../src/base/ids.ts';
import type { OpenQuestion } from '../../src/reset/questions/question.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** A whole question as it is when it has just been asked back, with one person to choose; what a test is about is given. */
export function buildOpenQuestion(given: Partial<OpenQuestion> = {}): OpenQuestion {
  const { correlationId, technician, askedIn, askedBy, target, proposedAt, confirmBy } = buildResetRequest();
  return {
    id: asId<QuestionId>('90000000000000000000000000000001'),
    version: 1,
    state: 'open',
    correlationId,
    technician,
    askedIn,
    askedBy,
    readings: [{ user: 'Ann Lea', customer: 'Contoso Bikes' }],
    asks: { kind: 'near-user', typed: 'Ann Lea', more: 0 },
    choices: [{ kind: 'user', key: 'choice-1', target }],
    customerChosen: false,
    chosen: undefined,
    becomes: asId<ResetRequestId>('00000000000000000000000000000009'),
    closing: undefined,
    askedAt: proposedAt,
    expiresAt: confirmBy,
    endedAt: undefined,
    card: undefined,
    cardIsOwed: false,
    putOff: 0,
    worker: undefined,
    dueAt: confirmBy,
    ...given,
  };
}
