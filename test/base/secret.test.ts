import { format, inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';

describe('a secret', () => {
  const secret = new Secret('CANARY-hunter2');

  it.each([
    ['String', String(secret)],
    ['joining', ['', secret, ''].join('')],
    ['JSON', JSON.stringify({ secret })],
    ['inspect with everything switched on', inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
    ['inspect without custom inspectors', inspect({ secret }, { depth: 9, showHidden: true, customInspect: false })],
    ['format', format('%s %o %O %j', secret, secret, secret, secret)],
    ['its keys', Object.keys(secret).join() + Reflect.ownKeys(secret).map(String).join()],
  ])('is not in what %s prints', (_way, printed) => {
    expect(printed).not.toContain('hunter2');
  });

  it('is handed to the function that asks for it', () => {
    expect(secret.reveal((value) => value.length)).toBe(14);
  });
});
