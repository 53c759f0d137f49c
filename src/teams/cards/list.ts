import template from '../../../cards/list.json' with { type: 'json' };
import { useCaseTunables } from '../../base/index.ts';
import type { ResetRequest } from '../../reset/index.ts';
import { buttons, formatAddress, listTexts, sanitizeName } from '../../texts/index.ts';
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

/** One row: whom it is about, what there is to say, and the button of what can be done. */
export type ListRow = {
  readonly who: string;
  readonly where: string;
  readonly what: string;
  readonly facts: string;
  readonly when: string;
  readonly reference: string;
  readonly button?: { readonly title: string; readonly verb: string; readonly of: string } | undefined;
};

/** A page of rows that are all there. */
export function renderList({
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

/** A page of rows of which others are not read. */
export function bindList({ id, heading, says, rows, closing, pageVerb, of, owner, from, hasMore }: ListContent): Card {
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

/** Whom a row is about, and where. */
export function formatWho({ target: { user, customer } }: ResetRequest): Pick<ListRow, 'who' | 'where'> {
  return {
    who: sanitizeName(user.displayName),
    where: listTexts.where(formatAddress(user.userPrincipalName, sanitizeName), sanitizeName(customer.name)),
  };
}
