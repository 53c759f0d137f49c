import type { ResetRequest } from '../../reset/request.ts';
import { labels } from '../texts/labels.ts';
import { cleanName } from './clean-name.ts';
import type { OutcomeId } from './describe-outcome.ts';
import { nameTechnician } from './name-technician.ts';
import { sayTime } from './say-time.ts';

/** A label and its value, both ready to be shown. */
export type Row = { readonly label: string; readonly value: string };

/** Where, who and when; how the caller was verified; for what failed the reference. */
export function outcomeRows(request: ResetRequest, outcome: OutcomeId): readonly Row[] {
  const { customer } = request.target;
  const decision = request.approval?.decision;
  const ended = request.resetAt ?? request.endedAt;
  const failed = outcome === 'outcome-refused' || outcome === 'outcome-attention';
  return [
    row(labels.customer, `${cleanName(customer.name)} (${cleanName(customer.domain)})`),
    row(whoLabel[outcome], whoDid(request, outcome)),
    row(labels.askedBy, outcome === 'outcome-declined' ? nameTechnician(request.technician) : undefined),
    row(labels.approvedBy, decision?.kind === 'approved' ? nameTechnician(decision.by) : undefined),
    row(labels.when, sayTime(ended ?? request.confirmedAt ?? request.proposedAt)),
    row(labels.verified, request.proof?.verification),
    row(labels.ticket, request.proof?.ticket),
    row(labels.reference, failed ? request.correlationId : undefined),
  ].flat();
}

const whoLabel = {
  'outcome-reset': labels.doneBy,
  'outcome-refused': labels.askedBy,
  'outcome-cancelled': labels.cancelledBy,
  'outcome-declined': labels.declinedBy,
  'outcome-expired': labels.askedBy,
  'outcome-attention': labels.askedBy,
} satisfies Record<OutcomeId, string>;

function whoDid(request: ResetRequest, outcome: OutcomeId): string {
  const decision = request.approval?.decision;
  if (outcome === 'outcome-declined' && decision !== undefined) return nameTechnician(decision.by);
  const byPerson = outcome === 'outcome-cancelled' || outcome === 'outcome-declined';
  return byPerson && request.endedBy !== undefined ? cleanName(request.endedBy) : nameTechnician(request.technician);
}

function row(label: string, value: string | undefined): readonly Row[] {
  return value === undefined ? [] : [{ label, value: cleanName(value, 300) }];
}
