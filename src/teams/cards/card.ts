/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A rendered Adaptive Card, ready to be attached to a message. */
export type Card = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly body: readonly Json[];
  readonly actions?: readonly Json[];
  readonly [name: string]: Json | undefined;
};
