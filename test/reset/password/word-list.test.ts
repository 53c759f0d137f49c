import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import words from '../../../src/reset/password/word-list.json' with { type: 'json' };

describe('the word list', () => {
  it('is the published one, word by word and in its order', () => {
    const published = words.map((word, index) => `${diceNumber(index)}\t${word}\n`).join('');
    expect(createHash('sha256').update(published).digest('hex')).toBe(
      'addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e',
    );
  });

  it('has 7,776 different words, of which four have a hyphen', () => {
    expect(new Set(words).size).toBe(7776);
    expect(words.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual(['drop-down', 'felt-tip', 't-shirt', 'yo-yo']);
  });
});

function diceNumber(index: number): string {
  return [...index.toString(6).padStart(5, '0')].map((digit) => Number(digit) + 1).join('');
}
