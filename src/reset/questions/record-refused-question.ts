import { policyHash } from '../policy/policy-hash.ts';
import type { Refusal } from '../refusal.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Writes down that somebody asked who may not. */
export async function recordRefusedQuestion(
  { store, clock, policy }: Tools,
  technician: Technician,
  reason: Refusal['kind'],
): Promise<void> {
  const facts = { reason, policy: policyHash(policy()) };
  const actor = { actor: technician.objectId, person: technician };
  const entry = { at: clock.now(), kind: 'question-refused', ...actor, facts } as const;
  await store.record(entry, undefined);
}
