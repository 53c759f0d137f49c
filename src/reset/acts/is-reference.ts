import type { CorrelationId } from '../../ids.ts';

/** The fewest characters of a reference that are taken for one. */
const shortest = 8;

/** Whether what was typed is the beginning of this reference; nothing typed fits every one. */
export function isReference(typed: string | undefined, correlationId: CorrelationId): boolean {
  if (typed === undefined) return true;
  const start = typed.trim().toLowerCase();
  return start.length >= shortest && correlationId.toLowerCase().startsWith(start);
}
