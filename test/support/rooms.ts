import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const src = resolve(import.meta.dirname, '../../src');

/** What each room may import besides itself. A room that is not listed may import everything. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  http: ['base'],
  config: ['base'],
  understanding: ['base'],
  reset: ['base'],
  'partner-center': ['base', 'http'],
  graph: ['base', 'http'],
  directory: ['base', 'graph', 'partner-center', 'reset', 'understanding'],
  'sign-in': ['base', 'config', 'graph', 'http', 'partner-center', 'reset'],
  tickets: ['base', 'config', 'http', 'reset'],
  texts: ['base', 'reset', 'partner-center', 'graph'],
  store: ['base', 'config', 'reset'],
  audit: ['base', 'reset', 'store'],
  teams: ['base', 'http', 'understanding', 'reset', 'texts'],
  observability: ['base', 'reset', 'partner-center', 'graph', 'teams', 'texts'],
  app: [
    'audit',
    'base',
    'config',
    'directory',
    'graph',
    'http',
    'observability',
    'partner-center',
    'reset',
    'sign-in',
    'store',
    'teams',
    'texts',
    'tickets',
  ],
};

/** The rooms, in the order of their imports: a room that is not listed above may import everything. */
export const rooms: readonly string[] = [
  ...Object.keys(mayImport),
  ...readdirSync(src, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !Object.hasOwn(mayImport, entry.name))
    .map((entry) => entry.name)
    .sort(),
];

/** The comment at the top of a room's face in one line; undefined for `commands`, which has no face. */
export function readFaceSentence(room: string): string | undefined {
  if (room === 'commands') return undefined;
  const [, comment] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(join(src, room, 'index.ts'), 'utf8')) ?? [];
  return comment?.replaceAll(/\s*\n \* ?/g, ' ').trim();
}
