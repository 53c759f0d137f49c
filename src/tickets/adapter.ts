import type { NoteSearch, NoteSending, RenderedNote, TicketLookUp, Tickets } from '../reset/index.ts';
import { TicketError } from './ticket-error.ts';

/** One system. Its methods throw a `TicketError` where a call comes to nothing. */
export type TicketAdapter = {
  readonly system: Tickets['system'];
  readonly readNumber: Tickets['readNumber'];
  readonly lookUp: ((number: string, signal?: AbortSignal) => Promise<TicketLookUp>) | undefined;
  readonly addNote: (note: RenderedNote) => Promise<NoteSending>;
  readonly findNote: ((note: RenderedNote) => Promise<NoteSearch>) | undefined;
  /** What has to hold before tickets can be read and noted, each with a call that finds out. It writes nothing. */
  readonly checks: readonly TicketCheck[];
};

/**
 * `sign-in`: the system knows us. `read`: tickets can be read. `customers`: whose tenant a company is. `note`: what a note needs.
 * `time`: what a time entry needs.
 */
export type TicketCheck = {
  readonly what: 'sign-in' | 'read' | 'customers' | 'note' | 'time';
  readonly look: () => Promise<'good' | 'not-checkable' | TicketError['code']>;
};

/** A whole number as people type it and mails carry it: `4711`, `#4711`, `ticket 4711`, `[ID:0004711]`. */
export function readWholeNumber(typed: string): string | undefined {
  const [, digits] = /^(?:(?:ticket|case|tkt|id)\b)?[\s:#]*(\d{1,10})$/i.exec(unwrap(typed)) ?? [];
  const number = digits === undefined ? 0 : Number(digits);
  return number >= 1 && number <= 2_147_483_647 ? String(number) : undefined;
}

function unwrap(typed: string): string {
  const trimmed = typed.trim();
  return /^\[[^[\]]*\]$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
}

/**
 * Adds a note with its minutes in one write. A system that refuses that has written nothing, so the note goes without them: its
 * reader needs the note more. After any other failure the note may be there.
 */
export async function addWithTime(
  { minutes }: Pick<RenderedNote, 'minutes'>,
  add: (minutes: number | undefined) => Promise<void>,
): Promise<NoteSending> {
  try {
    await add(minutes);
    return minutes === undefined ? { kind: 'taken' } : { kind: 'taken', time: 'entered' };
  } catch (error) {
    if (minutes === undefined || !(error instanceof TicketError) || !refusesTime(error)) throw error;
    await add(undefined);
    return { kind: 'taken', time: 'refused' };
  }
}

/** Only these say that nothing was written. Others may come after the write, such as the 408 or the page of a proxy. */
function refusesTime({ httpStatus, isPage }: TicketError): boolean {
  return !isPage && (httpStatus === 400 || httpStatus === 403 || httpStatus === 422);
}
