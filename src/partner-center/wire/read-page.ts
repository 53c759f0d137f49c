import { isHeaderValue } from './is-header-value.ts';
import { readField } from './read-field.ts';
import { readText } from './read-text.ts';

/** Where a collection goes on: an address as the service wrote it, and the headers it wants back. */
export type NextPage = { readonly uri: string; readonly headers: Readonly<Record<string, string>> };

/** A page off the wire. */
export type WirePage<Item> = {
  readonly items: readonly Item[];
  /** How many items could not be read. */
  readonly skipped: number;
  readonly totalCount: number | undefined;
  readonly next: NextPage | undefined;
};

/**
 * Reads a page; undefined where it has no list of items, or its next page cannot be asked for, or one of the items cannot
 * be read and they are not to be skipped.
 */
export function readPage<Item>(
  value: unknown,
  readItem: (item: unknown) => Item | undefined,
  skipUnreadable = false,
): WirePage<Item> | undefined {
  const wireItems = readField(value, 'items');
  if (!Array.isArray(wireItems)) {
    return undefined;
  }
  const items: Item[] = [];
  for (const wireItem of wireItems) {
    const item = readItem(wireItem);
    if (item !== undefined) {
      items.push(item);
    } else if (!skipUnreadable) {
      return undefined;
    }
  }
  const totalCount = readField(value, 'totalCount');
  const link = readField(readField(value, 'links'), 'next');
  const page = {
    items,
    skipped: wireItems.length - items.length,
    totalCount: typeof totalCount === 'number' ? totalCount : undefined,
  };
  if (link === undefined) {
    return { ...page, next: undefined };
  }
  const next = readNext(link);
  return next === undefined ? undefined : { ...page, next };
}

function readNext(link: unknown): NextPage | undefined {
  const uri = readText(link, 'uri');
  const wireHeaders = readField(link, 'headers') ?? [];
  if (uri === undefined || !Array.isArray(wireHeaders)) {
    return undefined;
  }
  const headers: Record<string, string> = {};
  for (const header of wireHeaders) {
    const key = readText(header, 'key');
    const text = readText(header, 'value')?.trim();
    if (key === undefined || text === undefined || !isHeaderValue(text)) {
      return undefined;
    }
    if (mayBeSentBack(key)) {
      headers[key.toLowerCase()] = text;
    }
  }
  return { uri, headers };
}

/** Rule: an answer chooses no header but those that say where a list goes on. */
function mayBeSentBack(key: string): boolean {
  return /^MS-[A-Z-]*Continuation[A-Z-]*$/i.test(key);
}
