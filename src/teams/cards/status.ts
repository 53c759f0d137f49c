import type { ResetRequestId } from '../../base/index.ts';
import {
  findWaitingSince,
  type Freeze,
  makeReference,
  mayBeCancelled,
  type OpenQuestion,
  type ResetRequest,
  type StandingNotes,
  type Unfinished,
} from '../../reset/index.ts';
import {
  buttons,
  describeFreeze,
  describeOpenQuestion,
  describeOpenRequest,
  describeStandingNotes,
  formatCardTime,
  listTexts,
  sanitizeName,
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
    ...freezes.map(freezeRow),
    ...[...urgent, ...others].map((request) => openRow(request, open.references)),
    ...questions.map(questionRow),
  ];
  const isOpen = requests.length + questions.length > 0;
  const nothing = isShared ? listTexts.nothingOpenHere : listTexts.nothingOpen;
  return renderList({
    id: 'status',
    heading: isOpen ? listTexts.status : nothing,
    rows,
    view,
    says: isOpen || isShared || withheld > 0 ? [] : [listTexts.everythingIsOver],
    closing: [
      ...(withheld > 0 ? [listTexts.withheld(withheld)] : []),
      ...(standing === undefined ? [] : describeStandingNotes(standing)),
      ...(isOpen ? [listTexts.byReference] : []),
      ...(olderQuestions > 0 ? [listTexts.olderQuestions(olderQuestions)] : []),
      ...(isShared ? [listTexts.here] : []),
    ],
    pageVerb: verbs.status,
    of: '',
  });
}

/** The freezes in force: who froze what and when, and how each one ends. */
export function renderFreezes(freezes: readonly Freeze[], view: ListView): Card {
  const rows = freezes.map(freezeRow);
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

function openRow(request: ResetRequest, references: OpenList['references']): ListRow {
  const since = listTexts.since(formatCardTime(findSince(request)));
  return {
    ...formatWho(request),
    what: describeOpenRequest(request),
    facts: '',
    when: since,
    reference: references.get(request.id) ?? makeReference(request.id),
    button: findButton(request),
  };
}

/** What can be done about a request with one press. */
function findButton(request: ResetRequest): ListRow['button'] {
  if (mayBeCancelled(request)) return { title: buttons.cancel, verb: verbs.cancelListed, of: request.id };
  const hides = request.state === 'delivered' && request.sealedPassword !== undefined;
  return hides ? { title: buttons.hide, verb: verbs.hideListed, of: request.id } : undefined;
}

/** Since when a request waits for what it waits for. */
function findSince(request: ResetRequest): number {
  const { state, approval, deliveredAt, resetAt, proposedAt } = request;
  if (state === 'awaiting-approval' && approval?.decision === undefined) return approval?.askedAt ?? proposedAt;
  return deliveredAt ?? resetAt ?? findWaitingSince(request) ?? proposedAt;
}

function questionRow(question: OpenQuestion): ListRow {
  return {
    who: sanitizeName(question.asks.typed, undefined, listTexts.question),
    where: '',
    what: describeOpenQuestion(question),
    facts: '',
    when: listTexts.since(formatCardTime(question.askedAt)),
    reference: makeReference(question.becomes),
    button: { title: buttons.cancel, verb: verbs.cancelListedQuestion, of: question.id },
  };
}

function freezeRow(freeze: Freeze): ListRow {
  const { who, what, by } = describeFreeze(freeze);
  return { who, where: '', what, facts: by, when: listTexts.sinceAlone(formatCardTime(freeze.at)), reference: '' };
}
