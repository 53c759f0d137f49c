import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cleanText } from '../../src/understanding/message-text.ts';

const bot = '<at>Locksmith</at>';

describe('cleaning the text of a message', () => {
  it.each([
    ['removes the mention of the bot', `${bot} reset password`, 'reset password'],
    ['removes it wherever it stands, every time', `hi ${bot}, reset ${bot}\nfor Jane ${bot}`, 'hi , reset\nfor Jane'],
    ['reads what a channel sends', `\r\n${bot}&nbsp;help\r\n`, 'help'],
    [
      'keeps the name of another person who is mentioned',
      `${bot} reset <at>Jane Doe</at>'s password`,
      "reset ＠Jane Doe's password",
    ],
    ['keeps two mentioned people apart', '<at>Jane</at><at>Doe</at>', '＠Jane ＠Doe'],
    ['reads a mention with attributes', 'reset <at id="0">Jane Doe</at>', 'reset ＠Jane Doe'],
    ['lets a typed sign be no mention', 'reset ＠Jane Doe', 'reset @Jane Doe'],
    ['reads a quoting reply', '<quoted messageId="1700000000001"/> reset Jane', 'reset Jane'],
    ['reads what is preformatted', '<pre>reset Jane</pre><code class="x">now</code>', 'reset Jane\nnow'],
    ['reads a picture as none', 'reset <img alt="x" src="https://x.example/a.png" width="1"/> Jane', 'reset Jane'],
    ['reads an emoji as none', 'hi <emoji id="smile" alt="🙂" title="Smile"></emoji> reset Jane', 'hi reset Jane'],
    [
      'reads a quotation',
      '<blockquote>Jane is locked out</blockquote>please reset',
      '> Jane is locked out\nplease reset',
    ],
    [
      'drops what a reply quotes of somebody else',
      '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><p>reset Bob</p></blockquote><p>reset Jane</p>',
      'reset Jane',
    ],
    [
      'reads tags that it does not know',
      '<x-new at="1">reset</x-new> <codeblock lang="a">Jane</codeblock>',
      'reset Jane',
    ],
    ['reads a table', '<table><tr><td>User</td><td>Jane</td></tr><tr><td>At</td></tr></table>', 'User Jane\nAt'],
    ['leaves a name in angle brackets', 'reset <Jane Doe> and <jane doe>', 'reset <Jane Doe> and <jane doe>'],
    ['decodes entities', 'Smith &amp; Sons &#39;n&#39; &quot;x&quot; &#x41; &lt;', `Smith & Sons 'n' "x" A <`],
    ['decodes entities once', '&amp;lt;b&amp;gt; &amp;amp;', '&lt;b&gt; &amp;'],
    ['leaves what only looks like an entity', 'AT&T &unknown; &#0; &#xD800; R&D', 'AT&T &unknown; R&D'],
    ['makes spaces plain', 'a\u00A0b\u2003c\td\u3000e', 'a b c d e'],
    ['drops what cannot be seen', 'J\u200Ba\u200Dn\u202Ee\u2066 \uFEFFD\u00ADoe\u2060\u0000', 'Jane Doe'],
    ['makes quotes plain', '‘a’ “b” „c“ «d» e´s f`s g′s', `'a' "b" "c" "d" e's f's g's`],
    ['makes dashes plain', 'a–b—c‑d−e', 'a-b-c-d-e'],
    ['makes line ends plain', 'a\r\nb\rc\u2028d\n\n\ne', 'a\nb\nc\nd\ne'],
    ['reads paragraphs and breaks', '<p>a</p><p>b<br>c<br/>d</p>', 'a\nb\nc\nd'],
    ['brings letters to NFKC', 'Ｊａｎｅ ﬁ e\u0301', 'Jane fi é'],
    ['unwraps mailto:', 'reset mailto:jane@contoso.com', 'reset jane@contoso.com'],
    ['unwraps an address in angle brackets', 'reset Jane <jane@contoso.com> now', 'reset Jane jane@contoso.com now'],
    [
      'unwraps a Markdown link with an address',
      'reset [jane@contoso.com](mailto:jane@contoso.com)',
      'reset jane@contoso.com',
    ],
    [
      'unwraps a Markdown link with a name',
      'reset [Jane Doe](mailto:jane@contoso.com?subject=x)',
      'reset jane@contoso.com',
    ],
    ['believes the address that is seen', '[jane@contoso.com](mailto:bob@contoso.com)', 'jane@contoso.com'],
    ['unwraps a Markdown link around a domain', 'at [contoso.com](http://contoso.com)', 'at contoso.com'],
    ['leaves other links alone', '[here](https://contoso.com)', '[here](https://contoso.com)'],
    [
      'leaves names alone',
      "Piet van 't Hart, A/S <3 O'Neill-Smith (UK) #1",
      "Piet van 't Hart, A/S <3 O'Neill-Smith (UK) #1",
    ],
    ['drops what was struck out', 'reset ~~Jane Doe~~ John Roe <s>at Contoso</s>', 'reset John Roe'],
    ['drops what was not ticked', '☑ Password reset ☐ Unlock\nUser: Jane', '☑ Password reset\nUser: Jane'],
    [
      'reads a domain before a user name',
      'contoso.com\\jane.doe is locked out',
      'jane.doe @ contoso.com is locked out',
    ],
  ])('%s', (_name, typed, clean) => {
    expect(cleanText(typed, [bot])).toBe(clean);
  });

  it('takes a mention of the bot under each of its names', () => {
    expect(cleanText('<at>Lock</at> <at>Lock &amp; Key</at> help', ['<at>Lock</at>', '<at>Lock &amp; Key</at>'])).toBe(
      'help',
    );
  });

  it('takes a mention of the bot by its name alone, whatever is escaped in it', () => {
    expect(cleanText('<at>Smith &amp; Sons IT</at> help', ['Smith & Sons IT'])).toBe('help');
    expect(cleanText('<at id="0">Smith &amp; Sons IT</at> help', ['<at>Smith & Sons IT</at>'])).toBe('help');
  });

  it('removes no text that is not marked as a mention', () => {
    expect(cleanText('reset e and Jane', ['e', '', 'Jane'])).toBe('reset e and Jane');
  });

  it('does not let a mention arise from what is left when one is removed', () => {
    expect(cleanText('<at>Lock<at>Locksmith</at>smith</at>', [bot])).toBe('Lock smith');
  });

  it('gives plain text for text of any kind, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.string()), (text, mentions) => {
        const clean = cleanText(text, mentions);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).toBe(clean.trim());
        expect(clean).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00A0\r]/u);
      }),
      { numRuns: 400 },
    );
  });

  it('gives each character of a long hostile text at most one way through', () => {
    for (const piece of [
      '[',
      '<',
      '<at ',
      '<blockquote a=schema.skype.com/Reply',
      '<a b=',
      '<a ',
      '&',
      '&#',
      'mailto:',
      '[a](',
      '<mailto:a',
      "'",
      '\u200B',
      '<at>',
    ]) {
      const text = piece.repeat(50_000);
      expect(cleanText(text, [bot]).length).toBeLessThanOrEqual(text.length * 2);
    }
  });
});
