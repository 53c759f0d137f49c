import type { Refusal } from './refusal.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

/** Writes down that somebody asked who may not. */
export async function recordRefusedQuestion(
  { store, clock }: Tools,
  technician: Technician,
  reason: Refusal['kind'],
): Promise<void> {
  const entry = { at: clock.now(), kind: 'question-refused', actor: technician.objectId, facts: { reason } } as const;
  await store.record(entry, undefined);
}
