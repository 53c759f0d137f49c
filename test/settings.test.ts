import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../src/config.ts';

/** Not settings of ours: looked at to be refused, which the README says below the table. */
const refused = ['DEBUG', 'NODE_DEBUG', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED'];

/** Every name that is looked up in the environment, in both modes, files that hold a setting left out. */
function namesRead(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const given of [
    {},
    { NODE_ENV: 'production' },
    { NODE_ENV: 'production', MicrosoftAppType: 'UserAssignedMsi' },
  ]) {
    const environment = new Proxy<Record<string, string | undefined>>(given, {
      get(target, name) {
        if (typeof name === 'string' && !name.endsWith('_FILE')) names.add(name);
        return Reflect.get(target, name);
      },
    });
    readSettings(environment, () => '');
  }
  // What is a file in its own right ends like one.
  names.add('POLICY_FILE');
  return names;
}

describe('the table of settings in the README', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
  const section = readme.slice(
    readme.indexOf('## Settings'),
    readme.indexOf('\n## ', readme.indexOf('## Settings') + 1),
  );
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name),
  );

  it('names every setting that is read, and none that is not', () => {
    expect(new Set(named)).toEqual(new Set([...namesRead()].filter((name) => !refused.includes(name))));
  });

  it('says what production does not start with', () => {
    for (const name of refused) expect(section).toContain(name);
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
    const row = rows.find((line) => (line.split('|')[1] ?? '').includes(`\`${name}\``));
    expect(row?.split('|')[2]).toContain(preset);
  });
});
