/** The JSON of an answer, which may begin with a byte order mark. Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/**
 * A field of an object of an answer, with its name in camelCase or in PascalCase. Undefined where the field is missing or
 * null, or where `from` is no object.
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

/** A field that is text. Undefined where it is missing, null, empty or no text. */
export function readText(from: unknown, name: string): string | undefined {
  const value = readField(from, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a text can be sent as a header unchanged: plain ASCII without spaces at its ends. */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** Link to the next page as the service wrote it, with the headers that the service wants back. */
export type NextPage = { readonly uri: string; readonly headers: Readonly<Record<string, string>> };

/** A page of an answer. */
export type WirePage<Item> = {
  readonly items: readonly Item[];
  /** How many items could not be read. */
  readonly skipped: number;
  readonly totalCount: number | undefined;
  readonly next: NextPage | undefined;
};

/**
 * Reads a page of an answer. Undefined where it has no list of items, or a link to a next page that cannot be used. Also
 * undefined where an item cannot be read, unless `skipUnreadable` is set.
 * See learn.microsoft.com/partner-center/developer/get-a-list-of-customers.
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
    if (isContinuationHeader(key)) {
      headers[key.toLowerCase()] = text;
    }
  }
  return { uri, headers };
}

/** An answer may set the continuation headers of the next request, and no other header. */
function isContinuationHeader(key: string): boolean {
  return /^MS-[A-Z-]*Continuation[A-Z-]*$/i.test(key);
}
