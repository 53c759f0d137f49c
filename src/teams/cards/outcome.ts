import template from '../../../cards/outcome.json' with { type: 'json' };
import { type Attention, type ResetRequest, wasGivenUp } from '../../reset/index.ts';
import {
  describePartnerTrouble,
  describeRefusal,
  describeRefusalForApprover,
  formatTechnician,
  formatTime,
  labels,
  outcomeTexts,
  sanitizeName,
} from '../../texts/index.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { formatTarget } from './warnings.ts';

const bind = compileCardTemplate('outcome', template);

/** What became of a request: what happened, who did it and when, what to do next. No buttons, never a password. */
export function renderOutcome(request: ResetRequest, reader: Reader = 'requester'): Card {
  const target = formatTarget(request.target);
  const outcome = describeOutcome(request, reader);
  return bind({
    ...target,
    id: outcome.id,
    style: outcome.style,
    heading: outcome.heading,
    says: outcome.says,
    hasNext: outcome.next !== undefined,
    next: outcome.next ?? '',
    rows: formatOutcomeRows(request, outcome.id),
  });
}

type OutcomeId =
  | 'outcome-reset'
  | 'outcome-refused'
  | 'outcome-cancelled'
  | 'outcome-declined'
  | 'outcome-expired'
  | 'outcome-attention';

type Outcome = {
  readonly id: OutcomeId;
  readonly style: 'good' | 'attention' | 'warning' | 'emphasis';
  readonly heading: string;
  readonly says: string;
  readonly next: string | undefined;
};

/** Whom a card speaks to: who asked, or a second person whose leave was wanted. */
type Reader = 'requester' | 'second-person';

/** Long enough for two sentences with a few names in them. */
const longestSentence = 600;

/** Says what became of a request. One that nothing became of yet counts as expired: whoever shows it, does so too late. */
function describeOutcome(request: ResetRequest, reader: Reader = 'requester'): Outcome {
  if (wasGivenUp(request)) return { id: 'outcome-attention', style: 'warning', ...outcomeTexts.givenUp };
  if (request.attention !== undefined) return describeAttention(request.attention);
  switch (request.state) {
    case 'reset':
    case 'delivering':
      return { id: 'outcome-reset', style: 'good', ...describeReset(outcomeTexts.reset.underWay) };
    case 'delivered':
      return { id: 'outcome-reset', style: 'good', ...describeReset(outcomeTexts.reset.delivered) };
    case 'hidden':
      return { id: 'outcome-reset', style: 'good', ...describeReset(outcomeTexts.reset.hidden) };
    case 'refused':
      return { id: 'outcome-refused', style: 'attention', ...describeRefused(request, reader) };
    case 'cancelled':
      return { id: 'outcome-cancelled', style: 'emphasis', ...outcomeTexts.cancelled };
    case 'declined':
      return { id: 'outcome-declined', style: 'emphasis', ...outcomeTexts.declined };
    case 'needs-attention':
      return describeAttention({ kind: 'unclear', trouble: undefined });
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'expired':
      return {
        id: 'outcome-expired',
        style: 'emphasis',
        ...(request.approval === undefined ? outcomeTexts.expired : outcomeTexts.notApproved),
      };
  }
}

function describeReset(says: string): Pick<Outcome, 'heading' | 'says' | 'next'> {
  return { heading: outcomeTexts.reset.heading, says, next: undefined };
}

function describeRefused(
  { refusal, technician }: ResetRequest,
  reader: Reader,
): Pick<Outcome, 'heading' | 'says' | 'next'> {
  const { heading, says } = outcomeTexts.refused;
  if (refusal === undefined) return { heading, says, next: undefined };
  const advice =
    reader === 'requester' ? describeRefusal(refusal) : describeRefusalForApprover(refusal, technician.name);
  return {
    heading,
    says: sanitizeName(advice.problem, longestSentence),
    next: sanitizeName(advice.advice, longestSentence),
  };
}

function describeAttention({ kind, trouble }: Attention): Outcome {
  const { heading, unclear, next, sealBroken, sealBrokenNext } = outcomeTexts.attention;
  const cause =
    trouble === undefined ? '' : `${sanitizeName(describePartnerTrouble(trouble).problem, longestSentence)} `;
  const words =
    kind === 'unclear' ? { says: `${cause}${unclear}`, next } : { says: `${cause}${sealBroken}`, next: sealBrokenNext };
  return { id: 'outcome-attention', style: 'warning', heading, ...words };
}

/** A label and its value, both ready to be shown. */
export type Row = { readonly label: string; readonly value: string };

/** Where, who and when; how the caller was verified; for what failed the reference. */
function formatOutcomeRows(request: ResetRequest, outcome: OutcomeId): readonly Row[] {
  const { customer } = request.target;
  const decision = request.approval?.decision;
  const ended = request.resetAt ?? request.endedAt;
  const failed = outcome === 'outcome-refused' || outcome === 'outcome-attention';
  return [
    formatRow(labels.customer, `${sanitizeName(customer.name)} (${sanitizeName(customer.domain)})`),
    formatRow(actorLabels[outcome], formatActor(request, outcome)),
    formatRow(labels.askedBy, outcome === 'outcome-declined' ? formatTechnician(request.technician) : undefined),
    formatRow(labels.approvedBy, decision?.kind === 'approved' ? formatTechnician(decision.by) : undefined),
    formatRow(labels.when, formatTime(ended ?? request.confirmedAt ?? request.proposedAt)),
    formatRow(labels.verified, request.proof?.verification),
    formatRow(labels.ticket, request.proof?.ticket),
    formatRow(labels.reference, failed ? request.correlationId : undefined),
  ].flat();
}

const actorLabels = {
  'outcome-reset': labels.doneBy,
  'outcome-refused': labels.askedBy,
  'outcome-cancelled': labels.cancelledBy,
  'outcome-declined': labels.declinedBy,
  'outcome-expired': labels.askedBy,
  'outcome-attention': labels.askedBy,
} satisfies Record<OutcomeId, string>;

function formatActor(request: ResetRequest, outcome: OutcomeId): string {
  const decision = request.approval?.decision;
  if (outcome === 'outcome-declined' && decision !== undefined) return formatTechnician(decision.by);
  const byPerson = outcome === 'outcome-cancelled' || outcome === 'outcome-declined';
  return byPerson && request.endedBy !== undefined
    ? sanitizeName(request.endedBy)
    : formatTechnician(request.technician);
}

function formatRow(label: string, value: string | undefined): readonly Row[] {
  return value === undefined ? [] : [{ label, value: sanitizeName(value, 300) }];
}
