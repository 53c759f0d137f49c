/** One plausible way to split what was typed into a person and a customer, both as typed. */
export type Reading = { readonly user: string; readonly customer: string | undefined };

/** Why a sentence about resets does not ask for one that the bot does. */
export type WhyNotAReset = 'negated' | 'question' | 'several-users' | 'other-factor' | 'missing-user';

/** What a message asks for. The readings of a reset stand the most plausible first, at most twelve; what exists decides. */
export type Command =
  | {
      readonly kind: 'reset-password';
      readonly readings: readonly [Reading, ...Reading[]];
      /** Words that a reading without a customer makes nothing of, as typed: one that exists may be among them. */
      readonly passedOver: readonly string[];
    }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'help' }
  | { readonly kind: 'status' }
  | { readonly kind: 'history'; readonly of: string | undefined }
  | { readonly kind: 'cancel'; readonly reference: string | undefined }
  /** `everything`: it was said that all is meant, and not only left out which customer. */
  | { readonly kind: 'freeze' | 'thaw'; readonly customer: string | undefined; readonly everything: boolean }
  /** Somebody asks about a freeze, or whether to freeze or thaw, and tells nobody to do it. */
  | { readonly kind: 'about-freezing' }
  | { readonly kind: 'not-a-reset'; readonly why: WhyNotAReset }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-understood' }
  | { readonly kind: 'nothing' };
