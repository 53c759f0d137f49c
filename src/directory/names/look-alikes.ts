import { skeletonOf } from '../../base/index.ts';
import { plainLetters } from './fold-name.ts';

/** Names by what they look like, each with the number of its holder. */
export type LookAlikes = {
  add(name: string, holder: number): void;
  /** The numbers of those of whose names one looks like this name and has other letters. */
  find(name: string): readonly number[];
};

/** Creates an empty list. A name is kept as a number of 32 bits, so a reader compares the names that it finds. */
export function createLookAlikes(nameOf: (holder: number) => readonly string[]): LookAlikes {
  /** There are far fewer different words than names. */
  const skeletons = new Map<string, string>();
  const byLook = new Map<number, number | number[]>();
  // Without spaces and signs: they are easily left out or put in.
  const lookOf = (name: string): string => splitSigns(name).map(skeletonOfWord).join('');
  return {
    add(name, holder) {
      const key = hash(lookOf(name));
      const there = byLook.get(key);
      if (there === undefined) byLook.set(key, holder);
      else if (typeof there === 'number') byLook.set(key, [there, holder]);
      else there.push(holder);
    },
    find(name) {
      const look = lookOf(name);
      const letters = plainLetters(name);
      return [byLook.get(hash(look)) ?? []]
        .flat()
        .filter((holder) => nameOf(holder).some((other) => lookOf(other) === look && plainLetters(other) !== letters));
    },
  };

  function skeletonOfWord(word: string): string {
    const known = skeletons.get(word);
    if (known !== undefined) return known;
    const skeleton = skeletonOf(word);
    skeletons.set(word, skeleton);
    return skeleton;
  }
}

function splitSigns(name: string): readonly string[] {
  return name.split(/[\s,.;:()]+/).filter((word) => word !== '');
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x81_1c_9d_c5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01_00_01_93);
  return value;
}
