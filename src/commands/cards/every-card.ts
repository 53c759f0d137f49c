import { spellAloud } from '../../reset/password/spell-aloud.ts';
import { sandboxPolicy } from '../../reset/policy/sandbox-policy.ts';
import { Secret } from '../../secret.ts';
import { renderApproval } from '../../teams/cards/approval.ts';
import type { Card } from '../../teams/cards/card-template.ts';
import { renderConfirmation, renderRequestCard } from '../../teams/cards/confirmation.ts';
import { renderDirectMessage } from '../../teams/cards/direct-message.ts';
import { renderQuestion } from '../../teams/cards/question.ts';
import { sampleQuestions } from './sample-questions.ts';
import { sampleNow } from './sample-request.ts';
import { sampleStates } from './sample-states.ts';

/** One card with what there is to see on it. */
export type NamedCard = { readonly name: string; readonly card: Card };

/** Every card in every state. The passwords are made up for this page. */
export function everyCard(): readonly NamedCard[] {
  const s = sampleStates;
  const wanted = {
    methods: sandboxPolicy.verification.methods,
    verificationRequired: true,
    ticket: 'optional',
    secondPerson: false,
  } as const;
  const card = (request: typeof s.ordinary) => renderRequestCard(request, wanted, sampleNow);
  const approval = (request: typeof s.ordinary) => renderApproval(request, sampleNow);
  const message = (request: typeof s.ordinary, password?: string, delivery: 'message' | 'reveal' = 'message') =>
    renderDirectMessage(request, password === undefined ? undefined : new Secret(password), {
      delivery,
      showPasswordForMinutes: sandboxPolicy.showPasswordForMinutes,
      spellAloud,
    });
  return [
    ...sampleQuestions.map(({ name, question }) => ({ name, card: renderQuestion(question, sampleNow) })),
    { name: 'Confirmation', card: card(s.ordinary) },
    { name: 'Confirmation: stop and look', card: card(s.careful) },
    { name: 'Confirmation: names that play tricks', card: card(s.awkward) },
    {
      name: 'Confirmation: ticket required, verification not',
      card: renderConfirmation(s.ordinary, { ...wanted, verificationRequired: false, ticket: 'required' }),
    },
    { name: 'Confirmation: working', card: card(s.working) },
    {
      name: 'Confirmation: a second person has to approve',
      card: renderConfirmation(s.careful, { ...wanted, secondPerson: true }),
    },
    { name: 'Confirmation: waiting for approval', card: card(s.waiting) },
    { name: 'Confirmation: approved', card: card(s.approved) },
    { name: 'Approval', card: approval(s.waiting) },
    { name: 'Approval: of an administrator', card: approval(s.waitingCareful) },
    { name: 'Approval: names that play tricks', card: approval(s.waitingAwkward) },
    { name: 'Approval: approved', card: approval(s.approved) },
    { name: 'Approval: reset', card: approval(s.approvedReset) },
    { name: 'Approval: declined', card: approval(s.declined) },
    { name: 'Approval: expired', card: approval(s.notApproved) },
    { name: 'Approval: taken back', card: approval(s.takenBack) },
    { name: 'Approval: frozen meanwhile', card: approval(s.frozenWhileWaiting) },
    { name: 'Direct message: placeholder', card: message(s.resetting) },
    { name: 'Direct message: password', card: message(s.delivered, 'Tulip-marble-canyon-otter-47') },
    { name: 'Direct message: password of random characters', card: message(s.delivered, 'k7?Tm+Xq2%Wd9=hR') },
    { name: 'Direct message: may be in force', card: message(s.unclearDelivered, 'Tulip-marble-canyon-otter-47') },
    { name: 'Direct message: Show password', card: message(s.delivered, undefined, 'reveal') },
    { name: 'Direct message: hidden', card: message(s.hidden) },
    { name: 'Direct message: refused', card: message(s.refused[0] ?? s.ordinary) },
    { name: 'Direct message: no password to show', card: message(s.sealBroken) },
    { name: 'Outcome: reset, on its way', card: card(s.reset) },
    { name: 'Outcome: reset', card: card(s.delivered) },
    { name: 'Outcome: reset, hidden', card: card(s.hidden) },
    { name: 'Outcome: cancelled', card: card(s.cancelled) },
    { name: 'Outcome: declined', card: card(s.declined) },
    { name: 'Outcome: expired', card: card(s.expired) },
    { name: 'Outcome: nobody approved in time', card: card(s.notApproved) },
    { name: 'Outcome: unclear', card: card(s.unclear) },
    { name: 'Outcome: unclear, nothing to show', card: card(s.sealBroken) },
    ...s.refused.map((request) => ({ name: `Outcome: refused, ${refusalName(request)}`, card: card(request) })),
  ];
}

function refusalName({ refusal }: typeof sampleStates.ordinary): string {
  return refusal?.kind === 'no-direct-message' ? `${refusal.kind}, ${refusal.why}` : (refusal?.kind ?? '');
}
