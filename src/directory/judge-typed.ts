import type { NameIndex } from './names/create-name-index.ts';

/** Exactly one, several that fit equally, or none: then those who are near, nearest first, six at most. */
export type Judged<Item> =
  | { readonly kind: 'one'; readonly item: Item }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'none'; readonly near: () => readonly Item[] };

const mostNear = 6;
/** The distance of one wrong letter, and a little more. */
const nextDoor = 3;
const order = ['own', 'letters', 'accents', 'alike'] as const;

/**
 * Decides whether what was typed is exactly one. A name that only one can have, written letter by letter, is; any other
 * name is if nobody has one that is spelled alike. A name whose accents were left out counts as exact only where nobody
 * else is near, and one that is merely alike (Mueller for Müller) never does.
 */
export function judgeTyped<Item>(index: NameIndex<Item>, typed: string): Judged<Item> {
  const exact = index.exact(typed).toSorted((one, other) => order.indexOf(one.by) - order.indexOf(other.by));
  const toTheLetter = exact.filter(({ by }) => by === 'own' || by === 'letters');
  const [first, ...more] = toTheLetter.length === 1 && toTheLetter[0]?.by === 'own' ? toTheLetter : exact;
  const near = () => index.near(typed, mostNear);
  if (first === undefined) return { kind: 'none', near: () => near().map(({ item }) => item) };
  if (more.length > 0) return { kind: 'several', items: [first, ...more].map(({ item }) => item) };
  switch (first.by) {
    case 'own':
    case 'letters':
      return { kind: 'one', item: first.item };
    case 'accents': {
      const others = near().filter(({ item, distance }) => item !== first.item && distance <= nextDoor);
      const items = [first.item, ...others.map(({ item }) => item)];
      return others.length === 0 ? { kind: 'one', item: first.item } : { kind: 'several', items };
    }
    case 'alike':
      return { kind: 'none', near: () => near().map(({ item }) => item) };
  }
}
