import { describe, expect, it } from '@jest/globals';
import { createLog, formatForTerminal } from '../../src/base/log.ts';
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

describe('a line of the log at a terminal', () => {
  const shown = (facts: Readonly<Record<string, string | number | boolean>>, level: 'info' | 'error' = 'info') => {
    const lines: string[] = [];
    const log = createLog({
      write: (line) => void lines.push(line),
      clock: createHandClock(3_661_000),
      level: 'debug',
    });
    log({ level, event: 'listening', ...facts });
    return formatForTerminal(lines.join(''));
  };

  it('is one line that a person reads, with its instant and its facts', () => {
    expect(shown({ mode: 'sandbox', port: 3978, isGood: true })).toBe(
      '01:01:01 listening mode=sandbox port=3978 isGood=true\n',
    );
  });

  it('tells a level that matters', () => {
    expect(shown({}, 'error')).toBe('01:01:01 ERROR listening\n');
  });

  it('writes out what could move the cursor', () => {
    expect(shown({ file: 'a b\u001B[2J\u009Bx\n' })).toBe('01:01:01 listening file="a b\\u001b[2J\\u009bx\\n"\n');
  });

  it.each(['', 'Locksmith runs\n', '{"at":', '{"at":1}\n', '{"other":"line"}\n'])(
    'stays as it is where it is none: %j',
    (text) => {
      expect(formatForTerminal(text)).toBe(text);
    },
  );
});
