import { useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import { bypassGroupCache } from '../policy/groups.ts';
import { hashPolicy } from '../policy/policy.ts';
import { findSight } from '../policy/reach.ts';
import { findRight } from '../policy/rights.ts';
import type { Freeze } from '../ports/stores.ts';
import { findNamed, namingOfCustomer } from '../questions/typed-name.ts';
import type { ResetRequest } from '../request.ts';

/** What `thaw`, typed, did. */
export type Thawing =
  /** `refused`: what the person who thawed had asked for, and the freezes that were lifted have refused. */
  | {
      readonly kind: 'thawed';
      readonly lifted: readonly Freeze[];
      readonly left: readonly Freeze[];
      readonly refused: readonly ResetRequest[];
    }
  | { readonly kind: 'nothing-frozen' }
  /** No freeze was lifted, because it is not clear which one of `inForce` is meant. */
  | { readonly kind: 'unclear'; readonly typed: string | undefined; readonly inForce: readonly Freeze[] }
  /** Somebody else froze after the same words came before: Teams may have delivered them again, and they lift nothing. */
  | { readonly kind: 'repeated'; readonly since: readonly Freeze[] }
  | { readonly kind: 'not-an-approver' | 'groups-unknown' };

/** Which freeze to lift: that of one customer by name, domain or tenant id, every freeze, or the only one in force. */
type WhatToThaw = {
  readonly customer: string | undefined;
  readonly everything: boolean;
  /** When this person said the same in this chat a short time ago; left out where they did not. */
  readonly saidBefore?: number | undefined;
};

/**
 * Makes the function that lifts a freeze. Rule: only a person who may approve resets can lift one. Requests that the freeze
 * has ended stay refused.
 */
export function createThaw(dependencies: Dependencies): (person: Technician, what: WhatToThaw) => Promise<Thawing> {
  return async (person, what) => {
    const found = await findRight(bypassGroupCache(dependencies.groups), person, dependencies.policy().approvers);
    const policy = hashPolicy(dependencies.policy());
    if (found.kind === 'none') {
      const reason = found.why === 'groups-unknown' ? found.why : 'not-an-approver';
      const at = dependencies.clock.now();
      const facts = { reason, asked: 'thaw', policy };
      await dependencies.store.record(
        { at, kind: 'question-refused', actor: person.objectId, person, facts },
        undefined,
      );
      return { kind: reason };
    }
    const inForce = await dependencies.freezes.inForce();
    if (inForce.length === 0) return { kind: 'nothing-frozen' };
    const meant = findMeantFreezes(inForce, what);
    if (meant.length === 0) return { kind: 'unclear', typed: what.customer, inForce };
    const { saidBefore = Number.POSITIVE_INFINITY } = what;
    // One's own freeze is seen to go in the same chat.
    const since = meant.filter(({ at, by }) => at > saidBefore && by.objectId !== person.objectId);
    if (since.length > 0) return { kind: 'repeated', since };
    const lifted: Freeze[] = [];
    for (const freeze of meant) {
      const at = dependencies.clock.now();
      const { id = null, domain = null } = freeze.customer ?? {};
      const facts = { customer: id, domain, frozenBy: freeze.by.objectId, right: found.right, policy };
      const done = await dependencies.freezes.lift(freeze, {
        at,
        kind: 'thawed',
        actor: person.objectId,
        person,
        facts,
      });
      if (!done) continue;
      lifted.push(freeze);
      dependencies.raiseAlarm({ kind: 'thawed', technician: person.objectId, customer: freeze.customer?.id });
    }
    const refused = await findRefused(dependencies, person, lifted);
    return { kind: 'thawed', lifted, left: await dependencies.freezes.inForce(), refused };
  };
}

/** What this person had asked for and one of these freezes has refused, each user once, the latest first. */
async function findRefused(
  dependencies: Dependencies,
  person: Technician,
  lifted: readonly Freeze[],
): Promise<readonly ResetRequest[]> {
  const sight = await findSight(dependencies, person);
  const asked = await dependencies.store.history(
    { technician: person.objectId, tenant: person.tenantId },
    useCaseTunables.maxHistorySearched,
  );
  const refused = asked.filter(({ refusal, target }) =>
    lifted.some(
      ({ customer, at }) =>
        refusal?.kind === 'frozen' &&
        refusal.at === at &&
        sight.permits(target.customer.id) &&
        (customer === undefined || customer.id === target.customer.id),
    ),
  );
  return [...new Map(refused.map((one) => [`${one.target.customer.id} ${one.target.user.id}`, one])).values()];
}

function findMeantFreezes(inForce: readonly Freeze[], { customer: typed, everything }: WhatToThaw): readonly Freeze[] {
  if (typed === undefined) return everything || inForce.length === 1 ? inForce : [];
  const ofCustomers = inForce.flatMap((freeze) =>
    freeze.customer === undefined ? [] : [{ freeze, naming: namingOfCustomer(freeze.customer) }],
  );
  const named = findNamed(ofCustomers, typed, ({ naming }) => naming);
  return named.length === 1 ? named.map(({ freeze }) => freeze) : [];
}
