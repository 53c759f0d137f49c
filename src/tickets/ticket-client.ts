import { z } from 'zod';
import { type Clock, ticketTunables } from '../base/index.ts';
import { exchange, isMarkup, nothingToPrepare, type Received, readRetryAfter } from '../http/index.ts';
import { TicketError } from './ticket-error.ts';

/** What a ticket system is called with. Headers may hold secrets. */
export type TicketCall = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Longest answer that is read; left out: as for every call. */
  readonly maxBytes?: number | undefined;
  /** Ends the wait for the answer early. */
  readonly signal?: AbortSignal | undefined;
};

export type TicketClient = {
  /** Calls the system and returns the text of its answer. A status that is no success is a `TicketError`. */
  send(call: TicketCall): Promise<string>;
  /**
   * The same, and reads the answer. One that is not of that shape is a `TicketError` too. `emptyAs` is what an answer without a body
   * counts as.
   */
  request<Answer>(call: TicketCall, shape: z.ZodType<Answer>, emptyAs?: object): Promise<Answer>;
};

/** What every adapter is made with. */
export type TicketDependencies = { readonly fetch: typeof globalThis.fetch; readonly clock: Clock };

/** Errors that some systems send with a status that says success. */
const errorsInSuccess = z.object({ errors: z.array(z.unknown()).min(1) });

/**
 * Creates a client. Each call has a time limit, and its answer a size limit. It follows no redirect, so that no sign-in goes to
 * another host. After a 429 it makes no call before the time that `Retry-After` names: each would prolong it.
 */
export function createTicketClient({ fetch, clock }: TicketDependencies, mostAtOnce = Infinity): TicketClient {
  const inTurn = createQueue(mostAtOnce);
  let pausedUntil = 0;
  const call: TicketClient['send'] = (wanted) =>
    inTurn(async () => {
      if (clock.now() < pausedUntil) throw new TicketError('throttled', 429, pausedUntil);
      const outcome = await exchange({
        clock,
        milliseconds: ticketTunables.callTimeoutMilliseconds,
        signal: wanted.signal,
        maxBytes: { success: wanted.maxBytes ?? ticketTunables.maxAnswerBytes, other: ticketTunables.maxAnswerBytes },
        prepare: nothingToPrepare,
        send: (_ready, signal) => send({ ...wanted, signal }),
        read: readText,
      });
      if (outcome.kind === 'answered') return outcome.answer;
      const { fault } = outcome;
      if (fault instanceof TicketError) throw fault;
      throw new TicketError(fault.code === 'timed-out' ? 'timeout' : 'lost');
    });
  return { send: call, request: async (one, shape, emptyAs) => parseAnswer(await call(one), shape, emptyAs) };

  function send({
    method,
    url,
    headers,
    body,
    signal,
  }: TicketCall & { readonly signal: AbortSignal }): Promise<Response> {
    return fetch(url, {
      method,
      headers: { Accept: 'application/json', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
    });
  }

  function readText({
    httpStatus,
    isSuccess,
    headers,
    body,
    aborted,
  }: Received):
    { readonly kind: 'answered'; readonly answer: string } | { readonly kind: 'failed'; readonly fault: TicketError } {
    if (aborted?.code === 'timed-out') return { kind: 'failed', fault: new TicketError('timeout') };
    if (!isSuccess) return { kind: 'failed', fault: readRefusal(httpStatus, headers, body) };
    if (body.kind === 'text') return { kind: 'answered', answer: body.text };
    const code = body.kind === 'broken' ? 'lost' : 'unexpected-answer';
    return { kind: 'failed', fault: new TicketError(code, httpStatus) };
  }

  function readPause(headers: Headers): number | undefined {
    return readRetryAfter(headers.get('Retry-After'), clock.now());
  }

  function readRefusal(status: number, headers: Headers, body: Received['body']): TicketError {
    if (status === 429) {
      pausedUntil = clock.now() + (readPause(headers) ?? ticketTunables.throttleMilliseconds);
      return new TicketError('throttled', status, pausedUntil);
    }
    const isPage = body.kind !== 'text' || isMarkup(body.text);
    if (status === 401) return new TicketError('unauthorised', status);
    if (status === 403) return new TicketError('forbidden', status, undefined, isPage);
    if (status === 404) return new TicketError('not-found', status);
    if (status >= 500) {
      const pause = readPause(headers);
      return new TicketError('unavailable', status, pause === undefined ? undefined : clock.now() + pause);
    }
    return new TicketError(status >= 400 ? 'refused' : 'unexpected-answer', status, undefined, isPage);
  }
}

function parseAnswer<Answer>(text: string, shape: z.ZodType<Answer>, emptyAs: object | undefined): Answer {
  const value = text.trim() === '' && emptyAs !== undefined ? { json: emptyAs } : parseJson(text);
  if (value === undefined) throw new TicketError('unexpected-answer');
  if (errorsInSuccess.safeParse(value.json).success) throw new TicketError('refused');
  const read = shape.safeParse(value.json);
  if (!read.success) throw new TicketError('unexpected-answer');
  return read.data;
}

function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Runs at most so many at one time; the others wait for their turn. */
function createQueue(mostAtOnce: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= mostAtOnce) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** The headers of a body in JSON. */
export const jsonHeaders = { 'Content-Type': 'application/json' } as const;

/** Remembers what `read` gave, for so long. What fails is read again at the next call. Calls at the same time share one reading. */
export function createCached<Value>(
  clock: Clock,
  milliseconds: number,
  read: () => Promise<Value>,
): () => Promise<Value> {
  let kept: { readonly value: Value; readonly until: number } | undefined;
  let reading: Promise<Value> | undefined;
  return () => {
    if (kept !== undefined && clock.now() < kept.until) return Promise.resolve(kept.value);
    reading ??= read()
      .then((value) => {
        kept = { value, until: clock.now() + milliseconds };
        return value;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
}

/** A text that may be missing. What is empty counts as missing. */
export const maybeText = z
  .string()
  .nullish()
  .transform((text) => (text == null || text.trim() === '' ? undefined : text));

/** An id that is a number, also where it is written as a text. None is 0 or less. */
export const maybeId = z
  .union([z.int(), z.string().regex(/^\d{1,15}$/)])
  .nullish()
  .transform((id) => (id == null || Number(id) <= 0 ? undefined : Number(id)))
  .catch(undefined);

const named = z.object({ id: maybeId });
const complains = z
  .looseObject({})
  .refine((one) => ['error', 'errors', 'message', 'Message'].some((key) => key in one));

/**
 * What answers a write, alone or in an array. What complains and names nothing that was made is no answer to it, whatever its status
 * says; other forms of success are not known well enough to be refused.
 */
export const writtenAnswer = z
  .union([z.looseObject({}), z.array(z.looseObject({}))])
  .refine((answer) =>
    [answer].flat().every((one) => named.parse(one).id !== undefined || !complains.safeParse(one).success),
  );
