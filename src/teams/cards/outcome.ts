import template from '../../../cards/outcome.json' with { type: 'json' };
import {
  type Attention,
  concernsOf,
  isAskedAmongOthers,
  makeReference,
  type ResetRequest,
  wasGivenUp,
  wasReplaced,
} from '../../reset/index.ts';
import {
  cardTimes,
  describeAttention,
  describeNoteInTicket,
  describeRefusal,
  describeRefusalForApprover,
  describeWhatRemains,
  formatCustomerName,
  formatSummary,
  formatTechnician,
  joinSentences,
  labels,
  outcomeTexts,
  personName,
  sanitizeName,
} from '../../texts/index.ts';
import { formatRows, formatTarget, type Reader, type Row, ticketRows } from './card-parts.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { administratorWarning } from './warnings.ts';

const bind = compileCardTemplate('outcome', template);

/** What became of a request: what happened, who did it and when, what to do next. It never has buttons or a password. */
export function renderOutcome(request: ResetRequest, reader: Reader = 'requester'): Card {
  const outcome = describeOutcome(request, reader);
  return bind({
    ...formatTarget(request.target),
    id: outcome.id,
    style: outcome.style,
    heading: outcome.heading,
    summary: formatSummary(outcome.heading, request.target.user.displayName),
    says: outcome.says,
    hasNext: outcome.next !== undefined,
    next: outcome.next ?? '',
    rows: formatOutcomeRows(request, outcome.id),
    hasCorrelation: isQuoted(outcome.id),
    correlationLabel: labels.correlation,
    correlation: request.correlationId,
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

/** A request that is not finished counts as expired here: its outcome is only shown after its time is over. */
function describeOutcome(request: ResetRequest, reader: Reader): Outcome {
  if (wasGivenUp(request)) return describeGivenUp(request);
  if (request.attention !== undefined) return describeUnclear(request.attention);
  switch (request.state) {
    case 'reset':
    case 'delivering':
      return describeReset(request, reader, 'underWay');
    case 'delivered':
      return describeReset(request, reader, 'delivered');
    case 'hidden':
      return describeReset(request, reader, 'hidden');
    case 'refused':
      return { id: 'outcome-refused', style: 'attention', ...describeRefused(request, reader) };
    case 'cancelled':
      return { id: 'outcome-cancelled', style: 'emphasis', ...speakTo(reader, outcomeTexts.cancelled) };
    case 'declined':
      return { id: 'outcome-declined', style: 'emphasis', ...speakTo(reader, outcomeTexts.declined) };
    case 'needs-attention':
      return describeUnclear({ kind: 'unclear', trouble: undefined });
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
        ...describeExpired(request, reader),
      };
  }
}

/** What to do next, for the one who asked or for the second person. */
function speakTo(
  reader: Reader,
  {
    heading,
    says,
    next,
    nextForApprover,
  }: typeof outcomeTexts.cancelled | typeof outcomeTexts.declined | typeof outcomeTexts.notApproved,
): Pick<Outcome, 'heading' | 'says' | 'next'> {
  return { heading, says, next: reader === 'approver' ? nextForApprover : next };
}

function describeExpired(request: ResetRequest, reader: Reader): Pick<Outcome, 'heading' | 'says' | 'next'> {
  if (request.approval !== undefined) return speakTo(reader, outcomeTexts.notApproved);
  return wasReplaced(request) ? outcomeTexts.replaced : outcomeTexts.expired;
}

/** The copy of an approver says that it was approved and is not green, so that it is not taken for a second reset. */
function describeReset(request: ResetRequest, reader: Reader, how: 'underWay' | 'delivered' | 'hidden'): Outcome {
  const { heading, approvedHeading, own, others, hidden } = outcomeTexts.reset;
  const requester = sanitizeName(personName(request.technician.name));
  const isAlone = reader === 'requester' && !isAskedAmongOthers(request);
  const says = how === 'hidden' ? hidden : isAlone ? own[how] : others[how](requester);
  const isCopy = reader === 'approver' && request.approval?.decision?.kind === 'approved';
  const shown = isCopy
    ? ({ style: 'emphasis', heading: approvedHeading } as const)
    : ({ style: 'good', heading } as const);
  return { id: 'outcome-reset', ...shown, says, next: describeWhatRemains(request) };
}

function describeGivenUp({ attention, resetAt }: ResetRequest): Outcome {
  const { heading, says, saysUnclear, next } = outcomeTexts.givenUp;
  const isCertain = attention === undefined && resetAt !== undefined;
  return { id: 'outcome-attention', style: 'warning', heading, says: isCertain ? says : saysUnclear, next };
}

function describeRefused(request: ResetRequest, reader: Reader): Pick<Outcome, 'heading' | 'says' | 'next'> {
  const { refusal, technician } = request;
  const { heading, says } = outcomeTexts.refused;
  if (refusal === undefined) return { heading, says, next: undefined };
  const isShared = isAskedAmongOthers(request);
  const shown = refusal.kind === 'administrator' && isShared ? { ...refusal, roles: [] } : refusal;
  const why = refusal.kind === 'approval-not-possible' ? administratorWarning(request.target.user, isShared) : [];
  const { problem, advice } =
    reader === 'requester'
      ? describeRefusal(shown, cardTimes)
      : describeRefusalForApprover(shown, technician.name, cardTimes);
  // Why a second person is needed stands on no other card.
  return { heading, says: joinSentences(...why, problem), next: advice };
}

function describeUnclear(attention: Attention): Outcome {
  const { problem, advice } = describeAttention(attention);
  const { heading } = outcomeTexts.attention;
  return { id: 'outcome-attention', style: 'warning', heading, says: problem, next: advice };
}

/** Whether people may quote it to somebody: what failed, and what was not done. */
function isQuoted(outcome: OutcomeId): boolean {
  return outcome === 'outcome-refused' || outcome === 'outcome-attention';
}

/** Where, who and when; how the caller was verified; the reference of what people quote. */
function formatOutcomeRows(request: ResetRequest, outcome: OutcomeId): readonly Row[] {
  const { customer } = request.target;
  const decision = request.approval?.decision;
  const ended = request.resetAt ?? request.endedAt;
  return formatRows([
    [labels.customer, formatCustomerName(customer, sanitizeName)],
    [actorLabels[outcome], formatActor(request, outcome)],
    [labels.askedBy, outcome === 'outcome-declined' ? formatTechnician(request.technician) : undefined],
    [labels.approvedBy, decision?.kind === 'approved' ? formatTechnician(decision.by) : undefined],
    [labels.when, ended ?? request.confirmedAt ?? request.proposedAt],
    [labels.verified, isAskedAmongOthers(request) ? undefined : request.proof?.verification],
    // The ticket may have been typed only when the button was pressed.
    ...ticketRows(request, { concerns: concernsOf(request.ticketFacts) }),
    [labels.ticketNote, describeNoteInTicket(request)],
    [labels.reference, isQuoted(outcome) ? makeReference(request.id) : undefined],
  ]);
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
    ? sanitizeName(personName(request.endedBy))
    : formatTechnician(request.technician);
}
