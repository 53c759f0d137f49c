import template from '../../../cards/approval.json' with { type: 'json' };
import {
  type CustomerUser,
  findWaitingSince,
  isWaitingForApproval,
  needsApproval,
  type ResetRequest,
  waitsForSignIn,
} from '../../reset/index.ts';
import {
  approvalTexts,
  buttons,
  confirmationTexts,
  formatCardTime,
  formatSummary,
  formatRoles,
  formatTechnician,
  labels,
  personName,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { formatRows, formatTarget, type Row, ticketRows } from './card-parts.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { renderOutcome } from './outcome.ts';
import { findWarnings } from './warnings.ts';

const bind = compileCardTemplate('approval', template);

/**
 * One copy of the card that asks an approver. It has buttons while the request waits and none once there is a decision;
 * at the end it shows the outcome. Its buttons carry the id of the request and nothing else.
 *
 * @param now Milliseconds since 1970 in UTC.
 */
export function renderApproval(request: ResetRequest, now: number): Card {
  switch (request.state) {
    case 'awaiting-approval': {
      const isOpen = isWaitingForApproval(request);
      const isLate = isOpen && now >= (request.approval?.approveBy ?? 0);
      return isLate ? renderOutcome(request, 'approver') : bindApproval(request, isOpen);
    }
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
      return bindApproval(request, false);
    case 'proposed':
    case 'reset':
    case 'delivering':
    case 'delivered':
    case 'hidden':
    case 'needs-attention':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return renderOutcome(request, 'approver');
  }
}

function bindApproval(request: ResetRequest, asks: boolean): Card {
  const texts = approvalTexts;
  const waits = waitsForSignIn(request);
  const warnings = findWarnings(request, 'approver');
  const requester = sanitizeName(personName(request.technician.name));
  const approveBy = request.approval?.approveBy ?? 0;
  const isPrivileged = needsApproval(
    { approval: 'privileged', ticketMismatch: 'warn' },
    request.target.user,
    undefined,
  );
  const heading = asks ? texts.heading : waits ? texts.pausedHeading : texts.approvedHeading;
  return bind({
    ...formatTarget(request.target),
    heading,
    summary: formatSummary(heading, request.target.user.displayName),
    requester,
    asksFor: asks ? texts.asks : texts.asked,
    tenantLabel: labels.tenant,
    careful: asks ? texts.careful : texts.wasCareful,
    hasWarnings: warnings.length > 0,
    warnings: warnings.map((warning) => ({ warning })),
    rows: formatApprovalRows(request),
    asks,
    approveLabel: texts.approve,
    approveDoes: ` ${texts.approveDoes(requester)}`,
    declineLabel: texts.decline,
    declineDoes: ` ${texts.declineDoes(requester)}`,
    whoMay: texts.whoMay,
    openUntilLabel: texts.openUntil,
    openUntil: formatCardTime(approveBy),
    works: !asks,
    working: waits
      ? confirmationTexts.paused(formatCardTime(findWaitingSince(request) ?? request.proposedAt))
      : texts.approved,
    workingNext: waits ? texts.pausedNext : texts.approvedNext,
    request: request.id,
    approveTitle: buttons.approve,
    approveVerb: verbs.approve,
    approveStyle: isPrivileged ? 'destructive' : 'positive',
    declineTitle: buttons.decline,
    declineVerb: verbs.decline,
  });
}

/** What an approver has to know besides whose password it is: who asked, when, where, and on what grounds. */
function formatApprovalRows(request: ResetRequest): readonly Row[] {
  const { technician, askedIn, proposedAt, proof, approval, customerInferred } = request;
  const { roles } = request.target.user;
  const decision = approval?.decision;
  return [
    ...formatRows([
      [labels.customer, customerInferred === 'address' ? approvalTexts.customerOfAddress : undefined],
      [labels.askedBy, formatTechnician(technician)],
    ]),
    { label: labels.asked, value: approvalTexts.askedAt[askedIn.kind](formatCardTime(proposedAt)) },
    ...formatRows([
      [labels.verified, proof?.verification ?? approvalTexts.notSaid],
      ...ticketRows(request, { none: approvalTexts.noTicket }),
      [labels.roles, describeRoles(roles)],
      [labels.approvedBy, decision && formatTechnician(decision.by)],
      [labels.approved, decision?.at],
    ]),
  ];
}

function describeRoles(roles: CustomerUser['roles']): string {
  if (roles === 'unknown') return approvalTexts.rolesUnknown;
  return roles.length === 0 ? approvalTexts.noRoles : formatRoles(roles);
}
