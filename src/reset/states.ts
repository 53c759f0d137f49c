/** What the code asks about a state. Conditions on other fields of a request are functions in `request.ts`. */
type StateRecord<Name extends string> = {
  /** The states that may follow. A step to any other state is a defect, and no store writes one. */
  readonly next: readonly Name[];
  /**
   * `proposed`: the technician has not confirmed it, or has only just done so. `under-way`: between confirmation and
   * delivery; at most one request of a user is under way. `delivered`: the password is shown or can be opened. `over`:
   * no state follows.
   */
  readonly phase: 'proposed' | 'under-way' | 'delivered' | 'over';
  /**
   * `none`: not made yet. `sealed`: made, and not known to be in force. `set`: in force, or possibly in force. `erased`:
   * it was set, and Locksmith has it no longer. `unchanged`: the request ended and Locksmith changed nothing.
   */
  readonly password: 'none' | 'sealed' | 'set' | 'erased' | 'unchanged';
  /** Whether a freeze forbids the step that leads here, as long as nothing was sent: see `freezeForbids`. */
  readonly isGuardedByFreeze: boolean;
  /** Whether a request may wait here until Locksmith has a sign-in to Partner Center again. */
  readonly mayWaitForSignIn: boolean;
  /**
   * What becomes of a request that was reclaimed too often without progress. `refuse`: it ends if nothing was sent, and
   * needs attention otherwise. `give-up-delivery`: it ends once its time to be delivered is over. `continue`: it is tried
   * again.
   */
  readonly withoutProgress: 'refuse' | 'give-up-delivery' | 'continue';
  /**
   * What `cancel`, typed with the reference of the request, does. `put-to-rest`: the password waits to be delivered or
   * cannot be read, so an auditor may do it too. `under-way`: nothing, because it is too late. `over`: nothing is left to do.
   */
  readonly typedCancel: 'cancel' | 'acknowledge' | 'put-to-rest' | 'under-way' | 'over';
  /** The outcome that the metrics count when a request comes here. */
  readonly metric: 'delivered' | 'refused' | 'cancelled' | 'declined' | 'expired' | 'attention' | undefined;
};

/** The names in `next` are names of the table. */
function defineStates<const Name extends string>(
  table: Readonly<Record<Name, StateRecord<NoInfer<Name>>>>,
): Readonly<Record<Name, StateRecord<Name>>> {
  return table;
}

/**
 * Every state of a request, and the answers that depend on the state alone. Indexes of the database hold some of the lists
 * that follow from this table, in its order, so a change of them needs a migration.
 */
export const states = defineStates({
  proposed: {
    next: ['awaiting-approval', 'approved', 'cancelled', 'expired', 'refused'],
    phase: 'proposed',
    password: 'none',
    isGuardedByFreeze: false,
    mayWaitForSignIn: true,
    withoutProgress: 'refuse',
    typedCancel: 'cancel',
    metric: undefined,
  },
  'awaiting-approval': {
    next: ['approved', 'declined', 'cancelled', 'expired', 'refused'],
    phase: 'under-way',
    password: 'none',
    isGuardedByFreeze: true,
    mayWaitForSignIn: true,
    withoutProgress: 'continue',
    typedCancel: 'cancel',
    metric: undefined,
  },
  approved: {
    next: ['message-open', 'refused'],
    phase: 'under-way',
    password: 'none',
    isGuardedByFreeze: true,
    mayWaitForSignIn: false,
    withoutProgress: 'refuse',
    typedCancel: 'under-way',
    metric: undefined,
  },
  'message-open': {
    next: ['sealed', 'refused'],
    phase: 'under-way',
    password: 'none',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'refuse',
    typedCancel: 'under-way',
    metric: undefined,
  },
  sealed: {
    next: ['resetting', 'cancelled', 'refused', 'needs-attention'],
    phase: 'under-way',
    password: 'sealed',
    isGuardedByFreeze: true,
    mayWaitForSignIn: true,
    withoutProgress: 'refuse',
    typedCancel: 'cancel',
    metric: undefined,
  },
  resetting: {
    next: ['sealed', 'reset', 'refused', 'needs-attention'],
    phase: 'under-way',
    password: 'sealed',
    isGuardedByFreeze: true,
    mayWaitForSignIn: false,
    withoutProgress: 'continue',
    typedCancel: 'under-way',
    metric: undefined,
  },
  reset: {
    next: ['delivering', 'needs-attention'],
    phase: 'under-way',
    password: 'set',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'continue',
    typedCancel: 'under-way',
    metric: undefined,
  },
  delivering: {
    next: ['delivered', 'hidden'],
    phase: 'under-way',
    password: 'set',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'give-up-delivery',
    typedCancel: 'put-to-rest',
    metric: undefined,
  },
  delivered: {
    next: ['hidden'],
    phase: 'delivered',
    password: 'set',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'continue',
    typedCancel: 'acknowledge',
    metric: 'delivered',
  },
  hidden: {
    next: [],
    phase: 'over',
    password: 'erased',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'continue',
    typedCancel: 'over',
    metric: undefined,
  },
  'needs-attention': {
    next: ['delivering', 'hidden'],
    phase: 'under-way',
    password: 'set',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'give-up-delivery',
    typedCancel: 'put-to-rest',
    metric: 'attention',
  },
  cancelled: endWithoutReset('cancelled'),
  declined: endWithoutReset('declined'),
  expired: endWithoutReset('expired'),
  refused: endWithoutReset('refused'),
});

/** Where a request stands. */
export type ResetState = keyof typeof states;

/** The names of the states whose record fulfils the condition, in the order of the table. */
export function statesWhere(holds: (state: StateRecord<ResetState>) => boolean): readonly ResetState[] {
  return Object.keys(states)
    .filter(isResetState)
    .filter((name) => holds(states[name]));
}

/** Whether a text is the name of a state, in exactly this spelling. */
export function isResetState(text: string): text is ResetState {
  return Object.hasOwn(states, text);
}

function endWithoutReset(metric: 'cancelled' | 'declined' | 'expired' | 'refused'): StateRecord<never> {
  return {
    next: [],
    phase: 'over',
    password: 'unchanged',
    isGuardedByFreeze: false,
    mayWaitForSignIn: false,
    withoutProgress: 'continue',
    typedCancel: 'over',
    metric,
  };
}
