import type { Secret } from '../../base/index.ts';
import {
  type FollowUps,
  mayBeSignedOut,
  mayGetAccessPass,
  mayWriteBack,
  needsApproval,
  type OpenQuestion,
  type Policy,
  policyForCustomer,
  type PrivateFactsMemory,
  type ResetRequest,
} from '../../reset/index.ts';
import { spellAloud } from '../../texts/index.ts';
import { renderApproval } from './approval.ts';
import { renderRequestCard } from './confirmation.ts';
import { renderDirectMessage } from './direct-message.ts';
import { renderQuestion } from './question.ts';

/** The Adaptive Cards of requests and questions. */
export type CardRenderer = {
  /** The card in the chat where a reset was asked for: `renderRequestCard` of teams/cards/confirmation.ts. */
  card(request: ResetRequest): object;
  /** The card that asks which customer or which person is meant. */
  question(question: OpenQuestion): object;
  /** One copy of the card that asks an approver. */
  approval(request: ResetRequest): object;
  /** The message to the requester alone; without a password it holds none, and no pass. */
  directMessage(request: ResetRequest, password: Secret | undefined, accessPass?: Secret): object;
};

/** Creates the renderer. Each call renders by the policy and the time of that moment. */
export function createCardRenderer({
  policy,
  delivery,
  now,
  privateFacts,
  followUps,
}: {
  readonly policy: () => Policy;
  /** Whether a password stands in the direct message or is shown after a press of `Show password`. */
  readonly delivery: 'message' | 'reveal';
  /** Milliseconds since 1970 in UTC. */
  readonly now: () => number;
  /** What Microsoft Graph told of the people whose requests wait to be confirmed. */
  readonly privateFacts: Pick<PrivateFactsMemory, 'of'>;
  /** Undefined where Microsoft Graph is off. */
  readonly followUps?: Pick<FollowUps, 'isAvailable'> | undefined;
}): CardRenderer {
  return {
    card(request) {
      const { target } = request;
      const ofCustomer = policyForCustomer(policy(), target.customer.id);
      const { verification, ticket } = ofCustomer;
      return renderRequestCard(
        request,
        {
          verification,
          ticket,
          needsApproval: needsApproval(ofCustomer, target.user, request.ticketFacts),
          writesBack: mayWriteBack(ofCustomer, target.user),
        },
        now(),
        privateFacts.of(request.id),
      );
    },
    question: (question) => renderQuestion(question, now()),
    approval: (request) => renderApproval(request, now()),
    directMessage(request, password, accessPass) {
      const { showPasswordForMinutes } = policy();
      const { id } = request.target.customer;
      const allowed = policyForCustomer(policy(), id).followUps;
      const isAvailable = followUps?.isAvailable(id) === true;
      return renderDirectMessage(request, password, {
        delivery,
        showPasswordForMinutes,
        spellAloud,
        offersSignOut: isAvailable && allowed.signOut === 'allow' && mayBeSignedOut(request, now()),
        offersAccessPass: isAvailable && allowed.accessPass === 'allow' && mayGetAccessPass(request, delivery, now()),
        accessPass,
      });
    },
  };
}
