import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readPackageSettings } from '../../src/config/command-settings.ts';
import { readSettings } from '../../src/config/settings.ts';

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8');

/** Not settings of ours: looked at to be refused, which the page says at its end. */
const refused = [
  'DEBUG',
  'NODE_DEBUG',
  'NODE_OPTIONS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NODE_USE_SYSTEM_CA',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'OPENSSL_ENGINES',
];

/** Every name that is looked up in the environment, in both modes, files that hold a setting left out. */
function namesRead(): ReadonlySet<string> {
  const names = new Set<string>();
  const watch = (given: Record<string, string | undefined>) =>
    new Proxy(given, {
      get(target, name) {
        if (typeof name === 'string' && !name.endsWith('_FILE')) names.add(name);
        return Reflect.get(target, name);
      },
    });
  for (const given of [
    {},
    { NODE_ENV: 'production' },
    { NODE_ENV: 'production', MicrosoftAppType: 'UserAssignedMsi' },
    ...['halopsa', 'connectwise', 'autotask', 'webhook'].map((system) => ({
      NODE_ENV: 'production',
      TICKET_SYSTEM: system,
    })),
  ]) {
    readSettings(watch(given), () => '');
  }
  readPackageSettings(watch({}));
  // What is a file in its own right ends like one.
  names.add('POLICY_FILE');
  return names;
}

const settings = new Set([...namesRead()].filter((name) => !refused.includes(name)));

describe('docs/settings.md', () => {
  const page = read('docs/settings.md');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const namesOf = (row: string) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name);

  it('names every setting that is read, and none that is not, once', () => {
    const named = rows.flatMap(namesOf);
    expect(new Set(named)).toEqual(settings);
    expect(named).toHaveLength(settings.size);
  });

  it('says what production does not start with', () => {
    for (const name of refused) expect(page).toContain(name);
  });

  it.each([
    ['PORT', '3978'],
    ['DATABASE_URL', 'sqlite:./data/locksmith.db'],
    ['PLAYGROUND_PORT', '56150'],
    ['PASSWORD_DELIVERY', 'message'],
    ['PARTNER_CENTER_RESET', 'auto'],
    ['LOG_LEVEL', 'info'],
    ['MicrosoftAppType', 'SingleTenant'],
  ])('says what %s is where nobody sets it', (name, preset) => {
    const row = rows.find((line) => namesOf(line).includes(name));
    expect(row?.split('|')[2]).toContain(preset);
  });
});

describe('.env.example', () => {
  const example = read('.env.example');

  it('has every setting, and no other one', () => {
    const named = [...example.matchAll(/^#([A-Za-z_]+)=/gm)].map(([, name]) => name);
    // Node reads its own before it reads the file.
    const inFile = [...settings].filter((name) => name !== 'NODE_EXTRA_CA_CERTS');
    expect(new Set(named)).toEqual(new Set(inFile));
    expect(named).toHaveLength(inFile.length);
  });

  it('sets nothing as it stands, so that a copy of it is the sandbox', () => {
    expect(parseEnv(example)).toEqual({});
  });

  it('has values that are taken, where the # is gone', () => {
    const values = parseEnv(example.replaceAll(/^#(?=[A-Za-z_]+=)/gm, ''));
    // The file has the settings of both modes, and production refuses those of the Playground.
    const { PLAYGROUND: _on, PLAYGROUND_PORT: _port, ...inProduction } = values;
    const { problems } = { problems: [], ...readSettings(inProduction, () => '') };
    const missing = Object.keys(values).filter((name) => values[name] === '');
    const malformed = problems.filter((problem) => !missing.some((name) => problem.includes(`${name} is not set`)));
    expect(missing).toContain('SEALING_KEY');
    expect(malformed).toEqual([]);
  });
});
