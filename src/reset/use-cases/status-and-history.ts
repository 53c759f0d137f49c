import {
  type CustomerId,
  type ResetRequestId,
  storeTunables,
  ticketTunables,
  useCaseTunables,
} from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { isSamePerson, type Technician } from '../identity.ts';
import { findSight } from '../policy/reach.ts';
import { findRights } from '../policy/rights.ts';
import type { Reach } from '../ports/partner-center.ts';
import type { PastFreeze } from '../ports/stores.ts';
import { keepNamed } from '../reference.ts';
import type { ResetRequest } from '../request.ts';
import type { QueuedNote } from '../tickets/ticket-notes.ts';

/**
 * A page of earlier requests and of what was frozen and thawed, the latest first. `own`: only those of the person who asks.
 * `everybody`: those of all technicians.
 */
export type History = {
  readonly of: 'own' | 'everybody';
  readonly requests: readonly ResetRequest[];
  /** The number of the first row, counted from 0: freezes are rows, too. */
  readonly from: number;
  /** Whether there is a page behind this one. */
  readonly hasMore: boolean;
  /** Whether there may be older requests that were not looked through. */
  readonly isCut: boolean;
  /** Whether there may be older freezes that were not looked through; left out where there are none. */
  readonly areFreezesCut?: true;
  readonly references: ReadonlyMap<ResetRequestId, string>;
  /** What was frozen and thawed, of customers that the person may see; left out where the page has none. */
  readonly freezes?: readonly NamedFreeze[];
  /** Which of these have a note that is not in its ticket; left out where there is none. */
  readonly notes?: ReadonlyMap<ResetRequestId, QueuedNote['state']>;
  /** Whether what was named is a reference. */
  readonly isByReference: boolean;
  /** How many of their own are left out, because the person has no right for these customers now. */
  readonly withheld: number;
};

/** `name`: how the customer is called, where a request of it is known. */
export type NamedFreeze = PastFreeze & { readonly name: string | undefined };

const { rowsOnPage, maxHistorySearched } = useCaseTunables;
const { maxSearchedFreezes } = storeTunables;

/**
 * Makes the function that lists earlier requests: those of the person, or those of everybody for an auditor.
 *
 * Rule: it shows nothing of a customer for which the person has no right now, and no freeze to a person without any role.
 *
 * `from` is the number of rows before the page. With a name, only requests of that customer or user remain. The name is a reference,
 * a whole id, domain or address, or a part of a display name. Rule: requests of others are returned only after the audit log has
 * recorded who views them.
 */
export function createHistory(
  dependencies: Pick<Dependencies, 'store' | 'groups' | 'policy' | 'clock' | 'notes' | 'freezes'>,
): (technician: Technician, named: string | undefined, from?: number) => Promise<History> {
  return async (technician, named, from = 0) => {
    const { mayReset, mayApprove, mayAudit } = await findRights(dependencies, technician);
    const { objectId, tenantId } = technician;
    const whose = mayAudit ? 'everybody' : { technician: objectId, tenant: tenantId };
    const sight = await findSight(dependencies, technician);
    const isNarrowed = named !== undefined || !sight.isEverything;
    const atMost = isNarrowed ? maxHistorySearched : Math.min(from + rowsOnPage + 1, maxHistorySearched);
    const stored = await dependencies.store.history(whose, atMost);
    const latest = stored.filter(({ target }) => sight.permits(target.customer.id));
    const referred = named === undefined ? [] : await keepNamed(dependencies, latest, named);
    const isByReference = referred.length > 0;
    const narrowed = named === undefined ? latest : latest.filter((request) => matchesName(request, named));
    const fitting = isByReference ? referred : narrowed;
    const names = new Map(latest.map(({ target }) => [target.customer.id, target.customer.name]));
    const seesFreezes = (mayReset || mayApprove || mayAudit) && !isByReference;
    const recorded = seesFreezes ? await dependencies.freezes.recorded() : [];
    const rows = mergeByTime(fitting, findFreezes(recorded, names, sight, named));
    const page = rows.slice(from, from + rowsOnPage);
    const requests = page.flatMap(({ request }) => request ?? []);
    const freezes = page.flatMap(({ freeze }) => freeze ?? []);
    const hasMore = rows.length > from + rowsOnPage;
    const isCut = !hasMore && stored.length === maxHistorySearched;
    if (mayAudit) await recordView(technician, requests, named !== undefined);
    const references = await dependencies.store.references(requests.map(({ id }) => id));
    const notes = await findStandingNotes(requests);
    const withheld = stored.length - latest.length;
    const areFreezesCut = !hasMore && recorded.length >= maxSearchedFreezes;
    const listed = {
      ...(freezes.length > 0 && { freezes }),
      ...(areFreezesCut && { areFreezesCut }),
      requests,
      from,
      hasMore,
      isCut,
      isByReference,
      references,
      notes,
      withheld,
    };
    return { of: mayAudit ? 'everybody' : 'own', ...listed };
  };

  /** What was frozen and thawed of everything, or of customers that the person may see and that are called so. */
  function findFreezes(
    recorded: readonly PastFreeze[],
    names: ReadonlyMap<CustomerId, string>,
    sight: Reach,
    named: string | undefined,
  ): readonly NamedFreeze[] {
    const wanted = named === undefined ? '' : foldName(named);
    return recorded
      .filter(({ customer }) => customer === undefined || sight.permits(customer.id))
      .map((freeze): NamedFreeze => Object.assign({ name: freeze.customer && names.get(freeze.customer.id) }, freeze))
      .filter(({ customer, name = '' }) => {
        if (wanted === '') return true;
        return (
          [customer?.id, customer?.domain].some((one) => one !== undefined && foldName(one) === wanted) ||
          foldName(name).includes(wanted)
        );
      });
  }

  /** One that was given up counts more than one that waits. */
  async function findStandingNotes(seen: readonly ResetRequest[]): Promise<NonNullable<History['notes']>> {
    if (seen.every(({ proof }) => proof?.ticket === undefined)) return new Map();
    const since = Math.min(...seen.map(({ proposedAt }) => proposedAt));
    const standing = (await dependencies.notes?.outstanding(since, ticketTunables.notesListed)) ?? [];
    const waitingFirst = [...standing].sort((one, other) => other.state.localeCompare(one.state));
    return new Map(waitingFirst.map(({ note, state }) => [note.request, state]));
  }

  /** The typed name stays out of the audit log, because a person can type anything, even a password. */
  async function recordView(person: Technician, seen: readonly ResetRequest[], isNarrowed: boolean): Promise<void> {
    const [first, ...others] = new Set(seen.map(({ target }) => target.customer.id));
    const facts = {
      whose: 'everybody',
      narrowed: isNarrowed,
      count: seen.length,
      customer: others.length === 0 ? (first ?? null) : null,
      users: [...new Set(seen.map(({ target }) => target.user.id))].join(' '),
    };
    const entry = {
      at: dependencies.clock.now(),
      kind: 'history-viewed',
      actor: person.objectId,
      person,
      facts,
    } as const;
    await dependencies.store.record(entry, undefined);
  }
}

type PastRow = { readonly at: number; readonly request?: ResetRequest; readonly freeze?: NamedFreeze };

/** The latest first. */
function mergeByTime(requests: readonly ResetRequest[], freezes: readonly NamedFreeze[]): readonly PastRow[] {
  const asked = requests.map((request): PastRow => ({ at: request.proposedAt, request }));
  const frozen = freezes.map((freeze): PastRow => ({ at: freeze.at, freeze }));
  return [...asked, ...frozen].toSorted((one, other) => other.at - one.at);
}

/** Requests that are not over. `withheld`: how many are left out, because the person has no right for their customers now. */
export type Unfinished = { readonly requests: readonly ResetRequest[]; readonly withheld: number };

/** Makes the function that lists the requests of a person that are not over, the latest first, by the same rule. */
export function createUnfinished(
  dependencies: Pick<Dependencies, 'store' | 'groups' | 'policy'>,
): (technician: Technician) => Promise<Unfinished> {
  return async (technician) => {
    const sight = await findSight(dependencies, technician);
    const unfinished = await dependencies.store.unfinished(technician.objectId, technician.tenantId);
    // A password that a newer reset replaced is as good as hidden.
    const stored = unfinished.filter(({ replacedAt }) => replacedAt === undefined);
    const requests = stored.filter(({ target }) => sight.permits(target.customer.id));
    return { requests, withheld: stored.length - requests.length };
  };
}

function matchesName({ target: { customer, user } }: ResetRequest, named: string): boolean {
  const wanted = foldName(named);
  if (wanted === '') return true;
  const whole = [customer.id, customer.domain, user.id, user.userPrincipalName];
  const parts = [customer.name, user.displayName];
  return whole.some((text) => foldName(text) === wanted) || parts.some((text) => foldName(text).includes(wanted));
}

function foldName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Notes of a person's requests that the ticket system has not taken, the latest first, each ticket and user once. */
export type StandingNotes = {
  readonly waiting: readonly StandingNote[];
  readonly givenUp: readonly StandingNote[];
};

/** `person`: whom the note is about; undefined where the reader has no right for the customer now. */
type StandingNote = { readonly ticket: string; readonly person: string | undefined };

/** Makes the function that tells a person which notes of what they asked for are not in their tickets. */
export function createStandingNotes(
  dependencies: Pick<Dependencies, 'notes' | 'store' | 'clock' | 'groups' | 'policy'>,
): (technician: Technician) => Promise<StandingNotes> {
  const { notes, store, clock } = dependencies;
  return async (technician) => {
    const { noteTroubleShownMilliseconds, standingNotesRead } = ticketTunables;
    const since = clock.now() - noteTroubleShownMilliseconds;
    const outstanding = (await notes?.outstanding(since, standingNotesRead)) ?? [];
    if (outstanding.length === 0) return { waiting: [], givenUp: [] };
    const sight = await findSight(dependencies, technician);
    const owned = await Promise.all(
      outstanding.map(async (queued) => {
        const request = await store.find(queued.note.request);
        return request !== undefined && isSamePerson(request.technician, technician) ? [queued] : [];
      }),
    );
    const tell = (state: QueuedNote['state']): readonly StandingNote[] => {
      const told = owned.flat().filter((queued) => queued.state === state);
      const named = told.map(({ note: { ticket, customer, user } }) => ({
        ticket,
        person: sight.permits(customer.id) ? user.displayName : undefined,
      }));
      return [...new Map(named.map((one) => [`${one.ticket} ${one.person ?? ''}`, one])).values()];
    };
    return { waiting: tell('waiting'), givenUp: tell('given-up') };
  };
}
