import type { ResetRequest } from '../../reset/request.ts';
import { labels } from '../texts/labels.ts';
import { cleanName } from './clean-name.ts';
import { nameTechnician } from './name-technician.ts';
import type { Row } from './outcome-rows.ts';
import { sayTime } from './say-time.ts';

/** Who asked and when, and what was said and decided since. */
export function confirmationRows(request: ResetRequest): readonly Row[] {
  const { technician, proposedAt, proof, approval } = request;
  const decision = approval?.decision;
  const isWaiting = request.state === 'awaiting-approval' && decision === undefined;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.askedBy, nameTechnician(technician)],
    [labels.asked, sayTime(proposedAt)],
    [labels.verified, proof?.verification],
    [labels.ticket, proof?.ticket],
    [labels.approvedBy, decision && nameTechnician(decision.by)],
    [labels.waitsUntil, isWaiting && approval ? sayTime(approval.approveBy) : undefined],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value: cleanName(value, 300) }]));
}
