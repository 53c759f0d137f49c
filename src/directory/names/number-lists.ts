/**
 * Lists of numbers from 0 up to 2³¹, in typed arrays. An entry takes 8 bytes, where an array of its own for each list takes some
 * 100: most words of names have few holders.
 */
export type NumberLists = {
  /** Puts a number at the end of a list. Lists are numbered from 0 up. */
  add(list: number, value: number): void;
  /** Calls for each number of a list, in the order in which they were added. */
  forEach(list: number, call: (value: number) => void): void;
};

const none = -1;

/** Creates lists that are all empty. */
export function createNumberLists(): NumberLists {
  let heads = new Int32Array(0);
  let tails = new Int32Array(0);
  let values = new Int32Array(0);
  let nexts = new Int32Array(0);
  let count = 0;
  return {
    add(list, value) {
      if (list >= heads.length) [heads, tails] = [grow(heads, list + 1), grow(tails, list + 1)];
      if (count >= values.length) [values, nexts] = [grow(values, count + 1), grow(nexts, count + 1)];
      values[count] = value;
      const tail = tails[list] ?? none;
      if (tail === none) heads[list] = count;
      else nexts[tail] = count;
      tails[list] = count;
      count += 1;
    },
    forEach(list, call) {
      for (let at = heads[list] ?? none; at !== none; at = nexts[at] ?? none) call(values[at] ?? 0);
    },
  };
}

/** Numbers by a hash of 32 bits. Several things may have one hash, so a reader compares what it finds. */
export type HashedNumbers = {
  add(hash: number, value: number): void;
  /** The numbers of a hash, in the order in which they were added. */
  find(hash: number): readonly number[];
};

/** Creates an empty table. An entry takes some 20 bytes, where one of a `Map` takes twice that and its key besides. */
export function createHashedNumbers(): HashedNumbers {
  let hashes = new Int32Array(0);
  let values = new Int32Array(0);
  let nexts = new Int32Array(0);
  let newest = new Int32Array(64).fill(none);
  let count = 0;
  return {
    add(hash, value) {
      if (count >= values.length)
        [hashes, values, nexts] = [grow(hashes, count + 1), grow(values, count + 1), grow(nexts, count + 1)];
      hashes[count] = hash;
      values[count] = value;
      count += 1;
      if (count > newest.length) {
        newest = new Int32Array(newest.length * 2).fill(none);
        for (let at = 0; at < count; at += 1) link(at);
      } else link(count - 1);
    },
    find(hash) {
      const found: number[] = [];
      for (let at = newest[bucketOf(hash)] ?? none; at !== none; at = nexts[at] ?? none)
        if (hashes[at] === (hash | 0)) found.push(values[at] ?? 0);
      return found.toReversed();
    },
  };

  function link(at: number): void {
    const bucket = bucketOf(hashes[at] ?? 0);
    nexts[at] = newest[bucket] ?? none;
    newest[bucket] = at;
  }

  function bucketOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (newest.length - 1);
  }
}

const hashOfNothing = 0x81_1c_9d_c5;

/** FNV-1a of a text, after what was hashed before it. */
export function hashText(text: string, before: number = hashOfNothing): number {
  let value = before;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01_00_01_93);
  return value;
}

/** A copy that holds so many numbers and some more; those are -1. */
export function grow(numbers: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(64, least, Math.ceil(numbers.length * 2))).fill(none, numbers.length);
  larger.set(numbers);
  return larger;
}
