import template from '../../../cards/confirmation.json' with { type: 'json' };
import { type ResetRequest, waitsForSignIn } from '../../reset/index.ts';
import {
  buttons,
  confirmationTexts,
  formatMacroTime,
  formatTechnician,
  formatTime,
  labels,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { renderOutcome, type Row } from './outcome.ts';
import { findWarnings, formatTarget } from './warnings.ts';

/** The card of a request as it stands at `now` (milliseconds since 1970 in UTC). */
export function renderRequestCard(request: ResetRequest, wanted: RequiredProof, now: number): Card {
  switch (request.state) {
    case 'proposed':
      if (request.confirmedAt !== undefined) return renderWorking(request);
      return now < request.confirmBy ? renderConfirmation(request, wanted) : renderOutcome(request);
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
      return renderWorking(request);
    case 'reset':
    case 'delivering':
    case 'delivered':
    case 'hidden':
    case 'needs-attention':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return renderOutcome(request);
  }
}

/**
 * The card that shows whose password it is, and what would make a careful person stop, and asks for proof and the press.
 * Its buttons carry the id of the request and nothing else.
 */
export function renderConfirmation(request: ResetRequest, wanted: RequiredProof): Card {
  return renderConfirmationStage(request, { kind: 'ask', wanted });
}

/** The confirmation after the press, while it is not finished: whose password it is, and nothing left to press. */
export function renderWorking(request: ResetRequest): Card {
  const isWaiting = request.state === 'awaiting-approval' && request.approval?.decision === undefined;
  if (waitsForSignIn(request)) return renderConfirmationStage(request, { kind: 'paused' });
  return renderConfirmationStage(request, { kind: isWaiting ? 'waiting' : 'working' });
}

/** `ask`: with inputs and buttons; `working`, `waiting` and `paused`: the same card after the press, with neither. */
type ConfirmationStage =
  { readonly kind: 'ask'; readonly wanted: RequiredProof } | { readonly kind: 'working' | 'waiting' | 'paused' };

const bind = compileCardTemplate('confirmation', template);

/** The card `confirmation` at one of its stages. */
function renderConfirmationStage(request: ResetRequest, stage: ConfirmationStage): Card {
  const texts = confirmationTexts;
  const target = formatTarget(request.target);
  const warnings = findWarnings(request);
  const asks = stage.kind === 'ask';
  const wanted = asks ? stage.wanted : { methods: [], verificationRequired: false, ticket: 'off', secondPerson: false };
  const working = request.approval === undefined ? texts.workingHeading : texts.approvedHeading;
  const heading = { ask: texts.heading, working, waiting: texts.waitingHeading, paused: texts.pausedHeading }[
    stage.kind
  ];
  return bind({
    ...target,
    heading,
    tenantLabel: labels.tenant,
    careful: texts.careful,
    hasWarnings: warnings.length > 0,
    warnings: warnings.map((warning) => ({ warning })),
    rows: [
      ...(request.customerInferred === 'address' ? [{ label: labels.customer, value: texts.customerOfAddress }] : []),
      ...formatConfirmationRows(request),
    ],
    asks,
    methods: wanted.methods.map((method) => ({ title: sanitizeName(method), value: method })),
    verificationLabel: texts.verification,
    verificationPlaceholder: texts.verificationPlaceholder,
    verificationMissing: texts.verificationMissing,
    verificationRequired: wanted.verificationRequired,
    verificationOptional: !wanted.verificationRequired && wanted.methods.length > 0,
    ticketLabel: wanted.ticket === 'required' ? texts.ticket : texts.ticketOptional,
    ticketMissing: texts.ticketMissing,
    ticketRequired: wanted.ticket === 'required',
    ticketOptional: wanted.ticket === 'optional',
    effect: wanted.secondPerson ? texts.effectAfterApproval : texts.effect,
    openUntilLabel: texts.openUntil,
    openUntilMacro: formatMacroTime(request.confirmBy),
    openUntil: formatTime(request.confirmBy),
    works: !asks,
    working: asks ? '' : texts[stage.kind],
    workingNext: asks ? '' : texts[`${stage.kind}Next`],
    request: request.id,
    resetTitle: buttons.reset,
    resetVerb: verbs.reset,
    resetStyle: warnings.length > 0 ? 'destructive' : 'positive',
    cancelTitle: buttons.cancel,
    cancelVerb: verbs.cancel,
  });
}

/** Who asked and when, and what was said and decided since. */
function formatConfirmationRows(request: ResetRequest): readonly Row[] {
  const { technician, proposedAt, proof, approval } = request;
  const decision = approval?.decision;
  const isWaiting = request.state === 'awaiting-approval' && decision === undefined;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.askedBy, formatTechnician(technician)],
    [labels.asked, formatTime(proposedAt)],
    [labels.verified, proof?.verification],
    [labels.ticket, proof?.ticket],
    [labels.approvedBy, decision && formatTechnician(decision.by)],
    [labels.waitsUntil, isWaiting && approval ? formatTime(approval.approveBy) : undefined],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value: sanitizeName(value, 300) }]));
}

/** What the policy wants of a technician before a reset. */
type RequiredProof = {
  /** How a caller can have been verified, as the policy names it; what comes back in `verification` is one of these. */
  readonly methods: readonly string[];
  readonly verificationRequired: boolean;
  readonly ticket: 'required' | 'optional' | 'off';
  /** Whether a second person has to approve it after the press. */
  readonly secondPerson: boolean;
};
