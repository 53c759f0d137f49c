/** JSON from the text of an answer, which may begin with a byte order mark; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/**
 * A field of an object off the wire, whether its name is written in camelCase or in PascalCase.
 * Null and a missing field are both undefined, and so is any field of what is no object.
 */
export function readField(from: unknown, name: string): unknown {
  if (!isObject(from)) {
    return undefined;
  }
  return from[name] ?? from[name.charAt(0).toUpperCase() + name.slice(1)] ?? undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A field that is text; undefined where it is missing, null, empty or something else. */
export function readText(from: unknown, name: string): string | undefined {
  const value = readField(from, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a text goes out as a header just as it is: plain ASCII without space at its ends. */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

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
  const next = readNextPage(link);
  return next === undefined ? undefined : { ...page, next };
}

function readNextPage(link: unknown): NextPage | undefined {
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
