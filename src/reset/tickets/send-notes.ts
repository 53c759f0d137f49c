import { callWithTimeout, ticketTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { NoteSending, RenderedNote, Tickets, TicketTrouble } from '../ports/tickets.ts';
import type { AuditEntry } from '../audit-entry.ts';
import { makeReference } from '../reference.ts';
import type { QueuedNote, TicketNote } from './ticket-notes.ts';

/**
 * Makes one poll for notes that are due, and sends them: the oldest of each ticket, so that they stay in order. Each try is written
 * down before it is made. Before a second one the first is looked for, because its answer may have been lost. A note that was not
 * taken for three days is given up, with an alarm, also where the ticket system was switched off. Nothing of a reset waits for it.
 */
export function createSendDueNotes(dependencies: Dependencies): () => Promise<void> {
  const { notes, tickets, clock, instance, log, raiseAlarm, describeNote } = dependencies;
  const { noteLease = ticketTunables.noteLeaseMilliseconds } = dependencies.durations;
  return async () => {
    if (notes === undefined || describeNote === undefined) return;
    const due = await notes.due(clock.now(), ticketTunables.notesPerPoll);
    await Promise.all(due.map(send));
  };

  async function send(queued: QueuedNote): Promise<void> {
    const now = clock.now();
    const hasWaited = queued.tries === 0 && now - queued.note.at > noteLease;
    const claimed: QueuedNote = {
      ...queued,
      ...(hasWaited && { firstTriedAt: now }),
      version: queued.version + 1,
      tries: queued.tries + 1,
      lease: { owner: instance, until: now + noteLease },
    };
    if (!(await notes?.swap(queued, claimed, makeEntry(queued, 'note-begun')))) return;
    const { system = tickets?.system } = queued.note;
    const sent =
      tickets !== undefined && system === tickets.system
        ? await attemptInTime(tickets, render(queued.note), queued.tries > 0)
        : failWith('other-system');
    if (sent.kind === 'taken') await finish(claimed, sent);
    else await putOff(claimed, sent);
  }

  async function finish(claimed: QueuedNote, { time }: NoteSending & { readonly kind: 'taken' }): Promise<void> {
    const { correlationId } = claimed.note;
    if (time === 'refused')
      log({ level: 'warn', event: 'ticket-time-refused', correlationId, system: tickets?.system });
    await notes?.swap(claimed, undefined, makeEntry(claimed, 'note-taken', time === undefined ? {} : { time }));
  }

  /** After the limit no call begins; one that has begun ends by its own limit, while the lease is still held. */
  async function attemptInTime(system: Tickets, note: RenderedNote, mayBeThere: boolean): Promise<NoteSending> {
    const timed = await callWithTimeout(clock, ticketTunables.noteTryTimeoutMilliseconds, (late) =>
      attempt(system, note, mayBeThere, late),
    );
    if (timed.kind === 'answered') return timed.result;
    return failWith(timed.kind === 'timeout' ? 'timeout' : 'lost');
  }

  async function attempt(
    system: Tickets,
    note: RenderedNote,
    mayBeThere: boolean,
    late: AbortSignal,
  ): Promise<NoteSending> {
    if (mayBeThere && system.findNote !== undefined) {
      const found = await system.findNote(note);
      if (found.kind === 'failed') return found;
      if (found.kind === 'there') return { kind: 'taken' };
      if (late.aborted) return failWith('timeout');
    }
    return system.addNote(note);
  }

  async function putOff(claimed: QueuedNote, { code, httpStatus, againAt }: TicketTrouble): Promise<void> {
    const { note, tries, version, resentAt = note.at, firstTriedAt = note.at } = claimed;
    const now = clock.now();
    const end = Math.max(resentAt, firstTriedAt) + ticketTunables.noteGivenUpAfterMilliseconds;
    const { correlationId } = note;
    log({
      level: 'warn',
      event: 'ticket-note-failed',
      correlationId,
      system: tickets?.system,
      code,
      httpStatus,
      tries,
    });
    const released = { ...claimed, version: version + 1, lease: undefined, trouble: { code, httpStatus } };
    const facts = { why: code, httpStatus: httpStatus ?? null, tries };
    if (now >= end) {
      const over: QueuedNote = { ...released, state: 'given-up', dueAt: undefined };
      if (!(await notes?.swap(claimed, over, makeEntry(claimed, 'note-given-up', facts)))) return;
      raiseAlarm({
        kind: 'ticket-note-given-up',
        correlationId,
        customer: note.customer.id,
        user: note.user.id,
        why: code,
        reference: makeReference(note.request),
        // Where tickets cannot be read, anything may have been typed for one.
        ticket: tickets?.lookUp === undefined ? undefined : note.ticket,
      });
      return;
    }
    const dueAt = Math.max(againAt ?? 0, Math.min(now + retryDelay(tries), end));
    await notes?.swap(claimed, { ...released, dueAt }, makeEntry(claimed, 'note-put-off', facts));
  }

  function makeEntry({ note }: QueuedNote, kind: AuditEntry['kind'], facts: AuditEntry['facts'] = {}): AuditEntry {
    const of = { note: note.id, ticket: note.ticket, outcome: note.outcome };
    return { at: clock.now(), kind, actor: 'locksmith', facts: { ...of, ...facts } };
  }

  function render(note: TicketNote): RenderedNote {
    const { customer, user, technician, approvedBy } = note;
    return {
      id: note.id,
      ticket: note.ticket,
      outcome: note.outcome,
      at: note.at,
      customer: { tenantId: customer.id, name: customer.name },
      user,
      technician: technician.name || (technician.userPrincipalName ?? ''),
      verification: note.verification,
      approvedBy: approvedBy && (approvedBy.name || (approvedBy.userPrincipalName ?? '')),
      correlationId: note.correlationId,
      ...(note.minutes !== undefined && { minutes: note.minutes }),
      text: describeNote?.(note) ?? '',
    };
  }
}

function failWith(code: TicketTrouble['code']): TicketTrouble {
  return { kind: 'failed', code, httpStatus: undefined, againAt: undefined };
}

/** Milliseconds until a note is sent again, after so many tries. The last wait repeats. */
function retryDelay(tries: number): number {
  const delays = ticketTunables.noteRetryDelaysMilliseconds;
  return delays[Math.min(tries, delays.length) - 1] ?? 0;
}
