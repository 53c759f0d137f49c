/** Where a request stands. */
export type ResetState =
  | 'proposed'
  | 'awaiting-approval'
  | 'approved'
  | 'message-open'
  | 'sealed'
  | 'resetting'
  | 'reset'
  | 'delivering'
  | 'delivered'
  | 'hidden'
  | 'needs-attention'
  | 'cancelled'
  | 'declined'
  | 'expired'
  | 'refused';

/** The states that may follow each; a step to any other is a defect, and the store is never asked to make it. */
export const followingStates = {
  proposed: ['awaiting-approval', 'approved', 'cancelled', 'expired', 'refused'],
  'awaiting-approval': ['approved', 'declined', 'cancelled', 'expired', 'refused'],
  approved: ['message-open', 'refused'],
  'message-open': ['sealed', 'refused'],
  sealed: ['resetting', 'cancelled', 'refused', 'needs-attention'],
  resetting: ['sealed', 'reset', 'refused', 'needs-attention'],
  reset: ['delivering', 'needs-attention'],
  'needs-attention': ['delivering', 'hidden'],
  delivering: ['delivered', 'hidden'],
  delivered: ['hidden'],
  hidden: [],
  cancelled: [],
  declined: [],
  expired: [],
  refused: [],
} as const satisfies Record<ResetState, readonly ResetState[]>;
