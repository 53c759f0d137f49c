import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = resolve(import.meta.dirname, '../src');

/** What each room may import besides itself. A room that is not listed may import everything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  words: ['base'],
  reset: ['base'],
  'partner-center': ['base'],
  directory: ['base', 'partner-center', 'reset'],
  'sign-in': ['base', 'partner-center', 'reset'],
  texts: ['base', 'reset'],
  store: ['base', 'reset'],
  audit: ['base', 'reset', 'store'],
  teams: ['base', 'words', 'reset', 'texts'],
  observability: ['base', 'reset', 'partner-center', 'teams', 'texts'],
  config: ['base', 'reset', 'sign-in', 'store', 'partner-center'],
};

type Import = { readonly file: string; readonly from: string; readonly to: string };

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));
const imports: readonly Import[] = files.flatMap((file) =>
  [...(texts.get(file) ?? '').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => {
    const target = relative(src, resolve(src, dirname(file), match[1] ?? ''));
    return { file, from: roomOf(file), to: target.startsWith('..') ? '' : roomOf(target) };
  }),
);

function roomOf(file: string): string {
  return (file.split(sep)[0] ?? '').replace(/\.ts$/, '');
}

describe('the rooms of the house', () => {
  it('are read at all', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect([...new Set(imports.map((one) => one.from))]).toEqual(
      expect.arrayContaining(['reset', 'teams', 'store', 'directory']),
    );
  });

  it('import only what they may', () => {
    const broken = imports.filter(({ from, to }) => to !== '' && to !== from && allowed[from]?.includes(to) === false);
    expect(broken.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it('read the environment in config.ts only', () => {
    const readers = files.filter((file) => /process\s*\.\s*env\b|process\['env'\]/.test(texts.get(file) ?? ''));
    expect(readers).toEqual(['config/settings.ts']);
  });

  it('load the sandbox only where main does, and only when it is asked for', () => {
    const outside = imports.filter(({ from, to }) => to === 'sandbox' && from !== 'sandbox');
    expect(new Set(outside.map(({ file }) => file))).toEqual(new Set(['main.ts', 'commands/example.ts']));
    expect(texts.get('main.ts')).not.toMatch(/^import .*sandbox/m);
  });

  it('take botbuilder in one room only', () => {
    const users = files.filter((file) =>
      /from '(?:botbuilder|botframework-[a-z]+|restify)'/.test(texts.get(file) ?? ''),
    );
    expect(users.every((file) => roomOf(file) === 'teams')).toBe(true);
  });
});
