import type { Received, TransportFault } from './exchange.ts';
import { readRetryAfter } from './retries.ts';

/** An answer of something that should be the service, as far as it was read. */
export type AnswerText = {
  readonly httpStatus: number;
  readonly headers: Headers;
  /** Undefined where it could not be read. */
  readonly text: string | undefined;
};

/** How one service answers in JSON. */
export type AnswerForm<Code extends string, Told extends object> = {
  /** Whether an answer can be the service's own. What stands between may answer in its place, also after the service did. */
  readonly isOwn: (kind: 'success' | 'refusal', answer: AnswerText) => boolean;
  /** The code of a refusal of the service's own. */
  readonly readRefusal: (answer: AnswerText) => Code;
  /** Codes and ids in an answer, never its words. */
  readonly tell: (answer: AnswerText) => Told;
  /** Statuses that say that the service did not try it, in whatever form. */
  readonly throttles: readonly number[];
};

/** The failure of one try. */
export type AnswerFault<Code extends string, Told extends object> = {
  readonly code: Code | SharedCode | TransportFault['code'];
  /** For a write: `unknown` where the service may have applied it, `none` where it certainly has not. */
  readonly effect: 'none' | 'unknown';
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
  readonly httpStatus?: number;
  readonly retryAfterMilliseconds?: number | undefined;
} & Partial<Told>;

type SharedCode = 'redirected' | 'throttled' | 'service-fault' | 'foreign-answer' | 'unreadable-answer' | 'no-answer';
type Verdict<Code extends string> = Pick<AnswerFault<Code, object>, 'code' | 'effect' | 'mayPass'>;

/**
 * Reads an answer. A 2xx is a success only where it is in the service's own form and was read whole. A refusal says that nothing
 * was changed only in that form: a proxy that dislikes an answer replaces it after the change was made. `now` is in milliseconds
 * since 1970.
 */
export function readJsonAnswer<Code extends string, Told extends object>(
  { httpStatus, isSuccess, headers, body, aborted }: Received,
  form: AnswerForm<Code, Told>,
  now: number,
):
  | { readonly kind: 'answered'; readonly answer: AnswerText & { readonly text: string } }
  | { readonly kind: 'failed'; readonly fault: AnswerFault<Code, Told> | TransportFault } {
  const answer = { httpStatus, headers, text: body.kind === 'text' ? body.text : undefined };
  const fail = (verdict: Verdict<Code>) => {
    const retryAfterMilliseconds = readRetryAfter(headers.get('Retry-After'), now);
    return { kind: 'failed', fault: { ...form.tell(answer), ...verdict, httpStatus, retryAfterMilliseconds } } as const;
  };
  const verdict = isSuccess ? undefined : judgeByStatus(httpStatus, form.throttles);
  if (verdict !== undefined) return fail(verdict);
  // 407 is a proxy's own, in whatever form.
  if (httpStatus === 407 || !form.isOwn(isSuccess ? 'success' : 'refusal', answer)) {
    return aborted === undefined ? fail(foreign) : { kind: 'failed', fault: aborted };
  }
  if (!isSuccess) return fail({ code: form.readRefusal(answer), effect: 'none', mayPass: false });
  switch (body.kind) {
    case 'text':
      return { kind: 'answered', answer: { httpStatus, headers, text: body.text } };
    case 'too-long':
      return fail({ code: 'unreadable-answer', effect: 'unknown', mayPass: false });
    case 'broken':
      return aborted === undefined
        ? fail({ code: 'no-answer', effect: 'unknown', mayPass: true })
        : { kind: 'failed', fault: aborted };
  }
}

const foreign = { code: 'foreign-answer', effect: 'unknown', mayPass: false } as const;

/** What a status that is no success says in whatever form; undefined: nothing. */
function judgeByStatus(httpStatus: number, throttles: readonly number[]): Verdict<never> | undefined {
  if (httpStatus < 400) return { code: 'redirected', effect: 'unknown', mayPass: false };
  if (throttles.includes(httpStatus)) return { code: 'throttled', effect: 'none', mayPass: true };
  if (httpStatus !== 408 && (httpStatus < 500 || httpStatus === 501)) return undefined;
  return { code: 'service-fault', effect: 'unknown', mayPass: [500, 502, 503, 504].includes(httpStatus) };
}

/** Whether an answer can be JSON by its type, where it has one. Markup is none, whatever its type. */
export function canBeJson({ headers, text }: Pick<AnswerText, 'headers' | 'text'>): boolean {
  const type = readMediaType(headers);
  return !isMarkup(text) && (type === '' || /^(?:application|text)\/(?:[^\s/]+\+)?json$/.test(type));
}

/** Whether a text is a page in HTML or XML. */
export function isMarkup(text = ''): boolean {
  return /^\uFEFF?\s*</.test(text);
}

/** The type of an answer without its parameters, in lower case. Empty where there is none. */
export function readMediaType(headers: Headers): string {
  return headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Whether a token can be sent. The error of an invalid header, such as one with a line break, would quote it. */
export function isSendableToken(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
