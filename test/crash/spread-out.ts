import type { Scenario } from './scenario.ts';

const goldenRatio = (1 + Math.sqrt(5)) / 2;

/**
 * The same items in an order of which every beginning is spread evenly over the whole, and follows no period in it: the
 * multiples of the golden ratio, of which https://en.wikipedia.org/wiki/Low-discrepancy_sequence#Additive_recurrence tells.
 */
export function spreadOut<Item>(items: readonly Item[]): readonly Item[] {
  const spread = new Map<number, Item>();
  for (let number = 0; spread.size < items.length; number += 1) {
    const index = Math.floor(((number * goldenRatio) % 1) * items.length);
    const item = items[index];
    if (item !== undefined && !spread.has(index)) spread.set(index, item);
  }
  return [...spread.values()];
}

/** Each death once, spread out over the course of a reset, and then those that come a second time. */
export function spreadDeathsOut(scenarios: readonly Scenario[]): readonly Scenario[] {
  const isFirst = ({ death }: Scenario, index: number): boolean =>
    scenarios.findIndex((one) => one.death.name === death.name) === index;
  const first = scenarios.filter(isFirst);
  return varyFaults([...spreadOut(first), ...spreadOut(scenarios.filter((one) => !first.includes(one)))]);
}

/** How many are looked at for the next place: few, so that the order stays as spread out as it is. */
const lookAhead = 3;

/** The same order but for the next few: of these the one comes first whose fault has come least often. */
function varyFaults(scenarios: readonly Scenario[]): readonly Scenario[] {
  const left = [...scenarios];
  const order: Scenario[] = [];
  const times = (one: Scenario): number => order.filter(({ fault }) => fault.name === one.fault.name).length;
  while (left.length > 0) {
    const [next] = left.slice(0, lookAhead).sort((one, other) => times(one) - times(other));
    if (next === undefined) break;
    left.splice(left.indexOf(next), 1);
    order.push(next);
  }
  return order;
}
