import { skeletonOf } from '../../base/index.ts';
import { plainLetters } from './fold-name.ts';
import { createHashedNumbers, hashText } from './number-lists.ts';

/** Names by what they look like, each with the number of its holder. */
export type LookAlikes = {
  add(name: string, holder: number): void;
  /** The numbers of those of whose names one looks like this name and has other letters. */
  find(name: string): readonly number[];
};

/** Creates an empty list. A name is kept as a number of 32 bits, so a reader compares the names that it finds. */
export function createLookAlikes(nameOf: (holder: number) => readonly string[]): LookAlikes {
  const byLook = createHashedNumbers();
  // Without spaces and signs: they are easily left out or put in.
  const lookOf = (name: string): string => splitSigns(name).map(skeletonOf).join('');
  return {
    add(name, holder) {
      byLook.add(hashText(lookOf(name)), holder);
    },
    find(name) {
      const look = lookOf(name);
      const letters = plainLetters(name);
      return byLook
        .find(hashText(look))
        .filter((holder) => nameOf(holder).some((other) => lookOf(other) === look && plainLetters(other) !== letters));
    },
  };
}

function splitSigns(name: string): readonly string[] {
  return name.split(/[\s,.;:()]+/).filter((word) => word !== '');
}
