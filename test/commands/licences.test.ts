import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listShippedPackages, renderLicencePage } from '../../src/commands/shipped-packages.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');
const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'x' }, ...packages } });
/** All of them let a program be used, changed and sold, and ask for no more than to be named. */
const lookedAt = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'BlueOak-1.0.0',
  '(AFL-2.1 OR BSD-3-Clause)',
]);

describe('the licences of what ships', () => {
  const packages = listShippedPackages(read('package-lock.json'));

  it('are the ones on the page', () => {
    expect(read('docs/licences.md')).toBe(renderLicencePage(packages));
  });

  it('have all been looked at', () => {
    const others = packages.filter(({ licence }) => !lookedAt.has(licence));
    expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  it('include every dependency that is asked for, and none of those for development', () => {
    const names = new Set(packages.map(({ name }) => name));
    for (const name of ['botbuilder', 'restify', 'kysely', 'pg', 'prom-client', 'zod']) expect(names).toContain(name);
    for (const name of ['jest', 'typescript', 'playwright-core', 'node']) expect(names).not.toContain(name);
  });
});

describe('listing what ships', () => {
  it('names each version once, wherever it is installed', () => {
    const uuid = { version: '8.0.0', license: 'MIT' };
    const listed = listShippedPackages(
      lock({
        'node_modules/uuid': { version: '9.0.0', license: 'MIT', optional: true },
        'node_modules/a/node_modules/uuid': uuid,
        'node_modules/b/node_modules/uuid': uuid,
        'node_modules/@types/jest': { version: '1.0.0', license: 'MIT', dev: true },
      }),
    );
    expect(listed).toEqual([
      { name: 'uuid', version: '8.0.0', licence: 'MIT', optional: false },
      { name: 'uuid', version: '9.0.0', licence: 'MIT', optional: true },
    ]);
  });

  it('refuses a package that does not say its licence', () => {
    expect(() => listShippedPackages(lock({ 'node_modules/x': { version: '1.0.0' } }))).toThrow('x@1.0.0');
  });
});
