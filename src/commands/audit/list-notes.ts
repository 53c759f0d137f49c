import type { Writable } from 'node:stream';
import { writeText } from '../../audit/index.ts';
import { systemClock, ticketTunables } from '../../base/index.ts';
import type { AuditSettings } from '../../config/index.ts';
import { makeReference, type QueuedNote, resendNote } from '../../reset/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { describeTicketNote, formatCount, formatTime, sanitizeName, ticketFailures } from '../../texts/index.ts';

/**
 * Shows the notes that the ticket system has not taken, or has them sent again by the bot: those of the ticket or reference `resend`,
 * or all. It works beside a running bot. Returns the exit status.
 */
export async function listNotes(
  { databaseUrl: url, auditKey }: AuditSettings,
  resend: string | undefined,
  { output, errors }: { readonly output: Writable; readonly errors: Writable },
): Promise<number> {
  if (auditKey === undefined) {
    errors.write('AUDIT_KEY is not set, and no sandbox has kept one beside the database: no note can be read.\n');
    return 2;
  }
  const store = await openStore({ url, auditKey, clock: systemClock, instance: 'audit-notes', role: 'consent' });
  try {
    const latest = await store.notes.outstanding(0, ticketTunables.notesListed);
    const standing = latest.toReversed();
    return resend === undefined
      ? await show(store, standing, output)
      : await sendAgain(store, standing, resend, output);
  } finally {
    await store.close();
  }
}

async function show({ notes }: Store, standing: readonly QueuedNote[], output: Writable): Promise<number> {
  const { waiting, givenUp } = await notes.summary();
  const more = waiting + givenUp - standing.length;
  const lines = [
    `Notes that wait: ${formatCount(waiting)}. Given up: ${formatCount(givenUp)}.`,
    ...(more > 0 ? [`The latest ${formatCount(standing.length)} that can be read:`] : []),
    ...standing.flatMap((queued) => ['', ...formatNote(queued)]),
  ];
  await writeText(output, `${lines.join('\n')}\n`);
  return 0;
}

/** One that an instance works on just now is on its way already. */
async function sendAgain(
  { notes }: Store,
  standing: readonly QueuedNote[],
  wanted: string,
  output: Writable,
): Promise<number> {
  const typed = wanted.trim().replace(/^#/, '').toLowerCase();
  const named = standing.filter(({ note }) => {
    const names = [note.ticket, makeReference(note.request), 'all'];
    return names.some((name) => name.replace(/^#/, '').toLowerCase() === typed);
  });
  let sent = 0;
  for (const queued of named) {
    const now = systemClock.now();
    if (queued.lease !== undefined && queued.lease.until > now) continue;
    const { after, entry } = resendNote(queued, now);
    if (await notes.swap(queued, after, entry)) sent += 1;
  }
  const under = named.length - sent;
  const underWay = under === 0 ? '' : ` Under way already: ${formatCount(under)}.`;
  await writeText(
    output,
    named.length === 0
      ? 'No note of that ticket or reference waits or was given up.\n'
      : `Notes that the bot sends now: ${formatCount(sent)}.${underWay}\n`,
  );
  return named.length === 0 ? 1 : 0;
}

/** What it is about in one line, why it is not there, and its text behind an indent. */
function formatNote({ note, state, tries, trouble }: QueuedNote): readonly string[] {
  const status = trouble?.httpStatus === undefined ? '' : `, status ${trouble.httpStatus}`;
  const why = trouble === undefined ? [] : [`${ticketFailures[trouble.code].problem} (${trouble.code}${status})`];
  const heading = [
    `Ticket ${sanitizeName(note.ticket)}`,
    makeReference(note.request),
    formatTime(note.at),
    state === 'given-up' ? 'given up' : 'waits',
    `tries: ${formatCount(tries)}`,
  ];
  return [
    heading.join(' · '),
    ...why,
    ...describeTicketNote(note)
      .split('\n')
      .map((line) => `    ${line}`),
  ];
}
