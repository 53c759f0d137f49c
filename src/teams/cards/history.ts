import { type History, makeReference, type NamedFreeze, type ResetRequest } from '../../reset/index.ts';
import {
  describePastFreeze,
  describePastRequest,
  formatCardTime,
  formatPastDetails,
  formatPastFacts,
  listTexts,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import type { Card } from './card-template.ts';
import { bindList, formatWho, type ListRow, type ListView } from './list.ts';

/** Earlier requests and freezes, the latest first, a page at a time. */
export function renderHistory(history: History, named: string | undefined, view: ListView): Card {
  const { of, requests, freezes = [], from, hasMore, isCut, areFreezesCut = false, withheld } = history;
  const name = named === undefined ? undefined : sanitizeName(named);
  const isEmpty = requests.length + freezes.length === 0;
  const order = name === undefined ? listTexts.latestFirst : listTexts.of(name);
  const nothing = name === undefined ? listTexts.noHistory : listTexts.nothingFound;
  const none = name === undefined ? [] : [listTexts.noHistoryOf(name)];
  const [only, ...others] = requests;
  const details = history.isByReference && only !== undefined && others.length === 0 ? formatPastDetails(only) : [];
  return bindList({
    id: 'history',
    heading: isEmpty ? nothing : history.isByReference ? listTexts.byThatReference : listTexts[of],
    says: isEmpty ? none : history.isByReference ? [] : [order],
    rows: mergeByTime(
      requests.map((request) => ({
        at: request.proposedAt,
        row: pastRow(request, details.length > 0 ? 'own' : of, history),
      })),
      freezes.map((freeze) => ({ at: freeze.at, row: freezeRow(freeze) })),
    ),
    closing: [
      ...details,
      ...(isCut ? [listTexts.searchIsCut] : []),
      ...(areFreezesCut ? [listTexts.freezesAreCut] : []),
      ...(withheld > 0 ? [listTexts.withheld(withheld)] : []),
    ],
    pageVerb: verbs.history,
    of: named ?? '',
    owner: view.owner,
    from,
    hasMore,
  });
}

function pastRow(
  request: ResetRequest,
  of: History['of'],
  { of: whose, references, notes }: Pick<History, 'of' | 'references' | 'notes'>,
): ListRow {
  return {
    ...formatWho(request),
    what: describePastRequest(request, whose),
    facts: formatPastFacts(request, of, notes?.get(request.id)),
    when: listTexts.at(formatCardTime(request.proposedAt)),
    reference: references.get(request.id) ?? makeReference(request.id),
  };
}

type TimedRow = { readonly at: number; readonly row: ListRow };

/** The latest first. */
function mergeByTime(...rows: readonly (readonly TimedRow[])[]): readonly ListRow[] {
  return rows
    .flat()
    .toSorted((one, other) => other.at - one.at)
    .map(({ row }) => row);
}

function freezeRow(freeze: NamedFreeze): ListRow {
  const { who, what, by } = describePastFreeze(freeze);
  return { who, where: '', what, facts: by, when: formatCardTime(freeze.at), reference: '' };
}
