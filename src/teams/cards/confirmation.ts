import { teamsTunables } from '../../base/index.ts';
import template from '../../../cards/confirmation.json' with { type: 'json' };
import {
  type CallerVerification,
  concernsOf,
  hasPrivateDetails,
  isAskedAmongOthers,
  isWaitingForApproval,
  isWaitingForConfirmation,
  type Policy,
  type PrivateFacts,
  type ResetRequest,
  findWaiting,
  findWaitingSince,
  mayBeCancelled,
  nameShownDoubt,
  nameShownTicket,
  statedFor,
  type Waiting,
  waitsForSignIn,
} from '../../reset/index.ts';
import {
  buttons,
  confirmationTexts,
  formatAskedApprovers,
  formatCardTime,
  formatCardTimeOfDay,
  formatSummary,
  formatTechnician,
  formatMethods,
  formatNumbers,
  graphFactTexts,
  isRecentChange,
  joinSentences,
  labels,
  mentionInCommands,
  needsNumber,
  sanitizeName,
  ticketDoubtTexts,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { formatRows, formatTarget, type Row, ticketRows } from './card-parts.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { renderOutcome } from './outcome.ts';
import { findWarnings } from './warnings.ts';

/** What a technician has to state before a reset, by the policy of the customer. */
export type RequiredProof = Pick<Policy, 'verification' | 'ticket'> & {
  /** Whether an approver has to agree after the press. */
  readonly needsApproval: boolean;
  /** Whether the password is written back to the customer's local directory. */
  readonly writesBack?: boolean | undefined;
};

const bind = compileCardTemplate('confirmation', template);

/**
 * The card of a request in the chat where it was asked for. Before the press it shows whose password it is and what
 * would make a careful person stop, and asks for proof. After the press it is the same card without inputs and buttons;
 * at the end it shows the outcome. Its buttons carry the id of the request, and
 * the one that resets carries what the card warns of its ticket, so that no press goes on past a warning that it did not show.
 *
 * @param now Milliseconds since 1970 in UTC.
 * @param told What Microsoft Graph tells of the person. It is shown before the press in the personal chat, and nowhere else.
 */
export function renderRequestCard(request: ResetRequest, proof: RequiredProof, now: number, told?: PrivateFacts): Card {
  const stage = findStage(request, now);
  if (stage === 'over') return renderOutcome(request);
  return renderStage(request, stage, proof, findWaiting(request, now), stage === 'ask' ? told : undefined);
}

type Stage = 'ask' | 'working' | 'waiting' | 'paused';

function findStage(request: ResetRequest, now: number): Stage | 'over' {
  switch (request.state) {
    case 'proposed':
      if (!isWaitingForConfirmation(request)) return findStageAfterPress(request);
      return now < request.confirmBy ? 'ask' : 'over';
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
      return findStageAfterPress(request);
    case 'reset':
    case 'delivering':
    case 'delivered':
    case 'hidden':
    case 'needs-attention':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return 'over';
  }
}

function findStageAfterPress(request: ResetRequest): Stage {
  if (waitsForSignIn(request)) return 'paused';
  return isWaitingForApproval(request) ? 'waiting' : 'working';
}

/** What is done now, or what is waited for and since when. */
function describeWork(request: ResetRequest, stage: Stage, held: Waiting | undefined): string {
  const texts = confirmationTexts;
  if (stage === 'ask') return '';
  if (held !== undefined) return texts.held[held.kind](formatCardTime(held.since));
  return stage === 'paused'
    ? texts.paused(formatCardTime(findWaitingSince(request) ?? request.proposedAt))
    : texts[stage];
}

const noProof: RequiredProof = { verification: { required: false, methods: [] }, ticket: 'off', needsApproval: false };

function renderStage(
  request: ResetRequest,
  stage: Stage,
  requiredProof: RequiredProof,
  held: Waiting | undefined,
  told: PrivateFacts | undefined,
): Card {
  const texts = confirmationTexts;
  const warnings = findWarnings(request, 'requester', told);
  const shown = isAskedAmongOthers(request) ? undefined : told;
  const asks = stage === 'ask';
  const { verification, ticket, needsApproval, writesBack = false } = asks ? requiredProof : noProof;
  const stated = statedFor(request, { verification, ticket });
  const asksHow = asks && stated.verification === undefined;
  const asksTicket = asks && stated.ticket === undefined;
  const working = request.approval === undefined ? texts.workingHeading : texts.approvedHeading;
  const heading = { ask: texts.heading, working, waiting: texts.waitingHeading, paused: texts.pausedHeading }[stage];
  const typedTicket =
    asksTicket && concernsOf(request.ticketFacts).length > 0 ? (request.ticketFacts?.named ?? '') : '';
  const shownTicket = nameShownTicket(request.ticketFacts);
  const shownDoubt = nameShownDoubt(request);
  const isWarned = shownTicket !== '' || shownDoubt !== '';
  const warned = typedTicket === '' ? warnings : [...warnings, ticketDoubtTexts.onCard];
  return bind({
    ...formatTarget(request.target),
    heading,
    summary: formatSummary(heading, request.target.user.displayName),
    tenantLabel: labels.tenant,
    careful: texts.careful,
    hasWarnings: warned.length > 0,
    warnings: warned.map((warning) => ({ warning })),
    rows: [
      ...(request.customerInferred === 'address' ? [{ label: labels.customer, value: texts.customerOfAddress }] : []),
      ...formatConfirmationRows(request, stated),
      ...(request.replaces === undefined || !asks
        ? []
        : [{ label: labels.replaces, value: texts.replaces(formatCardTime(request.replaces)) }]),
      ...formatToldRows(request, shown),
    ],
    asks,
    asksPlainly: asks && !isWarned,
    asksWarned: asks && isWarned,
    shownTicket,
    shownDoubt,
    methods: verification.methods.map((method) => ({ title: sanitizeName(method), value: method })),
    verificationStyle: verification.methods.length <= teamsTunables.maxVisibleMethods ? 'expanded' : 'compact',
    verificationLabel: texts.verification,
    verificationPlaceholder: texts.verificationPlaceholder,
    verificationMissing: texts.verificationMissing,
    verificationRequired: asksHow && verification.required,
    verificationOptional: asksHow && !verification.required && verification.methods.length > 0,
    ...formatNumbersOnFile(verification.methods, shown),
    hasMoreInOwnChat: asks && hasPrivateDetails(request, told),
    inOwnChat: texts.inOwnChat,
    ticketLabel: ticket === 'required' ? texts.ticket : texts.ticketOptional,
    ticketMissing: texts.ticketMissing,
    ticketValue: typedTicket,
    ticketRequired: asksTicket && ticket === 'required' && typedTicket === '',
    ticketOptional: asksTicket && ticket === 'optional' && typedTicket === '',
    ticketDoubted: asksTicket && typedTicket !== '',
    effect: joinSentences(
      needsApproval ? texts.effectAfterApproval : texts.effect,
      writesBack ? texts.effectWriteBack : undefined,
    ),
    openUntilLabel: texts.openUntil,
    openUntil: formatCardTimeOfDay(request.confirmBy),
    works: !asks,
    working: describeWork(request, stage, held),
    workingNext: asks
      ? ''
      : mentionInCommands(
          held === undefined ? describeNext(request, stage) : texts.heldNext[held.kind],
          request.askedIn,
        ),
    request: request.id,
    resetTitle: needsApproval ? buttons.askForApproval : buttons.reset,
    resetVerb: verbs.reset,
    resetStyle: warnings.length > 0 ? 'destructive' : 'positive',
    mayCancel: mayBeCancelled(request),
    cancelTitle: buttons.cancel,
    cancelVerb: verbs.cancel,
  });
}

/** What the technician weighs besides: when the password was last changed, and what the person signs in with. */
function formatToldRows(request: ResetRequest, told: PrivateFacts | undefined): readonly Row[] {
  if (told === undefined) return [];
  const { lastPasswordChange: at, methods } = told;
  return formatRows([
    [graphFactTexts.lastChange, isRecentChange(request, at) ? undefined : (at ?? graphFactTexts.neverChanged)],
    [graphFactTexts.methods, methods && formatMethods(methods)],
  ]);
}

/** The numbers to call back on stand beside the question how the caller was verified, where one of the answers needs them. */
function formatNumbersOnFile(methods: readonly string[], told: PrivateFacts | undefined) {
  const numbers = methods.some(needsNumber) ? told?.numbers : undefined;
  return {
    hasNumbers: numbers !== undefined,
    numbersLabel: graphFactTexts.numbers,
    numbers: numbers === undefined ? '' : `${formatNumbers(numbers, sanitizeName)}.`,
    numbersAdvice: numbers === undefined || numbers.length === 0 ? '' : graphFactTexts.numbersAdvice,
  } as const;
}

function describeNext({ approval }: ResetRequest, stage: Exclude<Stage, 'ask'>): string {
  const texts = confirmationTexts;
  if (stage !== 'waiting') return texts[`${stage}Next`];
  if (approval?.mentioned?.length === 0) return texts.nobodyHereNext;
  return approval?.isRequesterApprover === true ? texts.waitingNextForApprover : texts.waitingNext;
}

/** Who asked and when, and what was stated and decided since. */
function formatConfirmationRows(request: ResetRequest, stated: CallerVerification): readonly Row[] {
  const { technician, proposedAt, proof, approval } = request;
  const decision = approval?.decision;
  return formatRows([
    [labels.askedBy, formatTechnician(technician)],
    [labels.asked, proposedAt],
    // Among others it is shown only while the requester has to weigh it.
    [labels.verified, isAskedAmongOthers(request) ? stated.verification : (proof?.verification ?? stated.verification)],
    ...ticketRows({ ...request, stated }),
    [labels.approvedBy, decision && formatTechnician(decision.by)],
    [labels.waitsFor, isWaitingForApproval(request) ? formatAskedApprovers(request) : undefined],
    [labels.waitsUntil, isWaitingForApproval(request) ? approval?.approveBy : undefined],
  ]);
}
