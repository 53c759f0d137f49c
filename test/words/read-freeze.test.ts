import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/words/parse-command.ts';

describe('what is frozen or thawed', () => {
  it.each([
    ['freeze everything', true],
    ['freeze all', true],
    ['freeze every customer', true],
    ['thaw all', true],
    ['unfreeze all resets', true],
    ['freeze', false],
    ['thaw', false],
    ['thaw Contoso', false],
    ['freeze everything at Contoso', false],
  ])('of “%s” is everything: %s', (text, everything) => {
    expect(parseCommand(text)).toMatchObject({ everything });
  });
});
