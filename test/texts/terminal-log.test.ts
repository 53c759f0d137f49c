import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createLog } from '../../src/base/log.ts';
import { formatForTerminal } from '../../src/texts/terminal-log.ts';
import { eventLines } from '../../src/texts/terminal-log-lines.ts';
import { createHandClock } from '../support/hand-clock.ts';

const shown = (
  event: string,
  facts: Readonly<Record<string, string | number | boolean | undefined>> = {},
  level: 'info' | 'error' = 'info',
) => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line), clock: createHandClock(3_661_000), level: 'debug' });
  log({ level, event, ...facts });
  return formatForTerminal(lines.join(''));
};

describe('a line of the log at a terminal', () => {
  it('is a sentence with its instant; a fact has its place, ids are left out, and codes stand behind', () => {
    expect(shown('listening', { url: 'http://127.0.0.1:3978', mode: 'sandbox', instance: 'f00' })).toBe(
      '01:01:01 The bot takes messages at http://127.0.0.1:3978.\n',
    );
    expect(shown('step', { kind: 'try-ended', outcome: 'applied', actor: 'a', correlationId: 'c' })).toBe(
      '01:01:01 Partner Center answered: applied. (correlationId=c)\n',
    );
    expect(shown('asked', { kind: 'proposed' })).toBe('01:01:01 A card asks whether to reset a password.\n');
    expect(shown('alarm', { kind: 'frozen', severity: 'critical' }, 'error')).toBe(
      '01:01:01 ERROR Alarm: somebody froze resets.\n',
    );
  });

  it('says of what has no sentence what it is called', () => {
    expect(shown('constructor', { code: 5 })).toBe('01:01:01 constructor (code=5)\n');
    expect(shown('step', { kind: 'toString' })).toBe('01:01:01 step (kind=toString)\n');
  });

  it('writes out what could move the cursor', () => {
    expect(shown('stopped', { file: 'a b\u001B[2J\u009Bx\n' })).toBe(
      '01:01:01 The bot has ended. (file="a b\\u001b[2J\\u009bx\\n")\n',
    );
  });

  it('is there for every event that the source names, and for none that it does not', () => {
    const src = new URL('../../src/', import.meta.url);
    const source = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('terminal-log'))
      .map((file) => readFileSync(new URL(file, src), 'utf8'))
      .join('\n');
    const named = [...source.matchAll(/event: '([a-z][a-z-]*)'/g)].map(([, name = '']) => name);
    const own = new Set(['step', 'asked', 'alarm']);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => !own.has(name) && !Object.hasOwn(eventLines, name))).toEqual([]);
    expect(Object.keys(eventLines).filter((name) => !source.includes(`'${name}'`))).toEqual([]);
  });

  it.each(['', 'Locksmith runs\n', '{"at":', '{"at":1}\n', '{"other":"line"}\n'])(
    'stays as it is where it is none: %j',
    (text) => {
      expect(formatForTerminal(text)).toBe(text);
    },
  );
});
