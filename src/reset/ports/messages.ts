import type { Secret } from '../../base/index.ts';
import type { WhereToAsk } from '../policy/approval.ts';
import type { Conversation, MessageAddress, Technician } from '../identity.ts';
import type { PrivateFacts } from '../private-facts.ts';
import type { OpenQuestion } from '../questions/question.ts';
import type { DirectMessageProblem } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';

/**
 * What the workflow posts and updates in chats. Each method shows the request as it stands. A refusal of a chat is an outcome,
 * never an exception. It is made by `createTeamsMessages` of teams/connector/messages.ts.
 */
export type Messages = {
  /** Opens the 1:1 with the requester and posts a neutral placeholder there. */
  openDirectMessage(
    request: ResetRequest,
  ): Promise<
    | { readonly kind: 'open'; readonly address: MessageAddress }
    | { readonly kind: 'closed'; readonly why: DirectMessageProblem }
  >;
  /** Asks ahead who is in the chat of the direct message, so that `findReaders` has the answer at once. Never rejects. */
  expectDelivery(request: ResetRequest): Promise<void>;
  /** Who reads the direct message: the requester alone, or others too. Asks the roster of the chat. */
  findReaders(request: ResetRequest): Promise<Readers>;
  /** Counts the guests and the people of other tenants in a chat. `unknown` where the roster does not answer in time. */
  countOutsiders(chat: Conversation, requester: Technician): Promise<number | 'unknown'>;
  /** Who is in a chat, but the bot. `unknown` where the roster does not answer in time. */
  listMembers(chat: Conversation): Promise<readonly ChatMember[] | 'unknown'>;
  /** Tells the requester in their own chat what the card among others does not show of the person. */
  sendPrivateDetails(request: ResetRequest, told: PrivateFacts | undefined): Promise<UpdateOutcome>;
  /**
   * Updates the direct message. With a password, the message shows it; without one, the message shows none. The same holds for
   * a Temporary Access Pass.
   */
  updateDirectMessage(request: ResetRequest, password: Secret | undefined, accessPass?: Secret): Promise<UpdateOutcome>;
  /** Says on a surplus placeholder that no password will appear in it. */
  retirePlaceholder(request: ResetRequest, placeholder: MessageAddress): Promise<UpdateOutcome>;
  /** Shows on the card in the chat where the reset was asked for how the request stands. */
  updateRequestCard(request: ResetRequest): Promise<UpdateOutcome>;
  /** Posts a card that asks for an approval. Opens the direct message first where one person is asked. */
  sendApprovalCard(request: ResetRequest, where: WhereToAsk): Promise<AskOutcome>;
  /** Mentions in the chat of the approval card those who were found there, so that they are notified. Never rejects. */
  mentionApprovers(request: ResetRequest): Promise<void>;
  /** Reminds those who were asked, in each place where a card asks them. Never rejects. */
  remindApprovers(request: ResetRequest): Promise<void>;
  /** Shows on one copy of the approval card how the request stands. */
  updateApprovalCard(request: ResetRequest, card: MessageAddress): Promise<UpdateOutcome>;
  /** Shows on the card of a question how it stands. */
  updateQuestionCard(question: OpenQuestion): Promise<UpdateOutcome>;
  /** Says in the chat where the reset was asked for that it was not approved, or that the approval came too late. */
  sendEndOfApprovalNotice(request: ResetRequest): Promise<UpdateOutcome>;
  /**
   * Says in the chat where the reset was asked for that the password cannot be delivered: it waits, or it was erased.
   */
  sendUndeliveredNotice(request: ResetRequest): Promise<void>;
};

/** Somebody in a chat, as its roster has them. What it leaves out is undefined. */
export type ChatMember = {
  readonly teamsUserId: string;
  readonly objectId: string | undefined;
  readonly tenantId: string | undefined;
  /** For people to read. Empty where the roster has none. */
  readonly name: string;
  readonly userPrincipalName: string | undefined;
  /** Whether they are a guest, or have no account. */
  readonly isGuest: boolean;
};

/** `others`: the chat holds somebody else, or does not hold the requester. The rest is as for an update. */
export type Readers = { readonly kind: 'requester' | 'others' } | Exclude<UpdateOutcome, { kind: 'done' }>;

/** `closed`: that chat never takes a card. */
export type AskOutcome =
  { readonly kind: 'asked'; readonly card: MessageAddress } | { readonly kind: 'closed' | 'try-again' };

/**
 * `gone`: there is no such message or chat. `refused`: the person or an administrator blocks the bot. `try-again`: no answer, or
 * a temporary failure.
 */
export type UpdateOutcome = { readonly kind: 'done' } | { readonly kind: 'gone' | 'refused' | 'try-again' };
