import { policyProblems } from './policy-problems.ts';
import type { PolicyProblem } from './policy-problems.ts';
import { policySchema } from './policy-schema.ts';
import type { Policy } from './policy.ts';

/**
 * Reads the text of a policy file: the whole policy, with what was left out at its default, or every problem with its
 * path. In production technicians, approvers and auditors have to be given, and limits default to careful ones.
 */
export function readPolicy(
  json: string,
  mode: 'sandbox' | 'production',
):
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] } {
  const value = parse(json);
  if (value === undefined) {
    return { kind: 'problems', problems: [{ path: 'the whole file', says: 'is not JSON' }] };
  }
  const read = policySchema(mode).safeParse(value, { reportInput: true });
  return read.success
    ? { kind: 'policy', policy: read.data }
    : { kind: 'problems', problems: policyProblems(read.error.issues) };
}

/** Windows editors begin a file with a byte order mark, which is not JSON. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
