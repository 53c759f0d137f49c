import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makePassword } from '../../../src/reset/password/make-password.ts';
import words from '../../../src/reset/password/word-list.json' with { type: 'json' };
import { chiSquared, chiSquaredLimit } from '../../support/chi-squared.ts';
import { createSeededRandomInt } from '../../support/seeded-random-int.ts';

const places = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** Five of the longest words are drawn again, so those words come a little less often than the others. */
const longest = words.filter((word) => word.length === 6);
const shorter = words.filter((word) => word.length < 6);
const shareOfLongest = longest.length / words.length;

describe('the draw of words', () => {
  const seeded = phrases(40_000, createSeededRandomInt(1));

  describe.each(places)('in the %s place', (place) => {
    const drawn = seeded.map((phrase) => phrase[places.indexOf(place)] ?? '');

    it('gives every word of one length the same chance', () => {
      expect(isFair(longest, drawn, 3.09)).toBe(true);
      expect(isFair(shorter, drawn, 3.09)).toBe(true);
    });

    it('gives the longest words exactly the share that the length of a line leaves them', () => {
      const share = (shareOfLongest * (1 - shareOfLongest ** 4)) / (1 - shareOfLongest ** 5);
      const seen = drawn.filter((word) => word.length === 6).length;
      const deviation = Math.sqrt(drawn.length * share * (1 - share));
      expect(Math.abs(seen - drawn.length * share)).toBeLessThan(3.09 * deviation);
    });
  });

  it('gives every number the same chance', () => {
    const drawn = seeded.map((phrase) => phrase[5] ?? '');
    const numbers = Array.from({ length: 8 ** 3 }, (_, index) =>
      [index >> 6, (index >> 3) & 7, index & 7].map((digit) => digit + 2).join(''),
    );
    expect(chiSquared(count(numbers, drawn))).toBeLessThan(chiSquaredLimit(8 ** 3, 3.09));
  });

  it('is fair with the random source of production', () => {
    const drawn = phrases(40_000, randomInt).flatMap((phrase) => phrase.slice(0, 5));
    expect(isFair(longest, drawn, 6)).toBe(true);
    expect(isFair(shorter, drawn, 6)).toBe(true);
  });

  it('is found to be unfair when another range is folded onto the words', () => {
    const folded = (max: number) => randomInt(3 ** 7) % max;
    const drawn = phrases(40_000, folded).flatMap((phrase) => phrase.slice(0, 5));
    expect(isFair(longest, drawn, 6)).toBe(false);
    expect(isFair(shorter, drawn, 6)).toBe(false);
  });
});

describe('the draw of characters', () => {
  const sets = ['ACDEFGHJKLMNPQRTUVWXY', 'abcdefghjkmnpqrtuvwxy', '23456789', '+=%?'];
  const seeded = characters(20_000, createSeededRandomInt(4));
  const fromProduction = characters(20_000, randomInt);

  it('has 54 characters', () => {
    const seen = new Set(seeded);
    expect(Array.from(seen).sort()).toEqual(sets.join('').split('').sort());
    expect(seen.size).toBe(54);
  });

  it.each(sets)('gives each of %s the same chance', (set) => {
    expect(chiSquared(count(set.split(''), seeded))).toBeLessThan(chiSquaredLimit(set.length, 3.09));
  });

  it.each(sets)('is fair over %s with the random source of production', (set) => {
    expect(chiSquared(count(set.split(''), fromProduction))).toBeLessThan(chiSquaredLimit(set.length, 6));
  });

  it('is found to be unfair when a byte is folded onto the 54', () => {
    const folded = (max: number) => randomInt(256) % max;
    const set = 'abcdefghjkmnpqrtuvwxy23456789';
    expect(chiSquared(count(set.split(''), characters(20_000, folded)))).toBeGreaterThan(
      chiSquaredLimit(set.length, 6),
    );
  });

  it('gives every place the same mix of characters', () => {
    const places = Array.from({ length: 16 }, (_, place) =>
      seeded.filter((character, index) => index % 16 === place && sets[0]?.includes(character)),
    );
    expect(chiSquared(places.map((place) => place.length))).toBeLessThan(chiSquaredLimit(16, 3.09));
  });
});

function isFair(bins: readonly string[], drawn: readonly string[], deviations: number): boolean {
  return chiSquared(count(bins, drawn)) < chiSquaredLimit(bins.length, deviations);
}

function phrases(amount: number, random: (max: number) => number): readonly (readonly string[])[] {
  return Array.from({ length: amount }, () =>
    makePassword({ names: [], kind: 'ordinary', randomInt: random }).reveal((value) =>
      Array.from(value.match(/[A-Z][a-z]+|\d+/g) ?? [], (part) => part.toLowerCase()),
    ),
  );
}

function characters(amount: number, random: (max: number) => number): readonly string[] {
  return Array.from({ length: amount }, () =>
    makePassword({ names: [], kind: 'administrator', randomInt: random }).reveal((value) => value.split('')),
  ).flat();
}

function count(bins: readonly string[], drawn: readonly string[]): readonly number[] {
  const counts = new Map(bins.map((bin) => [bin, 0]));
  for (const one of drawn) {
    const before = counts.get(one);
    if (before !== undefined) {
      counts.set(one, before + 1);
    }
  }
  return [...counts.values()];
}
