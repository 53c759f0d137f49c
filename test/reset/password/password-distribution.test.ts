import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makePassword } from '../../../src/reset/password/make-password.ts';
import wordList from '../../../src/reset/password/word-list.json' with { type: 'json' };
import { chiSquared, chiSquaredLimit } from '../../support/chi-squared.ts';
import { createSeededRandomInt } from '../../support/seeded-random-int.ts';

const words = wordList.filter((word) => !word.includes('-'));
const places = ['first', 'second', 'third', 'fourth'] as const;

describe('the draw of words', () => {
  const seeded = phrases(40_000, createSeededRandomInt(1));

  it.each(places)('gives every word the same chance in the %s place', (place) => {
    const counts = count(
      words,
      seeded.map((phrase) => phrase[places.indexOf(place)] ?? ''),
    );
    expect(chiSquared(counts)).toBeLessThan(chiSquaredLimit(words.length, 3.09));
  });

  it('gives every number the same chance', () => {
    const drawn = seeded.map((phrase) => phrase[4] ?? '');
    const numbers = Array.from({ length: 64 }, (_, index) => `${2 + Math.floor(index / 8)}${2 + (index % 8)}`);
    expect(chiSquared(count(numbers, drawn))).toBeLessThan(chiSquaredLimit(64, 3.09));
  });

  it('is fair with the random source of production', () => {
    const drawn = phrases(40_000, randomInt).flatMap((phrase) => phrase.slice(0, 4));
    expect(chiSquared(count(words, drawn))).toBeLessThan(chiSquaredLimit(words.length, 6));
  });

  it('is found to be unfair when bytes are folded onto the words', () => {
    const folded = (max: number) => randomInt(2 ** 13) % max;
    const drawn = phrases(40_000, folded).flatMap((phrase) => phrase.slice(0, 4));
    expect(chiSquared(count(words, drawn))).toBeGreaterThan(chiSquaredLimit(words.length, 6));
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

function phrases(amount: number, random: (max: number) => number): readonly (readonly string[])[] {
  return Array.from({ length: amount }, () =>
    makePassword({ names: [], kind: 'ordinary', randomInt: random }).reveal((value) => value.toLowerCase().split('-')),
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
