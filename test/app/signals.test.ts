import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type BotProcess, startProcess } from '../support/start-process.ts';

describe('signals', () => {
  let program: BotProcess | undefined;
  const start = (settings: Readonly<Record<string, string>> = {}) => {
    program = startProcess(settings, 'test/app/print-signals.ts');
    return program;
  };
  afterEach(() => program?.end('SIGKILL'));

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'end a process by %s at once, and in order, that has begun nothing',
    async (signal) => {
      const one = start();
      await one.prints(/hears/);
      expect(await one.end(signal)).toBe(0);
    },
  );

  it('are told once, and kill nothing when they are repeated', async () => {
    const one = start({ BEGIN: 'yes' });
    await one.prints(/hears/);
    process.kill(one.pid, 'SIGTERM');
    await one.prints(/told/);
    process.kill(one.pid, 'SIGTERM');
    process.kill(one.pid, 'SIGINT');
    expect(await one.end('SIGKILL')).toBeNull();
    expect(one.printed()).toBe('hears\ntold\n');
  });

  it('are heard by the bot before it loads anything, since process 1 of a container has no other way to end', () => {
    const main = readFileSync(resolve(import.meta.dirname, '../../src/main.ts'), 'utf8');
    const loadedFirst = [...main.matchAll(/^import (?!type )[^;]+ from '([^']+)';$/gm)].map(([, name]) => name);
    expect(loadedFirst).toEqual(['./app/signals.ts', './commands/usages.ts']);
    for (const file of loadedFirst) {
      const text = readFileSync(resolve(import.meta.dirname, '../../src', file ?? ''), 'utf8');
      expect(text).not.toMatch(/^import /m);
    }
  });
});
