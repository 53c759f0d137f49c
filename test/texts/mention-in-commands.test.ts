import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mentionInCommands } from '../../src/texts/mention-in-commands.ts';

const folder = new URL('../../src/texts/', import.meta.url);
/** Every line of our words that tells to type a command, or an answer. */
const told = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'mention-in-commands.ts')
  .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
  .filter((line) => /\b[Tt]yp(?:e|ing) (?:cancel|confirm|freeze|help|history|status|thaw)\b/.test(line));

describe('a command that a text tells to type', () => {
  it.each([
    [
      'Nothing was changed; to take it back, type cancel.',
      'Nothing was changed; to take it back, type @Locksmith cancel.',
    ],
    [
      'Type help, or say it like this: reset password for Jo.',
      'Type @Locksmith help, or say it like this: @Locksmith reset password for Jo.',
    ],
    [
      'An approver lifts it by typing thaw contoso.example.',
      'An approver lifts it by typing @Locksmith thaw contoso.example.',
    ],
    [
      'I asked whose it is. Type their name or address there.',
      'I asked whose it is. Type @Locksmith and their name or address there.',
    ],
    [
      'It is over. Type history to see what became of it.',
      'It is over. Type history in our own chat to see what became of it.',
    ],
    ['For anything else, type cancel in our own chat.', 'For anything else, type cancel in our own chat.'],
    ['Type history there.', 'Type history there.'],
  ])('has the mention before it where others read along: %s', (text, shared) => {
    expect(mentionInCommands(text, { kind: 'group-chat' })).toBe(shared);
    expect(mentionInCommands(text, { kind: 'channel' })).toBe(shared);
    expect(mentionInCommands(text, { kind: 'personal' })).toBe(text);
    expect(mentionInCommands(shared, { kind: 'channel' })).toBe(shared);
  });

  it('has it in every text of ours', () => {
    expect(told.length).toBeGreaterThan(20);
    for (const line of told)
      expect(mentionInCommands(line, { kind: 'channel' })).not.toMatch(
        /\b[Tt]yp(?:e|ing) (?:cancel|confirm|freeze|help|history|status|thaw)\b(?! in our own chat| there)/,
      );
  });
});
