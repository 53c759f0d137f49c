import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mayImport, readFaceSentence, rooms } from './support/rooms.ts';
import { listTunables } from './support/tunables.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = ['.', 'docs', 'deploy', 'src', 'test', 'cards', 'manifest', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);
/** The cells of each row of a Markdown table whose first cell is in backticks. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('the documents', () => {
  it('are read at all', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'src/reset/README.md']));
  });

  it.each(pages)('%s names paths that exist', (page) => {
    const named = [
      ...read(page).matchAll(/(?<![\w/.:-])(?:src|test|docs|deploy|bench|cards|manifest)\/[\w./-]*\w\/?/g),
    ];
    const missing = named.map(([path]) => path).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it.each(pages)('%s links to files that exist', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)(?<target>[^)#]+)/g)].map(
      (link) => link.groups?.['target'] ?? '',
    );
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it.each(['README.md', 'docs/architecture.md'])('%s says of each room what its face says', (page) => {
    const rows = rowsOf(read(page)).filter(([name = '']) => /^(?:\[)?`src\/[\w-]+\/`/.test(name));
    const said = rows.map(([name = '', sentence]) => [/src\/(?<room>[\w-]+)\//.exec(name)?.groups?.['room'], sentence]);
    expect(said).toEqual(
      rooms.map((room) => [room, readFaceSentence(room) ?? 'One entry per npm script beside `main.ts`.']),
    );
  });

  it('docs/architecture.md says which rooms a room may import', () => {
    const rows = rowsOf(read('docs/architecture.md')).filter(([name = '']) => name.startsWith('`src/'));
    const said = rows.map(([name = '', , imports]) => [name.slice('`src/'.length, -2), imports]);
    expect(said).toEqual(rooms.map((room) => [room, mayImport[room]?.map((one) => `\`${one}\``).join(', ') ?? 'all']));
  });

  it('docs/tunables.md lists every tunable, its default and what it is', () => {
    const rows = rowsOf(read('docs/tunables.md')).map((cells) => cells.join(' | '));
    expect(rows).toEqual(listTunables().map(({ name, preset, what }) => `\`${name}\` | ${preset} | ${what}`));
  });
});
