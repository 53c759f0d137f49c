import { type Clock, type Log, storeTunables } from '../base/index.ts';
import type { AuditHead } from '../store/index.ts';

type HeadLog = {
  /** Prints the head as it stands, and from then on when it is due. */
  start(): Promise<void>;
  /** Counts records that are being written. */
  readonly wrote: (records: number) => void;
  /** Prints the head for the last time. */
  stop(): Promise<void>;
};

/**
 * Prints the head of the trail to the log, which a person who alters the database does not reach. A printed head shows
 * that the end of a trail was cut off. Only committed records count. The first record is printed soon, so that every log
 * has a head. An unchanged head is printed at start and stop only.
 */
export function createHeadLog({
  head,
  clock,
  log,
}: {
  readonly head: () => Promise<AuditHead | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}): HeadLog {
  let records = 0;
  let printed = '';
  let printing: Promise<void> = Promise.resolve();
  let cancelTimer: (() => void) | undefined;
  let cancelFirst: (() => void) | undefined;

  const readAndPrint = async (isAsked: boolean): Promise<void> => {
    try {
      const now = await head();
      if (now === undefined || (!isAsked && now.hash === printed)) return;
      printed = now.hash;
      log({ level: 'info', event: 'audit-head', number: now.number, hash: now.hash });
    } catch {
      log({ level: 'warn', event: 'audit-head-unreadable' });
    }
  };

  const print = (isAsked: boolean): Promise<void> => {
    printing = printing.then(() => readAndPrint(isAsked));
    return printing;
  };

  const schedule = (): void => {
    cancelTimer?.();
    cancelTimer = clock.after(storeTunables.headPrintedAfterMilliseconds, () => {
      void printWhenDue();
    });
  };

  const printWhenDue = (): Promise<void> => {
    records = 0;
    schedule();
    return print(false);
  };

  const printFirst = (): void => {
    cancelFirst ??= clock.after(storeTunables.firstHeadDelayMilliseconds, () => {
      cancelFirst = undefined;
      void print(false);
    });
  };

  return {
    start() {
      schedule();
      return print(true);
    },
    wrote(count) {
      records += count;
      if (cancelTimer === undefined) return;
      if (records >= storeTunables.headPrintedAfterRecords) void printWhenDue();
      else if (printed === '') printFirst();
    },
    stop() {
      cancelTimer?.();
      cancelTimer = undefined;
      cancelFirst?.();
      return print(true);
    },
  };
}

/** A head that was printed; `at` is when, in milliseconds since 1970, where the line says so. */
export type PrintedHead = AuditHead & { readonly at?: number | undefined };

const headPattern = /^([1-9]\d{0,14}):([0-9a-f]{64})$/;

/** Reads a head as it is written on a command line, `NUMBER:HASH`. Undefined: it is none. */
export function parseHead(text: string): AuditHead | undefined {
  const [, number, hash] = headPattern.exec(text.trim()) ?? [];
  return number === undefined || hash === undefined ? undefined : { number: Number(number), hash };
}

const headEventPattern = /audit-head(?![\w-])/;

/**
 * Reads the heads in one line of a log. A collector may have wrapped the line: in other objects, beside other events, or
 * as a text within a text. `isUnread`: the line names a head that could not be read.
 */
export function readHeadsInLine(line: string): { readonly heads: readonly PrintedHead[]; readonly isUnread: boolean } {
  if (!headEventPattern.test(line)) return { heads: [], isUnread: false };
  const heads: PrintedHead[] = [];
  let unread = 0;
  readText(line, 0);
  return { heads, isUnread: unread > 0 || heads.length === 0 };

  function readText(text: string, depth: number): void {
    if (!headEventPattern.test(text)) return;
    const before = heads.length + unread;
    if (depth < storeTunables.maxHeadTextDepth) {
      for (const value of findJsonObjects(text)) readValue(value, depth + 1, 0);
      // An escaped line that stands outside of any JSON text.
      if (heads.length + unread === before && text.includes('\\')) readText(unescapeOnce(text), depth + 1);
    }
    if (heads.length + unread === before) unread += 1;
  }

  function readValue(value: unknown, depth: number, nesting: number): void {
    if (typeof value === 'string') return readText(value, depth);
    if (typeof value !== 'object' || value === null || nesting > storeTunables.maxHeadObjectDepth) return;
    if ('event' in value && value.event === 'audit-head') {
      const head = readLoggedHead(value);
      if (head === undefined) unread += 1;
      else heads.push(head);
      return;
    }
    for (const part of Object.values(value)) if (part !== 'audit-head') readValue(part, depth, nesting + 1);
  }
}

function unescapeOnce(text: string): string {
  return text.replaceAll(/\\(["\\/])/g, '$1');
}

/** Some collectors make texts of all numbers. */
function readLoggedHead(value: object): PrintedHead | undefined {
  const number = 'number' in value ? String(value.number) : '';
  const hash = 'hash' in value ? value.hash : undefined;
  if (!/^[1-9]\d{0,14}$/.test(number) || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  const at = 'at' in value && typeof value.at === 'string' ? Date.parse(value.at) : Number.NaN;
  return { number: Number(number), hash, ...(!Number.isNaN(at) && { at }) };
}

/** The JSON objects that stand in a text one after the other, with any text between them. */
function* findJsonObjects(text: string): Generator<unknown, void> {
  let failures = 0;
  for (let start = text.indexOf('{'); start !== -1 && failures < storeTunables.maxHeadFailures;) {
    const end = findObjectEnd(text, start);
    const value = end === undefined ? undefined : parseJson(text.slice(start, end));
    if (value === undefined || end === undefined) failures += 1;
    else yield value;
    start = text.indexOf('{', value === undefined ? start + 1 : end);
  }
}

/** Behind the brace that closes the one at `start`; undefined where none does. */
function findObjectEnd(text: string, start: number): number | undefined {
  const marks = /\\.|["{}]/gs;
  marks.lastIndex = start;
  let open = 0;
  let isText = false;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') isText = !isText;
    else if (!isText && mark[0] === '{') open += 1;
    else if (!isText && mark[0] === '}') {
      open -= 1;
      if (open === 0) return marks.lastIndex;
    }
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
