import type { ResetRequest } from '../../reset/request.ts';
import { approvalTexts } from '../texts/approval-texts.ts';
import { labels } from '../texts/labels.ts';
import { warningTexts } from '../texts/warning-texts.ts';
import { cleanName } from './clean-name.ts';
import { nameTechnician } from './name-technician.ts';
import type { Row } from './outcome-rows.ts';
import { sayTime } from './say-time.ts';

/** Enough to see what kind of account it is. */
const mostRoles = 6;

/** What a second person has to know besides whose password it is: who asked, when, where, and on what grounds. */
export function approvalRows(request: ResetRequest): readonly Row[] {
  const { technician, askedIn, proposedAt, proof, approval, customerInferred } = request;
  const decision = approval?.decision;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.customer, customerInferred === 'address' ? approvalTexts.customerOfAddress : undefined],
    [labels.askedBy, nameTechnician(technician)],
    [labels.asked, `${sayTime(proposedAt)}, ${approvalTexts.where[askedIn.kind]}`],
    [labels.verified, proof?.verification ?? approvalTexts.notSaid],
    [labels.ticket, proof?.ticket ?? approvalTexts.noTicket],
    [labels.roles, rolesOf(request)],
    [labels.approvedBy, decision && nameTechnician(decision.by)],
    [labels.approved, decision && sayTime(decision.at)],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value: cleanName(value, 300) }]));
}

function rolesOf({ target: { user } }: ResetRequest): string {
  if (user.roles === 'unknown') return approvalTexts.rolesUnknown;
  if (user.roles.length === 0) return approvalTexts.noRoles;
  const names = user.roles.map(({ name }) => cleanName(name));
  const more = names.length > mostRoles ? [warningTexts.more(names.length - mostRoles)] : [];
  return [...names.slice(0, mostRoles), ...more].join(', ');
}
