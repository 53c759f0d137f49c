import { describe, expect, it } from '@jest/globals';
import { chooseEvenly } from './choose-evenly.ts';
import { everyScenario } from './every-scenario.ts';
import type { Doing, Way } from './scenario.ts';
import { spreadDeathsOut, spreadOut } from './spread-out.ts';

describe('an order of which every beginning is spread evenly', () => {
  it.each([0, 1, 2, 3, 18, 36, 40, 64])('holds each of %s items once', (length) => {
    const items = Array.from({ length }, (_, index) => index);
    expect([...spreadOut(items)].sort((one, other) => one - other)).toEqual(items);
  });

  it('has no long gap in any beginning', () => {
    const order = spreadOut(Array.from({ length: 40 }, (_, index) => index));
    for (let count = 4; count <= order.length; count += 1) {
      const begun = [-1, ...order.slice(0, count), 40].sort((one, other) => one - other);
      const gaps = begun.slice(1).map((index, at) => index - (begun[at] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.ceil(2.7 * (40 / count)));
    }
  });

  it.each<[Way, number, readonly Doing[]]>([
    ['message', 40, ['asking', 'confirming', 'passing-on']],
    ['reveal', 36, ['asking', 'confirming', 'reading', 'passing-on']],
    ['approval', 18, ['confirming', 'approving']],
  ])('gives other deaths of the way “%s” in its beginning, from every part of it', (way, wanted, doings) => {
    const chosen = chooseEvenly(everyScenario(way), wanted);
    const scenarios = spreadDeathsOut(chosen);
    expect(scenarios).toHaveLength(chosen.length);
    expect(new Set(scenarios)).toEqual(new Set(chosen));
    const first = scenarios.slice(0, Math.ceil(scenarios.length * 0.4));
    expect(new Set(first.map(({ death }) => death.name)).size).toBe(first.length);
    expect([...new Set(first.map(({ death }) => death.while))]).toEqual(expect.arrayContaining([...doings]));
    const faults = new Set(scenarios.map(({ fault }) => fault.name)).size;
    expect(new Set(first.map(({ fault }) => fault.name)).size).toBeGreaterThanOrEqual(
      Math.min(0.75 * first.length, faults - 1),
    );
  });
});
