import { freshGroups } from '../policy/fresh-groups.ts';
import { findRight } from '../policy/find-right.ts';
import type { Freeze } from './freeze.ts';
import { policyHash } from '../policy/policy-hash.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** What `thaw`, typed, did. */
export type Thawing =
  | { readonly kind: 'thawed'; readonly lifted: readonly Freeze[]; readonly left: readonly Freeze[] }
  | { readonly kind: 'nothing-frozen' }
  /** Nothing was lifted: it is not clear which of these is meant. */
  | { readonly kind: 'unclear'; readonly typed: string | undefined; readonly inForce: readonly Freeze[] }
  | { readonly kind: 'not-an-approver' | 'groups-unknown' };

/** What is to be lifted: one customer's freeze by its name, domain or tenant id; every freeze; or the only one. */
export type WhatToThaw = { readonly customer: string | undefined; readonly everything: boolean };

/** Lifts a freeze. Rule: only somebody who may approve resets may; a thaw brings nothing back that the freeze has ended. */
export function createThaw(tools: Tools): (person: Technician, what: WhatToThaw) => Promise<Thawing> {
  return async (person, what) => {
    const found = await findRight(freshGroups(tools.groups), person.objectId, tools.policy().approvers);
    const policy = policyHash(tools.policy());
    if (found.kind === 'none') {
      const reason = found.why === 'groups-unknown' ? found.why : 'not-an-approver';
      const at = tools.clock.now();
      const facts = { reason, asked: 'thaw', policy };
      await tools.store.record({ at, kind: 'question-refused', actor: person.objectId, person, facts }, undefined);
      return { kind: reason };
    }
    const inForce = await tools.freezes.inForce();
    if (inForce.length === 0) return { kind: 'nothing-frozen' };
    const meant = whatIsMeant(inForce, what);
    if (meant.length === 0) return { kind: 'unclear', typed: what.customer, inForce };
    const lifted: Freeze[] = [];
    for (const freeze of meant) {
      const at = tools.clock.now();
      const facts = { customer: freeze.customer?.id ?? null, frozenBy: freeze.by.objectId, right: found.right, policy };
      const done = await tools.freezes.lift(freeze, { at, kind: 'thawed', actor: person.objectId, person, facts });
      if (!done) continue;
      lifted.push(freeze);
      tools.raiseAlarm({ kind: 'thawed', technician: person.objectId, customer: freeze.customer?.id });
    }
    return { kind: 'thawed', lifted, left: await tools.freezes.inForce() };
  };
}

function whatIsMeant(inForce: readonly Freeze[], { customer, everything }: WhatToThaw): readonly Freeze[] {
  if (customer !== undefined) {
    const wanted = fold(customer);
    const named = inForce.filter(({ customer: frozen }) =>
      frozen === undefined ? false : [frozen.name, frozen.domain, frozen.id].some((text) => fold(text) === wanted),
    );
    return named.length === 1 ? named : [];
  }
  return everything || inForce.length === 1 ? inForce : [];
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
