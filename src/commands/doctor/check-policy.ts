import { readPolicy } from '../../reset/policy/policy-file.ts';
import { hashPolicy } from '../../reset/policy/policy.ts';
import type { Check } from './check.ts';

/** Reads the policy file as the bot does; `undefined` means the sandbox's built-in policy. */
export function checkPolicy(
  path: string | undefined,
  mode: 'sandbox' | 'production',
  readFile: (path: string) => string,
): Check {
  return {
    name: 'policy',
    look() {
      if (path === undefined) return Promise.resolve({ kind: 'ok', says: 'the built-in one of the sandbox' });
      return Promise.resolve(look(path));
    },
  };

  function look(file: string): Awaited<ReturnType<Check['look']>> {
    let text: string;
    try {
      text = readFile(file);
    } catch {
      return { kind: 'wrong', says: 'cannot be read', todo: 'Let POLICY_FILE name a file that Locksmith may read.' };
    }
    const read = readPolicy(text, mode);
    if (read.kind === 'problems') {
      const problems = read.problems.map(({ path: where, says }) => `${where}: ${says}`);
      return {
        kind: 'wrong',
        says: problems.join('; '),
        todo: 'Mend the policy file; a running bot takes it within seconds.',
      };
    }
    const { technicians, approvers, approval } = read.policy;
    if (technicians.length === 0) {
      return { kind: 'wrong', says: 'names no technician', todo: 'Name who may ask for resets under "technicians".' };
    }
    if (approvers.length === 0 && approval !== 'never') {
      return {
        kind: 'wrong',
        says: 'asks for approvals and names no approver',
        todo: 'Name who may approve under "approvers", or set "approval" to "never".',
      };
    }
    return { kind: 'ok', says: `good (${hashPolicy(read.policy).slice(0, 12)})` };
  }
}
