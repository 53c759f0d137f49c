import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { readSealingKeys } from '../../src/config/keys.ts';

describe('reading sealing keys', () => {
  const good = Buffer.alloc(32, 7).toString('base64');
  const other = Buffer.alloc(32, 0xff).toString('base64');

  it('takes one key, or several in their order', () => {
    const read = readSealingKeys(new Secret(` ${good} ,${other}`));
    expect(read.kind === 'keys' && read.keys.map((key) => key.reveal((value) => value))).toStrictEqual([good, other]);
    expect(readSealingKeys(new Secret(good.replace('=', '')))).toMatchObject({ kind: 'keys' });
  });

  it.each([
    ['', [1]],
    [`${good},`, [2]],
    [`short,${good},${good.slice(4)}`, [1, 3]],
    [`!!${good}`, [1]],
    [`${good}AAAA`, [1]],
    [other.replaceAll('/', '_'), [1]],
    [`${good} ${good}`, [1]],
  ])('says which of “%s” is malformed', (text, numbers) => {
    expect(readSealingKeys(new Secret(text))).toStrictEqual({ kind: 'malformed', numbers });
  });
});
