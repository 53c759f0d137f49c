import template from '../../../cards/approval.json' with { type: 'json' };
import { needsApproval, type ResetRequest, waitsForSignIn } from '../../reset/index.ts';
import {
  approvalTexts,
  buttons,
  confirmationTexts,
  formatMacroTime,
  formatTechnician,
  formatTime,
  labels,
  sanitizeName,
  warningTexts,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { renderOutcome, type Row } from './outcome.ts';
import { findWarnings, formatTarget } from './warnings.ts';

const bind = compileCardTemplate('approval', template);

/**
 * One copy of the card that asks a second person, as its request stands at `now` (milliseconds since 1970 in UTC): with
 * buttons while it waits, without them once somebody has decided, and what became of it when it is over. Its buttons
 * carry the id of the request and nothing else.
 */
export function renderApproval(request: ResetRequest, now: number): Card {
  switch (request.state) {
    case 'awaiting-approval': {
      const isOpen = request.approval?.decision === undefined;
      const isLate = isOpen && now >= (request.approval?.approveBy ?? 0);
      return isLate ? renderOutcome(request, 'second-person') : bindApproval(request, isOpen);
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
      return renderOutcome(request, 'second-person');
  }
}

function bindApproval(request: ResetRequest, asks: boolean): Card {
  const texts = approvalTexts;
  const waits = waitsForSignIn(request);
  const warnings = findWarnings(request, 'second-person');
  const requester = sanitizeName(request.technician.name);
  const approveBy = request.approval?.approveBy ?? 0;
  return bind({
    ...formatTarget(request.target),
    heading: asks ? texts.heading : waits ? texts.pausedHeading : texts.approvedHeading,
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
    openUntilMacro: formatMacroTime(approveBy),
    openUntil: formatTime(approveBy),
    works: !asks,
    working: waits ? confirmationTexts.paused : texts.approved,
    workingNext: waits ? texts.pausedNext : texts.approvedNext,
    request: request.id,
    approveTitle: buttons.approve,
    approveVerb: verbs.approve,
    approveStyle: needsApproval({ approval: 'privileged' }, request.target.user) ? 'destructive' : 'positive',
    declineTitle: buttons.decline,
    declineVerb: verbs.decline,
  });
}

/** Enough to see what kind of account it is. */
const mostRoles = 6;

/** What a second person has to know besides whose password it is: who asked, when, where, and on what grounds. */
function formatApprovalRows(request: ResetRequest): readonly Row[] {
  const { technician, askedIn, proposedAt, proof, approval, customerInferred } = request;
  const decision = approval?.decision;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.customer, customerInferred === 'address' ? approvalTexts.customerOfAddress : undefined],
    [labels.askedBy, formatTechnician(technician)],
    [labels.asked, `${formatTime(proposedAt)}, ${approvalTexts.where[askedIn.kind]}`],
    [labels.verified, proof?.verification ?? approvalTexts.notSaid],
    [labels.ticket, proof?.ticket ?? approvalTexts.noTicket],
    [labels.roles, formatRoles(request)],
    [labels.approvedBy, decision && formatTechnician(decision.by)],
    [labels.approved, decision && formatTime(decision.at)],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value: sanitizeName(value, 300) }]));
}

function formatRoles({ target: { user } }: ResetRequest): string {
  if (user.roles === 'unknown') return approvalTexts.rolesUnknown;
  if (user.roles.length === 0) return approvalTexts.noRoles;
  const names = user.roles.map(({ name }) => sanitizeName(name));
  const more = names.length > mostRoles ? [warningTexts.more(names.length - mostRoles)] : [];
  return [...names.slice(0, mostRoles), ...more].join(', ');
}
