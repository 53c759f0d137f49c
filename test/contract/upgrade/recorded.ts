import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Contact, KeptTokens } from '../../../src/reset/ports/stores.ts';
import type { OpenWork } from '../../../src/reset/ports/request-store.ts';
import type { Target } from '../../../src/reset/target.ts';
import { own } from '../../support/own.ts';
import { withoutLaterWording } from './later-wording.ts';

/** What commit 84dc7a8 showed of one request: its cards and its plain texts. */
export type ShownRequest = {
  readonly state: string;
  readonly version: number;
  readonly correlationId: string;
  /** The password that is sealed in it. One of the two sealing keys opens it. */
  readonly password?: string | undefined;
  readonly card: unknown;
  readonly approval?: unknown;
  readonly directMessage?: unknown;
  /** The direct message with its password, and with a button that reveals it. Present while the request is `delivered`. */
  readonly withPassword?: unknown;
  readonly onDemand?: unknown;
  readonly undelivered?: string | undefined;
  readonly refusal?: string | undefined;
  readonly endOfWait?: string | undefined;
};
export type ShownQuestion = {
  readonly state: string;
  readonly version: number;
  readonly card?: unknown;
};

/** Where a request stood after commit 84dc7a8 had run it to its end. */
export type End = {
  readonly state: string;
  readonly refusal?: string | undefined;
  readonly attention?: string | undefined;
  /** Counts of passwords: sent to Partner Center, and put into a chat. */
  readonly sent: number;
  readonly put: number;
};

/** What is recorded about one database, besides its requests and questions. */
export type RecordedDatabase = {
  readonly trail: { readonly rows: number; readonly head: string };
  readonly contacts: readonly Contact[];
  readonly freezes: { readonly inForce: readonly string[]; readonly says: string };
  readonly tokens?: KeptTokens | undefined;
  readonly openWork: OpenWork;
  /** The ids of the rows in it. */
  readonly requests: readonly string[];
  readonly questions: readonly string[];
};

/** One story, as both databases hold it. The SQLite database may hold more of it than the PostgreSQL one. */
export type RecordedStory = {
  /** The instant at which it was written, and for which the cards were rendered. */
  readonly at: number;
  readonly databases: { readonly sqlite: RecordedDatabase; readonly postgres: RecordedDatabase };
  /** By id: a label, what was shown, and the end. */
  readonly requests: Readonly<
    Record<string, { readonly label: string; readonly shown: ShownRequest; readonly end: End }>
  >;
  readonly questions: Readonly<
    Record<string, { readonly label: string; readonly shown: ShownQuestion; readonly end: string }>
  >;
  /** Every user that the directory knew. */
  readonly people: readonly Target[];
};

export type Recorded = {
  readonly keys: { readonly sealing: readonly string[]; readonly audit: string };
  readonly app: { readonly tenantId: string; readonly clientId: string };
  /** The sign-in that is stored sealed. */
  readonly signIn: { readonly accessToken: string; readonly cache: string; readonly account: string };
  readonly stories: { readonly all: RecordedStory; readonly frozen: RecordedStory };
};

const folder = new URL('../fixtures/', import.meta.url);

/** Reads the recorded values. A subtree that occurs more than once is kept in `parts`; `{ "$": index }` stands for it. */
export function readRecorded(): Recorded {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file was written in this shape
  const { parts, ...rest } = JSON.parse(readFileSync(new URL('before-rebuild.json', folder), 'utf8')) as {
    readonly parts: readonly unknown[];
  };
  const unfold = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unfold);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first?.[0] === '$') return unfold(parts[Number(first[1])]);
    return Object.fromEntries(entries.map(([key, one]) => [key, unfold(one)]));
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file was written in this shape
  return unfold(rest) as Recorded;
}

/** Reads a fixture and decompresses it. */
export function readFixture(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`${name}.gz`, folder)));
}

/** Returns the value as it reads after being written to a JSON file. */
export function asPlain<Value>(value: Value): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same without what is undefined
  return JSON.parse(JSON.stringify(value)) as Value;
}

/**
 * The same, without what is shown otherwise since this was recorded: words, times, and the password of words, which was laid
 * out and spelled in another way. Of that the password's text alone is compared.
 */
export function withoutLaterWords(shown: ShownRequest | undefined): ShownRequest | undefined {
  if (shown === undefined) return undefined;
  const plain = withoutLaterWording(shown);
  const body = listOf(own(plain.withPassword, 'body'));
  if (body.length === 0) return plain;
  const at = body.findIndex((part) => findPassword(part) !== undefined);
  if (at === -1) throw new Error('a direct message with a password shows none');
  return {
    ...plain,
    withPassword: { ...Object(plain.withPassword), body: body.toSpliced(at, 2, findPassword(body[at])) },
  };
}

function findPassword(part: unknown): string | undefined {
  const element = listOf(own(part, 'items')).find((item) => own(item, 'id') === 'password');
  return element === undefined
    ? undefined
    : listOf(own(element, 'inlines'))
        .map((run) => String(own(run, 'text')))
        .join('');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
