import template from '../../../cards/list.json' with { type: 'json' };
import { useCaseTunables, type ResetRequestId } from '../../base/index.ts';
import {
  findWaitingSince,
  type Freeze,
  type History,
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
  describePastRequest,
  describeStandingNotes,
  formatAddress,
  formatCardTime,
  formatPastFacts,
  listTexts,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';

const bind = compileCardTemplate('list', template);

/** What a card of a list is for: whose it is, and from which row on it shows them. */
export type ListView = {
  /** An opaque mark of the person whose card it is. It proves nothing: each press is looked up by who presses. */
  readonly owner: string;
  readonly from: number;
  /** What a press on the card before has done. */
  readonly note?: string | undefined;
};

/** What the card `status` lists. */
export type OpenList = Unfinished & {
  readonly questions: readonly OpenQuestion[];
  readonly freezes: readonly Freeze[];
  readonly references: ReadonlyMap<ResetRequestId, string>;
  /** Whether others read the chat: then it holds what was asked there alone. */
  readonly isShared: boolean;
  /** Notes that are not in their tickets. */
  readonly standing?: StandingNotes | undefined;
};

type ListRow = {
  readonly who: string;
  readonly where: string;
  readonly what: string;
  readonly facts: string;
  readonly when: string;
  readonly reference: string;
  readonly button?: { readonly title: string; readonly verb: string; readonly of: string } | undefined;
};

/**
 * What of a technician's requests is not over, one row each: freezes first, then what needs attention, and questions last. A row
 * has a button where something can be done.
 */
export function renderStatus(open: OpenList, view: ListView): Card {
  const { requests, questions, freezes, withheld, isShared, standing } = open;
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

/** Earlier requests, the latest first, a page at a time. */
export function renderHistory(history: History, named: string | undefined, view: ListView): Card {
  const { of, requests, from, hasMore, isCut, withheld, references } = history;
  const name = named === undefined ? undefined : sanitizeName(named);
  const none = name === undefined ? [] : [listTexts.noHistoryOf(name)];
  const order = name === undefined ? listTexts.latestFirst : listTexts.of(name);
  const isEmpty = requests.length === 0;
  return bindList({
    id: 'history',
    heading: isEmpty ? listTexts.noHistory : listTexts[of],
    says: isEmpty ? none : [order],
    rows: requests.map((request) => pastRow(request, of, references)),
    closing: [...(isCut ? [listTexts.searchIsCut] : []), ...(withheld > 0 ? [listTexts.withheld(withheld)] : [])],
    pageVerb: verbs.history,
    of: named ?? '',
    owner: view.owner,
    from,
    hasMore,
  });
}

function renderList({
  rows,
  view: { owner, from: asked, note },
  says,
  closing,
  ...rest
}: Omit<ListContent, 'owner' | 'from' | 'hasMore' | 'rows'> & {
  readonly rows: readonly ListRow[];
  readonly view: ListView;
}): Card {
  const size = useCaseTunables.rowsOnPage;
  // A row that was taken back since may have been the only one of its page.
  const last = Math.max(0, Math.ceil(rows.length / size) - 1) * size;
  const from = Math.min(asked, last);
  const page = rows.slice(from, from + size);
  const isPaged = rows.length > size;
  const place = isPaged ? [listTexts.page(from + 1, from + page.length, rows.length)] : [];
  return bindList({
    ...rest,
    owner,
    from,
    hasMore: from + size < rows.length,
    says: [...(note === undefined ? [] : [note]), ...says],
    closing: [...place, ...closing],
    rows: page,
  });
}

type ListContent = {
  readonly id: 'status' | 'history';
  readonly heading: string;
  readonly says: readonly string[];
  readonly rows: readonly ListRow[];
  readonly closing: readonly string[];
  readonly pageVerb: string;
  readonly of: string;
  readonly owner: string;
  readonly from: number;
  readonly hasMore: boolean;
};

function bindList({ id, heading, says, rows, closing, pageVerb, of, owner, from, hasMore }: ListContent): Card {
  const size = useCaseTunables.rowsOnPage;
  return bind({
    id,
    heading,
    summary: heading,
    notes: says.map((text) => ({ text })),
    rows: rows.map(({ button, ...row }) => ({
      ...row,
      hasWhere: row.where !== '',
      hasFacts: row.facts !== '',
      hasWhen: row.when !== '',
      hasReference: row.reference !== '',
      hasButton: button !== undefined,
      title: button?.title ?? '',
      verb: button?.verb ?? '',
      request: button?.of ?? '',
      owner,
      from: String(from),
    })),
    closing: closing.map((text) => ({ text })),
    pageVerb,
    owner,
    of,
    hasBack: from > 0,
    back: String(Math.max(0, from - size)),
    backTitle: buttons.back,
    hasNext: hasMore,
    next: String(from + size),
    nextTitle: buttons.next,
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

function pastRow(request: ResetRequest, of: History['of'], references: History['references']): ListRow {
  const at = request.resetAt ?? request.endedAt ?? request.proposedAt;
  return {
    ...formatWho(request),
    what: describePastRequest(request),
    facts: formatPastFacts(request, of),
    when: listTexts.at(formatCardTime(at)),
    reference: references.get(request.id) ?? makeReference(request.id),
  };
}

function formatWho({ target: { user, customer } }: ResetRequest): Pick<ListRow, 'who' | 'where'> {
  return {
    who: sanitizeName(user.displayName),
    where: listTexts.where(formatAddress(user.userPrincipalName, sanitizeName), sanitizeName(customer.name)),
  };
}
