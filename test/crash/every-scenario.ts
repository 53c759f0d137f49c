import { everyDeath } from './every-death.ts';
import { everyFault } from './every-fault.ts';
import type { Fault, Scenario, Way } from './scenario.ts';

/** A second person changes what goes before the PATCH; what goes wrong later is the same with and without one. */
const withApproval = new Set<Fault['strikes']>(['nothing', 'create', 'post']);

/** Every death on this way together with everything that can go wrong besides, where a reset with that fault comes by there. */
export function everyScenario(way: Way): readonly Scenario[] {
  const faults = everyFault.filter(
    ({ strikes, leads }) => way !== 'approval' || withApproval.has(strikes) || leads !== 'nowhere',
  );
  return everyDeath(way).flatMap((death) =>
    faults
      .filter((fault) => death.isReachedWith(fault))
      .map((fault) => ({ name: `killed ${death.name}, with ${fault.name}`, way, death, fault })),
  );
}
