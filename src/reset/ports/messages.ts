import type { Secret } from '../../base/index.ts';
import type { WhereToAsk } from '../approval.ts';
import type { MessageAddress } from '../identity.ts';
import type { OpenQuestion } from '../questions/question.ts';
import type { DirectMessageProblem } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';

/** What is said in chats. Each method shows the request as it stands; none throws for what a chat refuses. */
export type Messages = {
  /** Opens the 1:1 with the requester and posts a neutral placeholder there. */
  openDirectMessage(
    request: ResetRequest,
  ): Promise<
    | { readonly kind: 'open'; readonly address: MessageAddress }
    | { readonly kind: 'closed'; readonly why: DirectMessageProblem }
  >;
  /** Puts what there is to say into the direct message; with the password where one is given. */
  updateDirectMessage(request: ResetRequest, password: Secret | undefined): Promise<UpdateOutcome>;
  /** Says on a placeholder in the 1:1 that nothing will appear in it. */
  retirePlaceholder(request: ResetRequest, placeholder: MessageAddress): Promise<UpdateOutcome>;
  /** Shows on the card where it was asked what became of the request. */
  updateRequestCard(request: ResetRequest): Promise<UpdateOutcome>;
  /** Puts the card that asks for an approval where it is to stand, opening the 1:1 first where one person is asked. */
  sendApprovalCard(request: ResetRequest, where: WhereToAsk): Promise<AskOutcome>;
  /** Shows on one copy of the card that asked for an approval how the request stands. */
  updateApprovalCard(request: ResetRequest, card: MessageAddress): Promise<UpdateOutcome>;
  /** Shows on the card of a question how it stands. */
  updateQuestionCard(question: OpenQuestion): Promise<UpdateOutcome>;
  /** Says in the chat where it was asked that no second person gave leave, or that it was of no use. */
  sendEndOfApprovalNotice(request: ResetRequest): Promise<UpdateOutcome>;
  /** Says in the chat where it was asked that the password waits and cannot be delivered, or never could and is erased. */
  sendUndeliveredNotice(request: ResetRequest): Promise<void>;
};

/** `closed`: that chat never takes it. */
export type AskOutcome =
  { readonly kind: 'asked'; readonly card: MessageAddress } | { readonly kind: 'closed' | 'try-again' };

/** `gone`: no such message or chat; `refused`: the person or an administrator does not let the bot write. */
export type UpdateOutcome = { readonly kind: 'done' | 'gone' | 'refused' | 'try-again' };
