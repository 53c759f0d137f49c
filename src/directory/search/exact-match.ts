import { directoryTunables } from '../../base/index.ts';
import type { NameIndex } from '../names/name-index.ts';
import { mayBeMeant } from '../names/typing-errors.ts';

/** Some of those who are near, nearest first, six at most, and how many more are as near as they are. */
export type NearOnes<Item> = { readonly items: readonly Item[]; readonly more: number };

/** Exactly one, several that fit equally, or none; then those who are near, up to a distance. */
export type Judged<Item> =
  | { readonly kind: 'one'; readonly item: Item }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'none'; readonly near: (furthest?: number) => NearOnes<Item> };

/** The distance of one wrong letter, and a little more. */
const nextDoor = 3;

const order = ['own', 'letters', 'accents', 'signs', 'alike'] as const;

/**
 * Decides whether a typed name means exactly one entry. A unique name (an address, a domain) has to be the same letter
 * by letter. Any other name means one entry if no other entry is spelled alike. With missing accents or commas it
 * counts as exact only where no other entry may be meant. A name that is merely alike (Mueller for Muller) never counts
 * as exact. Those who look the same in other letters are asked about, unless a unique name was typed.
 */
export function judgeTyped<Item>(index: NameIndex<Item>, typed: string): Judged<Item> {
  const exact = index.exact(typed).toSorted((one, other) => order.indexOf(one.by) - order.indexOf(other.by));
  const toTheLetter = exact.filter(({ by }) => by === 'own' || by === 'letters');
  const [first, ...more] = toTheLetter.length === 1 && toTheLetter[0]?.by === 'own' ? toTheLetter : exact;
  if (first === undefined) return none();
  if (more.length > 0) return { kind: 'several', items: [first, ...more].map(({ item }) => item) };
  switch (first.by) {
    case 'own':
      return { kind: 'one', item: first.item };
    case 'letters':
      // A name may be typed to the letter and look like another one's, as where it is part of a domain.
      return oneUnless(index.looksLike(typed));
    case 'accents':
      return oneUnless(index.near(typed, directoryTunables.maxNearTold, nextDoor).nearest.map(({ item }) => item));
    case 'signs':
      return oneUnless(
        index
          .near(typed, directoryTunables.maxSimilarNames)
          .nearest.map(({ item }) => item)
          .filter((item) => index.namesOf(item).some((name) => mayBeMeant(typed, name))),
      );
    case 'alike':
      return none();
  }

  function oneUnless(near: readonly Item[]): Judged<Item> {
    const fits = [...exact.map(({ item }) => item), ...near];
    const [only, ...others] = new Set([...fits, ...fits.flatMap((item) => index.alike(item))]);
    return only !== undefined && others.length === 0
      ? { kind: 'one', item: only }
      : { kind: 'several', items: only === undefined ? others : [only, ...others] };
  }

  function none(): Judged<Item> {
    return {
      kind: 'none',
      near: (furthest) => {
        const { nearest, more: cut } = index.near(typed, directoryTunables.maxNearTold, furthest);
        return { items: nearest.map(({ item }) => item), more: cut };
      },
    };
  }
}
