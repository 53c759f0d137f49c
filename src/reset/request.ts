import type { CorrelationId, OperationId, ResetRequestId } from '../base/index.ts';
import type { Approval } from './policy/approval.ts';
import type { Conversation, MessageAddress, Technician } from './identity.ts';
import type { TicketFacts } from './ports/tickets.ts';
import type { PartnerTrouble, Refusal } from './refusal.ts';
import type { ResetState } from './states.ts';
import type { CustomerInferred, Target } from './target.ts';

/**
 * One request of a technician: one row, from the question to the hidden password. Times are milliseconds since 1970
 * in UTC. It is never changed in place: a step makes the next version, and the store swaps one for the other.
 */
export type ResetRequest = {
  readonly id: ResetRequestId;
  /** Grows by one with every step; the store swaps a row only for the version it was read at. */
  readonly version: number;
  readonly state: ResetState;
  readonly correlationId: CorrelationId;
  /** `MS-RequestId` of the reset, the same for every try. */
  readonly operationId: OperationId;
  readonly technician: Technician;
  /** Where it was asked. */
  readonly askedIn: Conversation;
  /** The activity that asked: the same one delivered twice is one request. */
  readonly askedBy: string;
  /** The confirmation card; undefined until its id is known. */
  readonly card: MessageAddress | undefined;
  /** Whether the card still has to be told what happened. */
  readonly cardIsOwed: boolean;
  readonly target: Target;
  readonly customerInferred: CustomerInferred;
  /**
   * When the same user's password was last reset within the day before this was proposed, and by whom. Without `isCertain` it
   * may not have been.
   */
  readonly resetBefore: { readonly at: number; readonly by: string; readonly isCertain?: true | undefined } | undefined;
  /**
   * How many people in the chat where it was asked are guests or of another tenant, when it was asked. Missing where there are
   * none, and in the bot's own chat.
   */
  readonly outsiders?: number | 'unknown' | undefined;
  /** When the same person asked for the same user before and had not pressed yet: this request takes the place of that one. */
  readonly replaces?: number | undefined;
  readonly proposedAt: number;
  readonly confirmBy: number;
  /** When a press found something to weigh that the card had not shown. It shows that since, and waits for another press. */
  readonly doubtedAt?: number | undefined;
  /** Ticket and verification as the sentence that asked said them. Missing where it said neither. */
  readonly stated?: CallerVerification | undefined;
  /** How the caller was verified, and the ticket, as the technician said. */
  readonly proof: CallerVerification | undefined;
  /** What the ticket system says of the ticket. Missing where nothing was looked up. */
  readonly ticketFacts?: TicketFacts | undefined;
  readonly confirmedAt: number | undefined;
  /** Set once a second person has to approve it. */
  readonly approval: Approval | undefined;
  readonly directMessage: MessageAddress | undefined;
  /** Messages that hold the password, or may: it was put there, and no answer said that it did not get there. */
  readonly heldBy: readonly MessageAddress[];
  readonly sealedPassword: SealedPassword | undefined;
  readonly tries: readonly ResetAttempt[];
  /** Set where the password is written back to a local directory by Graph, before the first attempt is sent. */
  readonly writeBack?: WriteBackProgress | undefined;
  /** Who ended it, where a person did. */
  readonly endedBy: string | undefined;
  readonly endedAt: number | undefined;
  readonly refusal: Refusal | undefined;
  /** Set where it is unknown whether the password is in force. The password is delivered, and marked as unknown. */
  readonly attention: Attention | undefined;
  readonly resetAt: number | undefined;
  readonly deliveredAt: number | undefined;
  /** From this instant on an attempt to deliver that fails is the last one; known once the password is or may be in force. */
  readonly deliverBy: number | undefined;
  /** How often delivering or hiding was put off; resets to 0 with the next state. */
  readonly putOff: number;
  /** How often in a row hiding heard of a message that it is gone, and of none anything else. */
  readonly timesGone: number;
  /** When the requester first pressed `Show password`; only where passwords are delivered that way. */
  readonly revealedAt: number | undefined;
  /** How often `Show password` has shown it. */
  readonly views: number;
  /** Set once `Sign out everywhere` was pressed. `pending` whose process died is as unclear as `unknown`. */
  readonly signOut?: SigningOutState | undefined;
  /** Set once `Temporary access pass` was pressed. */
  readonly accessPass?: AccessPassState | undefined;
  /**
   * The open direct message does not show yet what followed the reset. How often putting it there has failed; missing where it is
   * not owed.
   */
  readonly messageOwed?: number | undefined;
  readonly hideAt: number | undefined;
  readonly hiddenAt: number | undefined;
  /** When a newer reset of the same user ended this password. Missing where none did while it was shown. */
  readonly replacedAt?: number | undefined;
  /** Set where an instance was overtaken that was putting the password. Missing where none was. */
  readonly latePut?: LatePut | undefined;
  readonly lease: Lease | undefined;
  /**
   * How often instances took it over in a row without a step between. A high count means that its work dies or fails.
   */
  readonly takeOvers: number;
  /** When an instance has to look at this row again; undefined: never. */
  readonly dueAt: number | undefined;
};

/** What the technician said about the caller. */
export type CallerVerification = { readonly verification: string | undefined; readonly ticket: string | undefined };

/** A password that only the sealing key opens. All three are base64. */
export type SealedPassword = { readonly keyId: string; readonly nonce: string; readonly ciphertext: string };

/** One PATCH: written down before it is sent. `pending` that outlives its lease counts as `unknown`. */
export type ResetAttempt = {
  readonly number: number;
  readonly at: number;
  /** After this instant the try has no effect any more from our side. */
  readonly deadline: number;
  readonly outcome: 'pending' | 'applied' | 'refused' | 'not-tried' | 'unknown';
  readonly httpStatus: number | undefined;
  readonly partnerCode: string | undefined;
};

/** How the password is written back. The address of the operation is known once Graph has accepted it. */
export type WriteBackProgress = {
  /** False where an attempt that was not sent would have been written back, and by now none is. */
  readonly isUsed: boolean;
  readonly location: string | undefined;
  readonly acceptedAt: number | undefined;
};

/**
 * What became of the last press of `Sign out everywhere`. `refused` and `not-asked`: certainly nothing was done. `code`: why not, one
 * of the Graph room's.
 */
export type SigningOutState = {
  readonly at: number;
  /** When it was pressed, before anything was sent. */
  readonly begunAt: number;
  /** Since when the user's sessions were valid then. What is unclear is looked up by it. Undefined where it was not read. */
  readonly validFrom?: number | undefined;
  readonly outcome: 'pending' | 'done' | 'not-asked' | 'refused' | 'unknown';
  readonly code: string | undefined;
};

/**
 * What became of the last press of `Temporary access pass`. `unknown`: one may have been made that no one can see. `unseen`:
 * one was made when it might not be shown any more. `unusable`: one was made that does not let anybody in. `refused` and
 * `not-asked`: certainly none was made.
 */
export type AccessPassState = {
  readonly at: number;
  readonly outcome: 'pending' | 'made' | 'unseen' | 'unusable' | 'exists' | 'not-asked' | 'refused' | 'unknown';
  /** Why not: one of the Graph room's codes, or Graph's word for why it cannot be used. */
  readonly code: string | undefined;
  readonly lifetimeInMinutes: number | undefined;
  /** The pass, while it may be shown. It is never kept longer than the password. */
  readonly sealed: SealedPassword | undefined;
  /** When the requester was told of it. What is there already is replaced by a press after that alone. */
  readonly toldAt: number | undefined;
  /** How many passes may have been made for this request. */
  readonly mayBeMade: number;
};

/**
 * An instance that was overtaken may put the password yet, into these messages. So they are hidden again, this many times by now,
 * the next time at `hideAgainAt`; undefined until the first hiding.
 */
export type LatePut = {
  readonly into: readonly MessageAddress[];
  readonly hidings: number;
  readonly hideAgainAt: number | undefined;
};

/** Why a person has to look at it. */
export type Attention = { readonly kind: 'unclear' | 'seal-broken'; readonly trouble: PartnerTrouble | undefined };

/** The instance that works on the row. No other instance may take a step that needs the lease before `until`. */
export type Lease = { readonly owner: string; readonly until: number };

/** Whether any instance, this one included, holds the lease at `now`. */
export function isLeased({ lease }: Pick<ResetRequest, 'lease'>, now: number): boolean {
  return lease !== undefined && lease.until > now;
}

/** Whether `instance` holds the lease at `now`. */
export function isLeasedBy({ lease }: Pick<ResetRequest, 'lease'>, instance: string, now: number): boolean {
  return lease?.owner === instance && lease.until > now;
}

/**
 * Names what came up at an earlier press and is shown on the card since. Its button carries it: a press of an older copy of the
 * card has not weighed it. Empty where nothing came up.
 */
export function nameShownDoubt({ doubtedAt }: Pick<ResetRequest, 'doubtedAt'>): string {
  return doubtedAt === undefined ? '' : String(doubtedAt);
}

/** Whether others than the requester read the chat where it was asked. There a card shows of a person only who is meant. */
export function isAskedAmongOthers({ askedIn }: Pick<ResetRequest, 'askedIn'>): boolean {
  return askedIn.kind !== 'personal';
}

/**
 * Where the card of a request stands. If no address is stored, the answer to its posting may have been lost. Then the
 * message whose button was pressed counts, if it stands in the conversation of the request.
 */
export function cardAddressOf(
  { card, askedIn }: Pick<ResetRequest, 'card' | 'askedIn'>,
  pressedMessage: MessageAddress | undefined,
): MessageAddress | undefined {
  if (card !== undefined || pressedMessage?.conversation.id !== askedIn.id) return card;
  return { conversation: askedIn, activityId: pressedMessage.activityId };
}
