import type { ResetRequestId } from '../../base/index.ts';
import {
  type Conversation,
  findWaitingSince,
  type Freeze,
  isPasswordKept,
  makeReference,
  mayBeCancelled,
  type OpenQuestion,
  type ResetRequest,
  type StandingNotes,
  type Technician,
  type Unfinished,
} from '../../reset/index.ts';
import {
  beginLine,
  buttons,
  describeFreeze,
  describeOpenQuestion,
  describeOpenRequest,
  describeStandingNotes,
  describeWhom,
  formatCardTime,
  listTexts,
  mentionInCommands,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import type { Card } from './card-template.ts';
import { formatWho, type ListRow, type ListView, renderList } from './list.ts';

/** What the card `status` lists. */
export type OpenList = Unfinished & {
  readonly questions: readonly OpenQuestion[];
  /** How many further questions wait. They are counted and have no row. */
  readonly olderQuestions?: number;
  readonly freezes: readonly Freeze[];
  /** Whose card it is, and whether they may lift a freeze. */
  readonly reader: Technician;
  readonly mayThaw: boolean;
  readonly references: ReadonlyMap<ResetRequestId, string>;
  /** Whether others read the chat: then it holds what was asked there alone. */
  readonly isShared: boolean;
  /** Notes that are not in their tickets. */
  readonly standing?: StandingNotes | undefined;
};

/**
 * What of a technician's requests is not over, one row each: freezes first, then what needs attention, and questions last. A row
 * has a button where something can be done.
 */
export function renderStatus(open: OpenList, view: ListView): Card {
  const { requests, questions, freezes, withheld, isShared, standing, olderQuestions = 0 } = open;
  const urgent = requests.filter(({ attention }) => attention !== undefined);
  const others = requests.filter(({ attention }) => attention === undefined);
  const rows = [
    ...freezes.map((freeze) => freezeRow(freeze, open)),
    ...[...urgent, ...others].map((request) => openRow(request, open)),
    ...questions.map((question) => questionRow(question, isShared)),
  ];
  const isOpen = requests.length + questions.length > 0;
  const mayTakeBack = questions.length > 0 || requests.some(mayBeCancelled);
  const nothing = isShared ? listTexts.nothingOpenHere : listTexts.nothingOpen;
  return renderList({
    id: 'status',
    heading: isOpen ? (freezes.length > 0 ? listTexts.statusAndFrozen : listTexts.status) : nothing,
    rows,
    view,
    says: isOpen || isShared || withheld > 0 ? [] : [listTexts.everythingIsOver],
    closing: [
      ...(withheld > 0 ? [listTexts.withheld(withheld)] : []),
      ...(standing === undefined ? [] : describeStandingNotes(standing)),
      ...(mayTakeBack ? [isShared ? listTexts.byReferenceHere : listTexts.byReference] : []),
      ...(olderQuestions > 0 ? [listTexts.olderQuestions(olderQuestions)] : []),
      ...(isShared ? [listTexts.here] : []),
    ],
    pageVerb: verbs.status,
    of: '',
  });
}

/** The freezes in force: who froze what and when, and how each one ends. */
export function renderFreezes(frozen: Pick<OpenList, 'freezes' | 'reader' | 'mayThaw'>, view: ListView): Card {
  const rows = frozen.freezes.map((freeze) => freezeRow(freeze, frozen));
  const says = view.note === undefined ? [] : [view.note];
  return renderList({
    id: 'status',
    heading: listTexts.frozen,
    rows,
    view: { ...view, note: undefined },
    says,
    closing: [],
    pageVerb: verbs.status,
    of: '',
  });
}

function openRow(request: ResetRequest, { references, isShared }: Pick<OpenList, 'references' | 'isShared'>): ListRow {
  return {
    ...formatWho(request),
    what: isShared ? mentionInCommands(describeOpenRequest(request), request.askedIn) : describeOpenRequest(request),
    facts: '',
    when: formatSince(findSince(request), request, isShared),
    reference: references.get(request.id) ?? makeReference(request.id),
    button: findButton(request),
  };
}

/** Since when something waits, and in which chat; that chat needs no name in itself. */
function formatSince(at: number, { askedIn }: { readonly askedIn: Conversation }, isShared: boolean): string {
  const time = formatCardTime(at);
  return isShared ? listTexts.since(time) : listTexts.sinceIn[askedIn.kind](time);
}

/** What can be done about a request with one press. */
function findButton(request: ResetRequest): ListRow['button'] {
  if (mayBeCancelled(request)) return { title: buttons.cancel, verb: verbs.cancelListed, of: request.id };
  return isPasswordKept(request) ? { title: buttons.hide, verb: verbs.hideListed, of: request.id } : undefined;
}

/** Since when a request waits for what it waits for. */
function findSince(request: ResetRequest): number {
  const { state, approval, deliveredAt, resetAt, proposedAt } = request;
  if (state === 'awaiting-approval' && approval?.decision === undefined) return approval?.askedAt ?? proposedAt;
  return deliveredAt ?? resetAt ?? findWaitingSince(request) ?? proposedAt;
}

function questionRow(question: OpenQuestion, isShared: boolean): ListRow {
  return {
    who: beginLine(describeWhom(question)),
    where: '',
    // It is answered in its own chat, wherever this is read.
    what: mentionInCommands(describeOpenQuestion(question), question.askedIn),
    facts: '',
    when: formatSince(question.askedAt, question, isShared),
    reference: makeReference(question.becomes),
    button: { title: buttons.cancel, verb: verbs.cancelListedQuestion, of: question.id },
  };
}

function freezeRow(freeze: Freeze, reader: Pick<OpenList, 'reader' | 'mayThaw'>): ListRow {
  const { who, what, by } = describeFreeze(freeze, reader);
  return { who, where: '', what, facts: by, when: listTexts.sinceAlone(formatCardTime(freeze.at)), reference: '' };
}
