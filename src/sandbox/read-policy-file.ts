import { readFileSync } from 'node:fs';
import type { Policy } from '../reset/policy.ts';
import { readPolicy } from '../reset/read-policy.ts';

/** Reads a policy file. Throws an error that names everything that is wrong with it. */
export function readPolicyFile(path: string, mode: 'sandbox' | 'production'): Policy {
  const read = readPolicy(readFileSync(path, 'utf8'), mode);
  if (read.kind === 'policy') return read.policy;
  const problems = read.problems.map((problem) => `${problem.path}: ${problem.says}`);
  throw new PolicyFileError(`POLICY_FILE is not a policy: ${problems.join('; ')}`);
}

/** The policy file cannot be used; the message names every problem in it. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
  readonly code = 'bad-policy-file';
}
