import { describe, expect, it } from '@jest/globals';
import type { QueuedNote } from '../../../src/reset/tickets/ticket-notes.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { makeStep } from '../../../src/reset/step.ts';
import type { AlteredRow } from '../../../src/store/rows/row-guard.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const later = 60_000;

/** How every store keeps the notes that tickets are owed. A house finds them as the bot does, in numbers of digits. */
export function describeNotes(bench: StoreBench): void {
  const notes = () => bench.store().notes;
  const due = (at = bench.now + later, atMost = 10) => notes().due(at, atMost);
  /** Refuses a request that was confirmed with a ticket: its note is owed by that step. */
  const owe = async (number: number, ticket = '4711', at = bench.now + number): Promise<ResetRequest> => {
    const request = await bench.add(
      buildNumberedRequest(number, {
        target: retarget(buildResetRequest(), `user-${number}`),
        proof: { verification: 'In person', ticket },
      }),
    );
    const step = makeStep(
      request,
      { state: 'refused', endedAt: at, refusal: { kind: 'guest' } },
      { at, kind: 'refused', actor: 'locksmith' },
    );
    await expect(bench.store().resets.swap(request, step)).resolves.toMatchObject({ kind: 'swapped' });
    return request;
  };
  const only = async (): Promise<QueuedNote> => {
    const [first] = await due();
    if (first === undefined) throw new Error('no note is due');
    return first;
  };
  const claim = (note: QueuedNote, owner: string) => ({
    ...note,
    version: note.version + 1,
    tries: note.tries + 1,
    // A server judges it by its own clock, and on a busy machine these tests take minutes.
    lease: { owner, until: bench.now + 60 * later },
  });
  const giveUp = async (note: QueuedNote): Promise<void> => {
    const over: QueuedNote = { ...note, version: note.version + 1, state: 'given-up', dueAt: undefined };
    await expect(notes().swap(note, over, bench.entry('note-given-up'))).resolves.toBe(true);
  };

  describe('a note', () => {
    it('is looked for in vain where nothing was ever written, and no record is made of that', async () => {
      const before = bench.now + later;
      const entry = bench.entry('row-removed');
      await expect(notes().removeGivenUp(before, 10, entry)).resolves.toBe(0);
      await expect(bench.store().resets.removeEnded(before, 10, entry)).resolves.toBe(0);
      await expect(bench.store().contacts.removeSilent(before, 10, entry)).resolves.toBe(0);
      await bench.add(buildNumberedRequest(1));
    });

    it('is there with the step that owes it, over a restart, and in the trail after it', async () => {
      const request = await owe(1);
      await bench.store().close();
      await bench.reopen();
      const queued = await only();
      expect(queued).toMatchObject({
        note: { request: request.id, ticket: '4711', outcome: 'refused', refusal: { kind: 'guest' } },
        version: 1,
        state: 'waiting',
        tries: 0,
      });
      const kinds = (await bench.readTrail()).map(({ kind }) => kind);
      expect(kinds).toStrictEqual(['proposed', 'refused', 'note-owed']);
      expect((await bench.store().auditHead())?.number).toBe(3);
    });

    it('is begun by one of many at once', async () => {
      await owe(1);
      const queued = await only();
      const won = await Promise.all(
        ['one', 'two', 'three', 'four'].map((owner) =>
          notes().swap(queued, claim(queued, owner), bench.entry('note-begun')),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await bench.readTrail()).filter(({ kind }) => kind === 'note-begun')).toHaveLength(1);
    });

    it('is not due while it is leased, nor is a later one of its ticket, but one of another ticket is', async () => {
      await owe(1);
      await owe(2);
      await owe(3, '4712');
      const queued = (await due()).find(({ note }) => note.ticket === '4711');
      if (queued === undefined) throw new Error('no note is due');
      await notes().swap(queued, claim(queued, 'one'), bench.entry('note-begun'));
      expect((await due()).map(({ note }) => note.ticket)).toStrictEqual(['4712']);
    });

    it('that was taken is gone, and the next of its ticket is due', async () => {
      const [first, second] = [await owe(1), await owe(2)];
      const queued = await only();
      expect(queued.note.request).toBe(first.id);
      await expect(notes().swap(queued, undefined, bench.entry('note-taken'))).resolves.toBe(true);
      await expect(notes().swap(queued, undefined, bench.entry('note-taken'))).resolves.toBe(false);
      expect((await due()).map(({ note }) => note.request)).toStrictEqual([second.id]);
      await expect(notes().summary()).resolves.toStrictEqual({
        waiting: 1,
        oldestSince: bench.now + 2,
        givenUp: 0,
      });
    });

    it('is removed nowhere where none was ever owed, and the trail is as empty as before', async () => {
      await expect(notes().removeGivenUp(bench.now, 10, bench.entry('row-removed'))).resolves.toBe(0);
      await expect(bench.readTrail()).resolves.toEqual([]);
    });

    it('that was given up is counted, keeps no other back, and is removed after its time', async () => {
      await owe(1);
      await owe(2);
      const given = await only();
      await giveUp(given);
      await expect(notes().summary()).resolves.toStrictEqual({ waiting: 1, oldestSince: bench.now + 2, givenUp: 1 });
      expect(await due()).toHaveLength(1);
      const entry = bench.entry('row-removed');
      await expect(notes().removeGivenUp(given.note.at, 10, entry)).resolves.toBe(0);
      await expect(notes().removeGivenUp(bench.now + later, 10, entry)).resolves.toBe(1);
      await expect(notes().summary()).resolves.toMatchObject({ waiting: 1, givenUp: 0 });
      const removed = (await bench.readTrail()).at(-1);
      expect(removed).toMatchObject({ kind: 'row-removed', facts: { note: given.note.id, ticket: '4711' } });
      await bench.store().close();
      await bench.reopen();
      expect(await due()).toHaveLength(1);
    });

    it('is outstanding until it is taken, the latest first', async () => {
      for (const number of [1, 2, 3]) await owe(number);
      await giveUp(await only());
      const at = async (since: number, atMost: number) =>
        (await notes().outstanding(since, atMost)).map(({ note, state }) => [note.at - bench.now, state]);
      await expect(at(0, 2)).resolves.toStrictEqual([
        [3, 'waiting'],
        [2, 'waiting'],
      ]);
      await expect(at(bench.now, 10)).resolves.toStrictEqual([
        [3, 'waiting'],
        [2, 'waiting'],
        [1, 'given-up'],
      ]);
    });

    it.each([
      [`update ticket_notes set due_at = 1`, 'changed'],
      [`update ticket_notes set state = 'given-up', due_at = null`, 'changed'],
      [`update ticket_notes set details = replace(details, '4711', '4712')`, 'changed'],
    ])('that somebody changed past the store is not sent as it is now: %s', async (statement) => {
      const found: AlteredRow[] = [];
      bench.store().watchAlterations((altered) => found.push(altered));
      await owe(1);
      const before = await only();
      await bench.house().tamper(statement);
      expect(await due()).toStrictEqual([]);
      await expect(notes().swap(before, claim(before, 'one'), bench.entry('note-begun'))).rejects.toMatchObject({
        code: 'row-altered',
      });
      expect(found).toMatchObject([{ table: 'ticket_notes' }]);
    });
  });
}
