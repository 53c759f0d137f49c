import { describe, expect, it } from '@jest/globals';
import { countEntraPoints } from '../../../src/reset/password/count-entra-points.ts';

describe('the points of a password', () => {
  it.each([
    ['C0ntos0Blank12', ['contoso', 'blank'], 4],
    ['ContoS0Bl@nkf9!', ['contoso', 'blank'], 5],
    ['ContosooBlank', ['contoso', 'blank'], 3],
    ['Canary', [], 6],
    ['Canary', ['canary'], 1],
    ['Canaryy', ['canary'], 1],
    ['Canaryyy', ['canary'], 3],
    ['Canbry', ['canary'], 1],
    ['Canbrx', ['canary'], 6],
    ['', ['canary'], 0],
  ])('of %p, when %p are banned, are %p', (password, banned, points) => {
    expect(countEntraPoints(password, banned)).toBe(points);
  });

  it('are at least five for four banned words and two digits, even where two words join to a third', () => {
    const banned = ['canary', 'sun', 'flower', 'shore', 'canarysun', 'sunflower', 'flowershore'];
    expect(countEntraPoints('Canary-sun-flower-shore-47', banned)).toBeGreaterThanOrEqual(5);
  });
});
