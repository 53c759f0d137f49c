import type { Scenario } from './scenario.ts';

/**
 * So many of these, always the same ones: each death and each fault at least once where there is room for that, all of them
 * about equally often, and together with what they did not come with in `before`.
 */
export function chooseEvenly(
  scenarios: readonly Scenario[],
  wanted: number,
  before: readonly Scenario[] = [],
): readonly Scenario[] {
  const chosen = new Set<Scenario>();
  const times = new Map<string, number>();
  const pairs = new Set(before.map(pairOf));
  const cost = (one: Scenario): number =>
    2 * ((times.get(one.death.name) ?? 0) + (times.get(one.fault.name) ?? 0)) + (pairs.has(pairOf(one)) ? 1 : 0);
  while (chosen.size < Math.min(wanted, scenarios.length)) {
    const [next] = scenarios.filter((one) => !chosen.has(one)).sort((one, other) => cost(one) - cost(other));
    if (next === undefined) break;
    chosen.add(next);
    for (const name of [next.death.name, next.fault.name]) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...chosen];
}

function pairOf({ death, fault }: Scenario): string {
  return `${death.name} ${fault.name}`;
}
