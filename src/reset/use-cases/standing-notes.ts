import { ticketTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { isSamePerson, type Technician } from '../identity.ts';

/** Notes of a person's requests that the ticket system has not taken. */
export type StandingNotes = {
  readonly waiting: number;
  /** The tickets whose notes were given up lately, each once: the latest first. */
  readonly givenUp: readonly string[];
};

/** Makes the function that tells a person which notes of what they asked for are not in their tickets. */
export function createStandingNotes({
  notes,
  store,
  clock,
}: Pick<Dependencies, 'notes' | 'store' | 'clock'>): (technician: Technician) => Promise<StandingNotes> {
  return async (technician) => {
    const { noteTroubleShownMilliseconds, standingNotesRead } = ticketTunables;
    const since = clock.now() - noteTroubleShownMilliseconds;
    const outstanding = (await notes?.outstanding(since, standingNotesRead)) ?? [];
    const owned = await Promise.all(
      outstanding.map(async (queued) => {
        const request = await store.find(queued.note.request);
        return request !== undefined && isSamePerson(request.technician, technician) ? [queued] : [];
      }),
    );
    const own = owned.flat();
    const givenUp = own.filter(({ state }) => state === 'given-up').map(({ note }) => note.ticket);
    return { waiting: own.length - givenUp.length, givenUp: [...new Set(givenUp)] };
  };
}
