/** What the policy wants of a technician before a reset. */
export type ProofWanted = {
  /** How a caller can have been verified, as the policy names it; what comes back in `verification` is one of these. */
  readonly methods: readonly string[];
  readonly verificationRequired: boolean;
  readonly ticket: 'required' | 'optional' | 'off';
  /** Whether a second person has to approve it after the press. */
  readonly secondPerson: boolean;
};
