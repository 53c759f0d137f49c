import type { Outcome } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** A death that has been looked at, the store that it happened on, and how often it had to be run again to come about. */
export type Death = {
  readonly store: string;
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  readonly repeats: number;
};

/** Says how many died where and of what, and what became of it. */
export function countDeaths(deaths: readonly Death[], records: number): string {
  const ended = (how: string): number => deaths.filter(({ outcome }) => outcome.ended === how).length;
  const took = deaths.flatMap(({ outcome }) => outcome.takenOver?.after ?? []).sort((one, other) => one - other);
  const patches = deaths.reduce((sum, { outcome }) => sum + outcome.patches, 0);
  const again = deaths.filter(({ repeats }) => repeats > 0);
  const repeats = again.reduce((sum, death) => sum + death.repeats, 0);
  return [
    `${deaths.length} deaths: ${ended('outcome-reset')} reset and delivered, ` +
      `${ended('outcome-attention')} delivered as perhaps in force, ${ended('outcome-refused')} refused with nothing changed, ` +
      `${deaths.filter(({ outcome }) => outcome.broken.length > 0).length} with a broken promise`,
    `${patches} PATCH; ${took.length} taken over, after ${took[took.length >> 1] ?? 0} ms in the middle and ${took.at(-1) ?? 0} ms at most`,
    `${again.length} had not come about at first and were run again, ${repeats} times in all`,
    ...again.map(({ store, scenario: { name, way }, repeats: times }) => `  ${times} × ${store}, ${way}: ${name}`),
    `${records} records in the trails, all whole`,
    ...table('by store', deaths, ({ store, scenario }) => `${store}, ${scenario.way}`),
    ...table('by death', deaths, ({ scenario }) => scenario.death.name),
    ...table('by fault', deaths, ({ scenario }) => scenario.fault.name),
  ].join('\n');
}

function table(title: string, deaths: readonly Death[], of: (death: Death) => string): readonly string[] {
  return [
    title,
    ...[...Map.groupBy(deaths, of)].map(([name, some]) => `  ${String(some.length).padStart(4)}  ${name}`),
  ];
}
