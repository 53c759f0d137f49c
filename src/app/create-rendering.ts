import { spellAloud } from '../reset/password/spell-aloud.ts';
import { needsApproval } from '../reset/policy/eligibility.ts';
import { type Policy, policyForCustomer } from '../reset/policy/policy.ts';
import { renderApproval } from '../teams/cards/approval.ts';
import { renderRequestCard } from '../teams/cards/confirmation.ts';
import { renderDirectMessage } from '../teams/cards/direct-message.ts';
import { renderQuestion } from '../teams/cards/question.ts';
import type { CardRenderer } from '../teams/connector/messages.ts';
import { chatReplies } from '../texts/chat-replies.ts';

/** Shows everything by the policy in force and the time it is. */
export function createRendering({
  policy,
  delivery,
  now,
}: {
  readonly policy: () => Policy;
  readonly delivery: 'message' | 'reveal';
  readonly now: () => number;
}): CardRenderer {
  return {
    card(request) {
      const here = policyForCustomer(policy(), request.target.customer.id);
      const { methods, required: verificationRequired } = here.verification;
      const secondPerson = needsApproval(here, request.target.user);
      return renderRequestCard(request, { methods, verificationRequired, ticket: here.ticket, secondPerson }, now());
    },
    approval: (request) => renderApproval(request, now()),
    question: (question) => renderQuestion(question, now()),
    directMessage(request, password) {
      const { showPasswordForMinutes } = policy();
      return renderDirectMessage(request, password, { delivery, showPasswordForMinutes, spellAloud });
    },
    undelivered: (request) => chatReplies.undelivered(request.correlationId, request.attention === undefined),
  };
}
