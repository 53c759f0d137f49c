import { useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import { findRights } from '../policy/rights.ts';
import type { ResetRequest } from '../request.ts';

/** What was asked for before, the latest first, and whether that is only what the person asked for themselves. */
export type History = {
  readonly of: 'own' | 'everybody';
  readonly requests: readonly ResetRequest[];
  /** Whether only so many of the latest were looked through, and there are more. */
  readonly isCut: boolean;
};

const { maxHistoryShown, maxHistorySearched } = useCaseTunables;

/**
 * What a person asked for, or for an auditor what everybody did. With a name, only what has to do with that customer or
 * user: their whole id, domain or address, or a part of their name. It asks the store and nobody else. What others asked
 * for is told only once the trail says who looked.
 */
export function createHistory(
  dependencies: Pick<Dependencies, 'store' | 'groups' | 'policy' | 'clock'>,
): (technician: Technician, named: string | undefined) => Promise<History> {
  return async (technician, named) => {
    const { mayAudit } = await findRights(dependencies, technician);
    const { objectId, tenantId } = technician;
    const whose = mayAudit ? 'everybody' : { technician: objectId, tenant: tenantId };
    const atMost = named === undefined ? maxHistoryShown + 1 : maxHistorySearched;
    const latest = await dependencies.store.history(whose, atMost);
    const fitting = named === undefined ? latest : latest.filter((request) => matchesName(request, named));
    const isCut = fitting.length > maxHistoryShown || (named !== undefined && latest.length === atMost);
    const requests = fitting.slice(0, maxHistoryShown);
    if (mayAudit) await recordView(technician, requests, named !== undefined);
    return { of: mayAudit ? 'everybody' : 'own', requests, isCut };
  };

  /** What was typed stays out of the trail: it may be anything. */
  async function recordView(person: Technician, seen: readonly ResetRequest[], isNarrowed: boolean): Promise<void> {
    const [first, ...others] = new Set(seen.map(({ target }) => target.customer.id));
    const facts = {
      whose: 'everybody',
      narrowed: isNarrowed,
      count: seen.length,
      customer: others.length === 0 ? (first ?? null) : null,
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
