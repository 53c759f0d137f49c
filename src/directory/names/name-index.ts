import { foldName, loosenName, plainLetters, spellOutAccents, splitWords } from './fold-name.ts';
import { createLookAlikes } from './look-alikes.ts';
import { searchNear } from './near-names.ts';
import { createHashedNumbers, hashText } from './number-lists.ts';
import { createWordList } from './word-list.ts';

/** What is indexed, and by what. */
export type Naming<Item> = {
  idOf(item: Item): string;
  /** What it is shown by; of two that are equally near the shorter one stands first. */
  titleOf(item: Item): string;
  /** Each whole name that a person may type. */
  namesOf(item: Item): readonly string[];
  /** The same in another order or in part: these count as typed exactly too, and have no other words. */
  variantsOf(item: Item): readonly string[];
  /** Of its names the ones that only one can have, such as an address. */
  ownNamesOf(item: Item): readonly string[];
  /** The names by which it is seen: another one may be made to look like them. */
  looksOf(item: Item): readonly string[];
  /** What was typed as an own name is written, where it has the form of one. Then no other name is that one. */
  readOwnName(typed: string): string | undefined;
  /** The part of a name, or of what was typed, that is worth searching by: not the domain of an address. */
  partOf(text: string): string;
  /** Whether a name without its signs, as in `Fabrikam Inc` for `Fabrikam, Inc.`, is that name. */
  readonly ignoresSigns: boolean;
};

/**
 * An entry whose name is what was typed. `letters`: letter by letter; `own`: and no other entry can have this name;
 * `accents`: but for accents, however they are spelled out (Mueller for Müller), or apostrophes; `signs`: but for commas
 * and other signs; `alike`: one of the ways to write an accent differs, as in Mueller and Muller.
 */
type Exact<Item> = { readonly item: Item; readonly by: 'own' | 'letters' | 'accents' | 'signs' | 'alike' };

/** An entry with a similar name; distance 0: all the words are there. */
type Near<Item> = { readonly item: Item; readonly distance: number };

/** The nearest, and how many more are as near as the last of them. */
type Nearby<Item> = { readonly nearest: readonly Near<Item>[]; readonly more: number };

export type NameIndex<Item> = {
  readonly size: number;
  get(id: string): Item | undefined;
  /** Adds an entry, in place of one with the same id. */
  put(item: Item): void;
  remove(id: string): void;
  exact(typed: string): readonly Exact<Item>[];
  /** At most so many, the nearest first, none further than `furthest`; of those alone that `isPermitted` says yes to. */
  near(typed: string, atMost: number, furthest?: number, isPermitted?: (item: Item) => boolean): Nearby<Item>;
  /** Other entries that look the same and are written in other letters. */
  alike(item: Item): readonly Item[];
  /** Those of whose names one looks like what was typed, and is written in other letters. */
  looksLike(typed: string): readonly Item[];
  /** Every name of an entry. */
  namesOf(item: Item): readonly string[];
  /** Whether each word of this text is a word of a name; so most texts need no closer look. */
  knows(text: string): boolean;
  /** Those whose name has this word. */
  holding(word: string): readonly Item[];
};

/** An index of names. Entries can be added, renamed and removed while it is in use. */
export function createNameIndex<Item>(naming: Naming<Item>): NameIndex<Item> {
  const items: (Item | undefined)[] = [];
  // Hashes and numbers alone: the ids and names are compared where one is found, and would be kept twice.
  const byId = createHashedNumbers();
  const byKey = createHashedNumbers();
  let size = 0;
  const words = createWordList();
  const gone = new Set<number>();

  const lookAlikes = createLookAlikes((number) => {
    const item = items[number];
    return item === undefined ? [] : naming.looksOf(item);
  });
  const wordsOf = (text: string): readonly string[] => splitWords(naming.partOf(text));
  const keyOf = (wordList: readonly string[]): number =>
    (wordList.length > 1 ? wordList.toSorted() : wordList).reduce(
      (hash, word) => hashText(' ', hashText(word, hash)),
      0,
    );
  const find = (id: string): number | undefined =>
    byId.find(hashText(id)).find((number) => {
      const item = items[number];
      return item !== undefined && naming.idOf(item) === id;
    });
  const remove = (id: string): void => {
    const number = find(id);
    if (number === undefined) return;
    size -= 1;
    items[number] = undefined;
    gone.add(number);
  };

  return {
    get size() {
      return size;
    },
    get: (id) => items[find(id) ?? -1],
    remove,
    put(item) {
      const id = naming.idOf(item);
      remove(id);
      const number = items.push(item) - 1;
      byId.add(hashText(id), number);
      size += 1;
      const split = [...new Set(naming.namesOf(item))].map(wordsOf);
      for (const word of new Set(split.flat())) words.add(word, number);
      for (const look of new Set(naming.looksOf(item))) lookAlikes.add(look, number);
      for (const key of new Set(split.map(keyOf))) byKey.add(key, number);
    },
    exact(typed) {
      return byKey.find(keyOf(wordsOf(typed))).flatMap((number) => {
        const item = items[number];
        const by = item === undefined ? undefined : compare(naming, item, typed);
        return item === undefined || by === undefined ? [] : [{ item, by }];
      });
    },
    near(typed, atMost, furthest = 255, isPermitted = () => true) {
      const isGone = (number: number): boolean => {
        const item = items[number];
        return gone.has(number) || item === undefined || !isPermitted(item);
      };
      const ranked = searchNear(words, wordsOf(typed), { count: items.length, gone: { has: isGone } });
      const nearest: Near<Item>[] = [];
      for (const { holder, distance } of ranked) {
        const item = items[holder];
        if (item !== undefined && distance <= (nearest[atMost - 1]?.distance ?? furthest))
          keep(nearest, { item, distance }, atMost);
      }
      const last = nearest[atMost - 1];
      if (last === undefined) return { nearest, more: 0 };
      const asNear = new Set(ranked.filter(({ distance }) => distance <= last.distance).map(({ holder }) => holder));
      return { nearest, more: asNear.size - nearest.length };
    },
    alike: (item) => [
      ...new Set(
        naming
          .looksOf(item)
          .flatMap((look) => lookAlikes.find(look))
          .flatMap((number) => items[number] ?? [])
          .filter((other) => other !== item),
      ),
    ],
    looksLike: (typed) => lookAlikes.find(typed).flatMap((number) => items[number] ?? []),
    namesOf: (item) => naming.namesOf(item),
    knows: (text) => {
      const split = wordsOf(text);
      return split.length > 0 && split.every((word) => words.has(word));
    },
    holding(word) {
      const found = new Set<Item>();
      for (const one of wordsOf(word)) {
        words.forEachHolder(words.find(one) ?? -1, (number) => {
          const item = items[number];
          if (item !== undefined) found.add(item);
        });
      }
      return [...found];
    },
  };

  /** Puts an entry in its place among the best, once. */
  function keep(best: Near<Item>[], one: Near<Item>, atMost: number): void {
    const last = best.at(-1);
    if (best.length >= atMost && last !== undefined && !comesBefore(one, last)) return;
    const already = best.findIndex(({ item }) => item === one.item);
    if (already !== -1 && (best[already]?.distance ?? 0) <= one.distance) return;
    if (already !== -1) best.splice(already, 1);
    const at = best.findIndex((other) => comesBefore(one, other));
    best.splice(at === -1 ? best.length : at, 0, one);
    best.length = Math.min(best.length, atMost);
  }

  function comesBefore(one: Near<Item>, other: Near<Item>): boolean {
    if (one.distance !== other.distance) return one.distance < other.distance;
    const [title, otherTitle] = [naming.titleOf(one.item), naming.titleOf(other.item)];
    if (title.length !== otherTitle.length) return title.length < otherTitle.length;
    return title === otherTitle ? naming.idOf(one.item) < naming.idOf(other.item) : title < otherTitle;
  }
}

function compare<Item>(naming: Naming<Item>, item: Item, typed: string): Exact<Item>['by'] | undefined {
  const same = (form: (name: string) => string, names: readonly string[]): boolean => {
    const wanted = form(typed);
    return wanted !== '' && names.some((name) => form(name) === wanted);
  };
  const names = [...naming.namesOf(item), ...naming.variantsOf(item)];
  const own = naming.readOwnName(typed);
  if (own !== undefined) {
    const isOwn = (name: string): boolean => (naming.readOwnName(name) ?? plainLetters(name)) === own;
    return naming.ownNamesOf(item).some(isOwn) ? 'own' : undefined;
  }
  if (same(plainLetters, naming.ownNamesOf(item))) return 'own';
  if (same(plainLetters, names)) return 'letters';
  if (same(foldName, names) || same(withoutApostrophes, names) || same(spellOutAccents, names)) return 'accents';
  if (naming.ignoresSigns && same(withoutSigns, names)) return 'signs';
  return same(loosenName, names) ? 'alike' : undefined;
}

function withoutApostrophes(name: string): string {
  return foldName(name).replaceAll("'", '');
}

function withoutSigns(name: string): string {
  return (
    foldName(name)
      .replaceAll("'", '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}
