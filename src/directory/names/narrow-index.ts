import type { NameIndex } from './create-name-index.ts';

/** The same index as if it held the permitted entries alone. What is corrected in one of them shows in both. */
export function narrowIndex<Item>(index: NameIndex<Item>, isPermitted: (item: Item) => boolean): NameIndex<Item> {
  return {
    get size() {
      return index.size;
    },
    get(id) {
      const item = index.get(id);
      return item !== undefined && isPermitted(item) ? item : undefined;
    },
    put: (item) => {
      index.put(item);
    },
    remove: (id) => {
      index.remove(id);
    },
    exact: (typed) => index.exact(typed).filter(({ item }) => isPermitted(item)),
    near: (typed, atMost, furthest) => index.near(typed, atMost, furthest, isPermitted),
    alike: (item) => index.alike(item).filter(isPermitted),
    looksLike: (typed) => index.looksLike(typed).filter(isPermitted),
    namesOf: (item) => index.namesOf(item),
    knows: (text) => index.knows(text),
    holding: (word) => index.holding(word).filter(isPermitted),
  };
}
