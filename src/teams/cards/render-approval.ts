import template from '../../../cards/approval.json' with { type: 'json' };
import { needsApproval } from '../../reset/policy/eligibility.ts';
import { type ResetRequest, waitsForSignIn } from '../../reset/request.ts';
import { approvalTexts } from '../texts/approval-texts.ts';
import { buttons } from '../texts/buttons.ts';
import { confirmationTexts } from '../texts/confirmation-texts.ts';
import { labels } from '../texts/labels.ts';
import { approvalRows } from './approval-rows.ts';
import type { Card } from './card.ts';
import { cleanName } from './clean-name.ts';
import { createCard } from './create-card.ts';
import { macroTime } from './macro-time.ts';
import { renderOutcome } from './render-outcome.ts';
import { sayTime } from './say-time.ts';
import { targetData } from './target-data.ts';
import { verbs } from './verbs.ts';
import { warningsFor } from './warnings-for.ts';

const bind = createCard('approval', template);

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
  const warnings = warningsFor(request, 'second-person');
  const requester = cleanName(request.technician.name);
  const approveBy = request.approval?.approveBy ?? 0;
  return bind({
    ...targetData(request.target),
    heading: asks ? texts.heading : waits ? texts.pausedHeading : texts.approvedHeading,
    requester,
    asksFor: asks ? texts.asks : texts.asked,
    tenantLabel: labels.tenant,
    careful: asks ? texts.careful : texts.wasCareful,
    hasWarnings: warnings.length > 0,
    warnings: warnings.map((warning) => ({ warning })),
    rows: approvalRows(request),
    asks,
    approveLabel: texts.approve,
    approveDoes: ` ${texts.approveDoes(requester)}`,
    declineLabel: texts.decline,
    declineDoes: ` ${texts.declineDoes(requester)}`,
    whoMay: texts.whoMay,
    openUntilLabel: texts.openUntil,
    openUntilMacro: macroTime(approveBy),
    openUntil: sayTime(approveBy),
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
