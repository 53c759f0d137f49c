import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mayImport } from './support/rooms.ts';

const src = resolve(import.meta.dirname, '../src');

/** Imports past a face, each with its reason. */
const pastAFace: Readonly<Record<string, string>> = {
  'main.ts imports app/signals.ts': 'a signal may come before anything else is loaded',
  'main.ts imports commands/usages.ts': '--help is answered before anything else is loaded',
};

type Import = { readonly file: string; readonly target: string; readonly from: string; readonly to: string };

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));
const imports: readonly Import[] = files.flatMap((file) =>
  [...(texts.get(file) ?? '').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => {
    const target = relative(src, resolve(src, dirname(file), match[1] ?? ''));
    return { file, target, from: roomOf(file), to: target.startsWith('..') ? '' : roomOf(target) };
  }),
);
const rooms = [...new Set(files.filter((file) => file.includes(sep)).map(roomOf))];

function roomOf(file: string): string {
  return (file.split(sep)[0] ?? '').replace(/\.ts$/, '');
}

/** The files that can be reached from this one, by one import or more. */
function reachedFrom(file: string, targetsOf: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const target of targetsOf.get(next) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}

describe('the rooms of the house', () => {
  it('are read at all', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(rooms).toEqual(expect.arrayContaining(['reset', 'teams', 'store', 'directory']));
  });

  it('name modules in comments that exist, and functions that these export', () => {
    const pointers = [...texts].flatMap(([file, text]) =>
      [
        ...text.matchAll(/(?:`(?<name>\w+)`\s(?:\* )?of\s(?:\* )?)?(?<=[\s(])(?<path>[a-z-]+(?:\/[a-z-]+)+\.ts)\b/g),
      ].map(({ groups }) => ({ file, name: groups?.['name'], path: groups?.['path'] ?? '' })),
    );
    expect(pointers.length).toBeGreaterThan(10);
    const lost = pointers.filter(({ name, path }) => {
      const text = texts.get(path);
      return text === undefined || (name !== undefined && !text.includes(`export function ${name}(`));
    });
    expect(lost).toEqual([]);
  });

  it('import only what they may', () => {
    const broken = imports.filter(
      ({ from, to }) => to !== '' && to !== from && mayImport[from]?.includes(to) === false,
    );
    expect(broken.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it('are entered by their face', () => {
    const past = imports
      .filter(({ from, to }) => to !== from && rooms.includes(to))
      .filter(({ to, target }) => target !== join(to, 'index.ts'))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(past).toEqual(Object.keys(pastAFace));
  });

  it('say on their face what they are for', () => {
    const silent = rooms.filter(
      (room) => room !== 'commands' && !/^\/\*\* [A-Z]/.test(texts.get(join(room, 'index.ts')) ?? ''),
    );
    expect(silent).toEqual([]);
  });

  it('import nothing in a circle, types neither', () => {
    const targetsOf = new Map(
      files.map((file) => [file, imports.filter((one) => one.file === file).map(({ target }) => target)]),
    );
    const inCircles = files.filter((file) => reachedFrom(file, targetsOf).has(file));
    expect(inCircles).toEqual([]);
  });

  it('read the environment in config only', () => {
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
