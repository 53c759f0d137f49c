import { describe, expect, it } from '@jest/globals';
import { createLog } from '../../src/base/log.ts';
import { describeErrorForLog } from '../../src/base/errors.ts';
import { createHandClock } from '../support/hand-clock.ts';

describe('a line of the log', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line), clock: createHandClock(0), level: 'info' });

  it('begins with its instant, whatever its facts are called', () => {
    log({ level: 'error', event: 'turn-failed', at: 'somewhere' });
    expect(lines.at(-1)).toBe('{"at":"1970-01-01T00:00:00.000Z","level":"error","event":"turn-failed"}\n');
  });

  it('says of an error where it came from', () => {
    log({ level: 'error', event: 'turn-failed', ...describeErrorForLog(new TypeError('CANARY')) });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      at: '1970-01-01T00:00:00.000Z',
      name: 'TypeError',
      place: expect.stringMatching(/^test\/base\/log\.test\.ts:\d+/),
    });
  });
});
