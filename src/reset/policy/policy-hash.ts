import { createHash } from 'node:crypto';
import type { Policy } from './policy.ts';

/** Names a policy in the trail: SHA-256, in hex, of its JSON with every key in order. Equal policies have equal hashes. */
export function policyHash(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy, inOrder)).digest('hex');
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
