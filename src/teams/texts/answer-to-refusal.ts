import type { CorrelationId } from '../../ids.ts';
import type { Refusal } from '../../reset/refusal.ts';
import { adviceOn } from './advice-on.ts';
import { plainName } from './plain-name.ts';

/** Says in plain text why nothing was reset and what to do instead, with the reference where there is one. */
export function answerToRefusal(refusal: Refusal, correlationId: CorrelationId | undefined): string {
  const { says, next } = adviceOn(refusal);
  const reference = correlationId === undefined ? '' : ` (Reference: ${correlationId})`;
  return `${plainName(says, 600)} Nothing was changed. ${plainName(next, 600)}${reference}`;
}
