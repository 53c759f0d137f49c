import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { commandTunables } from '../../src/base/every-duration-and-limit.ts';
import { withProgress } from '../../src/commands/progress.ts';
import { createHandClock } from '../support/hand-clock.ts';

/** What stands on standard error after work of so many milliseconds. */
async function said(milliseconds: number, isTTY: boolean): Promise<string> {
  const clock = createHandClock();
  const errors = Object.assign(new PassThrough(), { isTTY });
  const work = Promise.withResolvers<string>();
  const waiting = withProgress('Looking at the store', () => work.promise, { clock, errors });
  clock.advance(milliseconds);
  work.resolve('done');
  await expect(waiting).resolves.toBe('done');
  return String(errors.read() ?? '');
}

describe('what a command says of work that takes long', () => {
  it('is nothing within two seconds', async () => {
    expect(commandTunables.progressAfterMilliseconds).toBe(2000);
    expect(await said(1999, false)).toBe('');
  });

  it('is what it is at, after two seconds, on a line that stays', async () => {
    expect(await said(2000, false)).toBe('Looking at the store …\n');
  });

  it('goes away again on a terminal', async () => {
    expect(await said(2000, true)).toBe('Looking at the store …\r\u001B[K');
  });
});
