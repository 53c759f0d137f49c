import type { LimitKind } from './policy/limit.ts';
import type { PartnerTrouble } from './partner-trouble.ts';

/** Why nothing was reset. Each is said in a sentence with what to do instead. */
export type Refusal =
  | { readonly kind: 'not-a-technician' }
  /** Only a group could let them, and it could not be read whether they are in it. */
  | { readonly kind: 'groups-unknown' }
  | { readonly kind: 'own-account' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'federated' }
  | { readonly kind: 'synchronised' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'administrator'; readonly roles: readonly string[] }
  | { readonly kind: 'roles-unknown' }
  | { readonly kind: 'approval-not-possible' }
  | { readonly kind: 'target-changed' }
  | { readonly kind: 'under-way'; readonly by: string }
  /** Somebody pulled the brake: for this customer, or for everything. */
  | { readonly kind: 'frozen'; readonly by: string; readonly at: number; readonly everything: boolean }
  /** By now a second person would have to approve it, and nobody was asked. */
  | { readonly kind: 'approval-needed' }
  /** Whoever approved it may not approve any more. */
  | { readonly kind: 'approver-without-right'; readonly by: string }
  /** As many resets as the policy allows are confirmed already; `againAt` is when there will be room. */
  | { readonly kind: 'over-limit'; readonly limit: LimitKind; readonly most: number; readonly againAt: number }
  | { readonly kind: 'no-direct-message'; readonly why: DirectMessageProblem }
  /** Confirmed so long ago that nobody waits for it any more, and nothing sent yet. */
  | { readonly kind: 'too-old' }
  /** It came back with a backup, and whoever was backed up may have done it since. */
  | { readonly kind: 'restored' }
  /** The sealed password could not be opened before it was sent. */
  | { readonly kind: 'seal-broken' }
  /** Whatever worked on it failed again and again before anything was sent. */
  | { readonly kind: 'no-progress' }
  | { readonly kind: 'partner-center'; readonly trouble: PartnerTrouble };

/** Why the direct message could not be opened. */
export type DirectMessageProblem = 'not-installed' | 'blocked' | 'unreachable';
