import { describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId } from '../../src/base/ids.ts';
import { cleanText, english, readCommand } from '../../src/understanding/index.ts';
import { createWorld, sayWho } from './tables.ts';

const correlationId = asId<CorrelationId>('8a53b025-d5be-4d98-ab20-229d1813de76');
const { directory } = createWorld([
  { name: 'Contoso', domain: 'contoso.com', users: ['Jane Doe', 'Bob Smith'] },
  { name: 'Never Mind', domain: 'nevermind.example', users: ['Jane Doe'] },
]);
const bot = 'Smith & Sons IT';

/** Whom a message means, with its markup as Teams sends it. */
async function find(text: string): Promise<string> {
  const command = readCommand(cleanText(text, [bot]), english);
  if (command.kind !== 'sentence') return command.kind;
  return sayWho(await directory.find({ text: command.text }, correlationId));
}

describe('a message with the marks of Teams', () => {
  it.each([
    ['a reply that quotes', '<quoted messageId="1700000000001"/> reset password for Jane Doe at Contoso'],
    ['a renamed app', '<at>Smith &amp; Sons IT</at> reset password for Jane Doe at Contoso'],
    [
      'a colleague beside the bot',
      '<at>Smith &amp; Sons IT</at> <at>Robin Tech</at> reset password for Jane Doe at Contoso',
    ],
    ['a colleague at the end', 'reset password for Jane Doe at Contoso <at>Robin Tech</at>'],
    ['a colleague who is called like a user', '<at>Bob Smith</at> reset password for Jane Doe at Contoso'],
    ['the user as a mention', 'reset password for <at>Jane Doe</at> at Contoso'],
    ['an emoji', '<p>reset password for Jane Doe <emoji id="pray" alt="🙏" title="Pray"></emoji> at Contoso</p>'],
    ['preformatted text', '<pre>User: Jane Doe<br>Customer: Contoso</pre><p>reset password</p>'],
    ['a tag that is not known', '<x-copilot tone="calm">reset password for Jane Doe at Contoso</x-copilot>'],
    [
      'a quotation of another sentence',
      '<blockquote itemtype="http://schema.skype.com/Reply"><p>reset password for Bob Smith at Contoso</p></blockquote>' +
        '<p>and reset password for Jane Doe at Contoso</p>',
    ],
  ])('means who a person reads in it: %s', async (_case, text) => {
    expect(await find(text)).toBe('Jane Doe at Contoso');
  });

  it.each(['reset password for Jane Doe at Never Mind', 'jane doe from never mind needs a new password'])(
    'does not take a customer called Never Mind for a refusal: %s',
    async (text) => {
      expect(await find(text)).toBe('Jane Doe at Never Mind');
    },
  );
});
