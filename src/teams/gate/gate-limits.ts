import type { Allowance } from './create-token-buckets.ts';

export type GateLimits = {
  /** What one address may send that turns out not to be from Bot Framework; what is authentic is given back. */
  readonly perAddress: Allowance;
  /** What one person may send. */
  readonly perSender: Allowance;
  /** What everybody may send together. */
  readonly overall: Allowance;
};

/** Far more than people type and press, far less than what would hurt. */
export const gateLimits: GateLimits = {
  perAddress: { burst: 100, perSecond: 20 },
  perSender: { burst: 30, perSecond: 1 },
  overall: { burst: 500, perSecond: 100 },
};
