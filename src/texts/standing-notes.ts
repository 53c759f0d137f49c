import type { StandingNotes } from '../reset/index.ts';
import { sanitizeName } from './formatting.ts';

/** Which notes are not in their tickets, a line each; none where all are. */
export function describeStandingNotes({ waiting, givenUp }: StandingNotes): readonly string[] {
  const [only, ...more] = waiting;
  return [
    ...(only === undefined
      ? []
      : [
          more.length === 0
            ? noteLines.waiting(formatStanding(only))
            : noteLines.severalWait(formatAllStanding(waiting)),
        ]),
    ...(givenUp.length === 0 ? [] : [noteLines.givenUp(formatAllStanding(givenUp))]),
  ];
}

function formatStanding({ ticket, person }: StandingNotes['waiting'][number]): string {
  const number = sanitizeName(ticket);
  return person === undefined ? number : noteLines.about(number, sanitizeName(person));
}

const mostStandingShown = 5;

function formatAllStanding(notes: StandingNotes['waiting']): string {
  const shown = notes.slice(0, mostStandingShown).map(formatStanding);
  const more = notes.length - shown.length;
  return (more > 0 ? [...shown, noteLines.more(more)] : shown).join(', ');
}

const noteLines = {
  about: (ticket: string, person: string) => `${ticket} (${person})`,
  more: (count: number) => `and ${count} more`,
  waiting: (ticket: string) =>
    `The note on what happened is not in ticket ${ticket} yet. I send this note again by myself.`,
  severalWait: (tickets: string) =>
    `The notes on what happened are not in these tickets yet: ${tickets}. I send these notes again by myself.`,
  givenUp: (tickets: string) =>
    `I could not write into these tickets what happened; please do it yourself: ${tickets}.`,
} as const;
