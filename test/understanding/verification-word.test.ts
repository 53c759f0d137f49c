import { describe, expect, it } from '@jest/globals';
import { english, readSentence, takeFacts } from '../../src/understanding/index.ts';

const methods = ['Called back on a number on file', 'Authenticator approval', 'In person'];
const read = (text: string) => takeFacts(readSentence(text, english), methods, english);

describe('a word that is one of the ways to verify a caller, and another factor too', () => {
  it.each([
    'reset alex.wilber@contosobikes.onmicrosoft.com ticket 4712 authenticator',
    'reset password for Adele Vance at Contoso Bikes #4712 authenticator',
    'reset Adele Vance at Contoso Bikes, authenticator',
    'reset Adele Vance at Contoso Bikes, authenticator.',
  ])('is how the caller was verified where it stands apart from the order: %s', (text) => {
    expect(read(text).verification).toBe('Authenticator approval');
    expect(read(text).rest.tokens.map(({ key }) => key)).not.toContain('authenticator');
  });

  it.each([
    'reset authenticator for Adele Vance at Contoso Bikes',
    'reset the authenticator of Adele Vance, ticket 4712',
    'ticket 4712 authenticator reset for Adele Vance',
    "reset Adele Vance's authenticator",
    'reset Adele Vance authenticator',
    'reset authenticator for Adele Vance, authenticator',
    'Adele Vance, authenticator',
    'reset Adele Vance #4712 authenticator?',
    'reset Adele Vance #4712 no authenticator',
    'reset Adele Vance at Contoso Bikes, authenticator app lost',
  ])('is another factor anywhere else: %s', (text) => {
    expect(read(text).verification).toBeUndefined();
    expect(read(text).rest.tokens.map(({ key }) => key)).toContain('authenticator');
  });
});
