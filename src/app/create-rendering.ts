import { spellAloud } from '../reset/password/spell-aloud.ts';
import { needsApproval } from '../reset/policy/eligibility.ts';
import { type Policy, policyForCustomer } from '../reset/policy/policy.ts';
import { renderApproval } from '../teams/cards/render-approval.ts';
import { renderCard } from '../teams/cards/render-card.ts';
import { renderDirectMessage } from '../teams/cards/render-direct-message.ts';
import { renderQuestion } from '../teams/cards/render-question.ts';
import type { Render } from '../teams/create-messages.ts';
import { answers } from '../teams/texts/answers.ts';

/** Shows everything by the policy in force and the time it is. */
export function createRendering({
  policy,
  delivery,
  now,
}: {
  readonly policy: () => Policy;
  readonly delivery: 'message' | 'reveal';
  readonly now: () => number;
}): Render {
  return {
    card(request) {
      const here = policyForCustomer(policy(), request.target.customer.id);
      const { methods, required: verificationRequired } = here.verification;
      const secondPerson = needsApproval(here, request.target.user);
      return renderCard(request, { methods, verificationRequired, ticket: here.ticket, secondPerson }, now());
    },
    approval: (request) => renderApproval(request, now()),
    question: (question) => renderQuestion(question, now()),
    directMessage(request, password) {
      const { showPasswordForMinutes } = policy();
      return renderDirectMessage(request, password, { delivery, showPasswordForMinutes, spellAloud });
    },
    undelivered: (request) => answers.undelivered(request.correlationId, request.attention === undefined),
  };
}
