import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = resolve(import.meta.dirname, '../../src');

/** The packages that a file loads with itself: those of each `import` and `export … from`, types left out. */
function packagesLoadedWith(entries: readonly string[]): ReadonlySet<string> {
  const packages = new Set<string>();
  const files = new Set<string>();
  const open = entries.map((entry) => join(src, entry));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(/^(?:import|export) (?!type\b)[^;'"`]*?\bfrom '([^']+)'/gm)) {
      if (!name.startsWith('.')) packages.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
      else if (name.endsWith('.ts')) open.push(join(dirname(file), name));
    }
  }
  return new Set([...packages].filter((name) => !name.startsWith('node:')));
}

describe('what is loaded before the bot is ready', () => {
  it('is what readiness needs: no SDK of Bot Framework, no sign-in, no driver of another database', () => {
    const loaded = packagesLoadedWith(['main.ts', 'config/index.ts', 'app/index.ts', 'sandbox/index.ts']);
    expect([...loaded].toSorted()).toEqual(['jose', 'kysely', 'lru-cache', 'restify', 'unhomoglyph', 'zod']);
  });
});
