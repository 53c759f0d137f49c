import { asId, type CorrelationId, type QuestionId, type ResetRequestId } from '../../ids.ts';
import type { Conversation } from '../people/conversation.ts';
import type { Asks, Choice, OpenQuestion } from './open-question.ts';
import type { Reading } from '../ports/directory.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

type Asked = { readonly asks: Asks; readonly choices: readonly Choice[] };

/**
 * A question as it begins: open with these choices; or over already where there is nothing to choose from, only what was
 * `typed`. That one is kept so that the same message, delivered twice, is answered once.
 */
export function newQuestion(
  { clock, policy, random }: Pick<Tools, 'clock' | 'policy' | 'random'>,
  asking: {
    readonly technician: Technician;
    readonly conversation: Conversation;
    readonly activityId: string;
    readonly readings: readonly Reading[];
    readonly correlationId: CorrelationId;
  },
  asked: Asked | string,
): OpenQuestion {
  const now = clock.now();
  const expiresAt = now + policy().confirmWithinMinutes * 60_000;
  const { technician, conversation, activityId, readings, correlationId } = asking;
  return {
    id: asId<QuestionId>(random.token()),
    version: 1,
    correlationId,
    technician,
    askedIn: conversation,
    askedBy: activityId,
    readings,
    customerChosen: false,
    chosen: undefined,
    becomes: asId<ResetRequestId>(random.token()),
    askedAt: now,
    expiresAt,
    card: undefined,
    cardIsOwed: false,
    putOff: 0,
    worker: undefined,
    ...(typeof asked === 'string' ? inWords(asked, now) : { ...asked, ...open(expiresAt) }),
  };
}

function open(expiresAt: number) {
  return { state: 'open', closing: undefined, endedAt: undefined, dueAt: expiresAt } as const;
}

function inWords(typed: string, now: number) {
  return {
    state: 'closed',
    asks: { kind: 'near-user', typed, more: 0 },
    choices: [],
    closing: { kind: 'said-in-words' },
    endedAt: now,
    dueAt: undefined,
  } as const;
}
