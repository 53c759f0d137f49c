/** The policy file cannot be used; the message names every problem in it. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
  readonly code = 'bad-policy-file';

  constructor(problems: readonly string[]) {
    super(`POLICY_FILE is not a policy: ${problems.join('; ')}`);
  }
}
