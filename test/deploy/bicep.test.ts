import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import metadata from '../../package.json' with { type: 'json' };
import { realPlatform } from '../../src/app/platform.ts';
import { storeTunables } from '../../src/base/every-duration-and-limit.ts';
import { readSettings } from '../../src/config/settings.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const app = read('deploy/app.bicep');
const foundation = read('deploy/foundation.bicep');
const guid = '11111111-2222-4333-8444-555555555555';
const key = Buffer.alloc(32, 1).toString('base64');

/** What stands there in plain text, and what comes from the vault. Values that Bicep works out are given as they would be. */
const plain = new Map(
  [...app.matchAll(/\{ name: '((?:[A-Z]|Micro)[A-Za-z_]+)', value: (?:'([^'$]*)'|[^}]+) \}/g)].map(
    ([, name = '', value]) => [name, value],
  ),
);
const kept = new Map(
  [...app.matchAll(/\{ name: '([a-z-]+)', setting: '([A-Za-z_]+)' \}/g)].map(([, secret = '', name = '']) => [
    name,
    secret,
  ]),
);
const workedOut: Readonly<Record<string, string>> = {
  MicrosoftAppId: guid,
  MicrosoftAppTenantId: guid,
  ALLOWED_TENANT_IDS: `${guid},${guid}`,
  PARTNER_CENTER_TENANT_ID: guid,
  PARTNER_CENTER_CLIENT_ID: guid,
  PASSWORD_DELIVERY: 'reveal',
  DATABASE_URL: 'postgres://locksmith:abc@db.example:5432/locksmith?sslmode=verify-full',
  SEALING_KEY: key,
  AUDIT_KEY: key,
  PARTNER_CENTER_CLIENT_SECRET: 'CANARY-secret',
  ALERT_WEBHOOK_URL: 'https://hooks.example/1',
};

function environmentOf(type: 'UserAssignedMsi' | 'SingleTenant'): Record<string, string> {
  const bot: Record<string, string> = type === 'SingleTenant' ? { MicrosoftAppPassword: 'CANARY-bot' } : {};
  const names = [...plain.keys(), ...kept.keys()].filter(
    (name) => name !== 'MicrosoftAppPassword' && name !== 'PARTNER_CENTER_CLIENT_CERTIFICATE',
  );
  const values = names.map((name) => [name, plain.get(name) ?? workedOut[name] ?? '']);
  return { ...Object.fromEntries(values), ...bot, MicrosoftAppType: type };
}

/** Brackets that are never closed, and quotes that are never ended, outside of comments and texts. */
function findUnbalanced(text: string): string {
  const code = text.replaceAll(/\/\/[^\n']*$/gm, '').replaceAll(/'(?:[^'\\\n]|\\.)*'/g, '');
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  for (const [mark] of code.matchAll(/[()[\]{}']/g)) {
    if (pairs[mark] !== undefined && open.at(-1) === pairs[mark]) open.pop();
    else open.push(mark);
  }
  return open.join('');
}

describe('what is deployed to Azure', () => {
  it.each(['UserAssignedMsi', 'SingleTenant'] as const)('has every setting that production needs, as %s', (type) => {
    const settings = readSettings(environmentOf(type), () => '');
    expect(settings).toMatchObject({ kind: 'settings', settings: { mode: 'production', port: 3978, host: '0.0.0.0' } });
  });

  it('names no setting that the bot does not know', () => {
    const files = readdirSync(resolve(root, 'src/config')).map((name) => `src/config/${name}`);
    const known = files.map(read).join('');
    const unknown = [...plain.keys(), ...kept.keys()].filter((name) => !known.includes(`'${name}'`));
    expect(unknown).toEqual([]);
    expect(plain.size).toBeGreaterThan(10);
  });

  it('sets every setting there is, or the page says by which parameter, or that it has no meaning there', () => {
    const all = [...read('.env.example').matchAll(/^#([A-Z][A-Za-z_]+)=/gm)].map(([, name = '']) => name);
    const [, section = ''] = /### Settings\n([^]*?)\n##/.exec(read('deploy/README.md')) ?? [];
    const explained = new Set([...section.matchAll(/`([A-Z][A-Za-z_]+)`/g)].map(([, name]) => name));
    const isSet = (name: string) => plain.has(name) || kept.has(name);
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter((name) => !isSet(name) && !explained.has(name))).toEqual([]);
    expect(app).toContain('map(items(moreSettings), one => { name: one.key, value: string(one.value) })');
    expect(app).toContain('map(items(moreSecrets), one => { name: one.value, setting: one.key })');
    // What is a secret goes by the vault.
    const [, ofSecrets = ''] = /^\| `moreSecrets` +\|(.*)$/m.exec(section) ?? [];
    const secrets = all.filter((name) => /SECRET$|PRIVATE_KEY$/.test(name) && !isSet(name));
    expect(secrets.filter((name) => !ofSecrets.includes(`\`${name}\``))).toEqual([]);
  });

  it('takes every secret from the vault, and none from a parameter', () => {
    expect(new Set(kept.keys())).toEqual(
      new Set([
        'DATABASE_URL',
        'SEALING_KEY',
        'AUDIT_KEY',
        'PARTNER_CENTER_CLIENT_SECRET',
        'PARTNER_CENTER_CLIENT_CERTIFICATE',
        'MicrosoftAppPassword',
        'ALERT_WEBHOOK_URL',
      ]),
    );
    expect([...plain.keys()].filter((name) => kept.has(name))).toEqual([]);
    expect(app).toContain("keyVaultUrl: '${vault.properties.vaultUri}secrets/${one.name}'");
    expect(app).not.toMatch(/@secure|password'?, value/i);
    expect(`${app}${foundation}`).not.toMatch(/CANARY|AccountKey|[A-Za-z\d+/]{43}=/);
  });

  it('puts the database’s address where the app looks for it', () => {
    expect(foundation).toContain(`name: '${kept.get('DATABASE_URL')}'`);
    expect(foundation).toContain('sslmode=verify-full');
  });

  it('asks for health where the bot answers, and keeps metrics to the replica', () => {
    const server = read('src/teams/http/server.ts');
    for (const [, path = ''] of app.matchAll(/path: '(\/[a-z]+)'/g)) {
      expect(server).toContain(`'GET ${path}'`);
    }
    expect(plain.get('METRICS_HOST')).toBe('127.0.0.1');
    expect(app).not.toContain('additionalPortMappings');
  });

  it.each([
    ['app', app],
    ['foundation', foundation],
  ])('closes in %s.bicep whatever it opens', (_name, text) => {
    expect(findUnbalanced(text)).toBe('');
  });

  it('speaks of nothing that is not declared', () => {
    for (const text of [app, foundation]) {
      const declared = new Set(
        [...text.matchAll(/^\s*(?:param|var|resource|output) ([A-Za-z]+)/gm)].map(([, name]) => name),
      );
      const spoken = [...text.matchAll(/\$\{([a-z][A-Za-z]*)[.}]|: ([a-z][A-Za-z]+)\.(?:id|name|properties)/g)].map(
        ([, one, other]) => one ?? other,
      );
      expect(spoken.filter((name) => name !== 'one' && !declared.has(name))).toEqual([]);
      expect(spoken.length).toBeGreaterThan(5);
    }
  });

  it('leaves connections of the smallest database over while a new revision takes over', () => {
    const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1]);
    const pool = storeTunables.postgresConnections;
    const replicas = number(app, /param maxReplicas int = (\d+)/);
    const readme = read('deploy/README.md');
    expect(foundation).toContain("{ name: 'Standard_B1ms', tier: 'Burstable' }");
    expect(readme).toContain(`2 × ${replicas} replicas × ${pool} = ${2 * replicas * pool}.`);
    // So many it has for its users, three of them for an operator's commands.
    expect(2 * replicas * pool).toBeLessThanOrEqual(35 - 3);
  });

  it('makes a new revision when the policy changes, or when secrets shall be read anew', () => {
    expect(app).toContain("var policyVolume = 'policy-${uniqueString(policy, secretsRound)}'");
    // What a revision is made of stands under `template`; a secret does not.
    const template = app.slice(app.indexOf('    template: {'));
    expect(template).toContain('volumeName: policyVolume');
    expect(template).toContain('name: policyVolume');
    expect(template).not.toContain("'policy'\n");
  });

  it('gives probes no number that Container Apps refuses', () => {
    const numbers = (name: string) =>
      [...app.matchAll(new RegExp(`${name}: (\\d+)`, 'g'))].map(([, one]) => Number(one));
    expect(Math.max(...numbers('failureThreshold'))).toBeLessThanOrEqual(10);
    expect(Math.max(...numbers('periodSeconds'))).toBeLessThanOrEqual(240);
    const [, mostMinutes] = /@maxValue\((\d+)\)\nparam startMinutes int/.exec(app) ?? [];
    expect(app).toContain('periodSeconds: startMinutes * 6');
    expect(Number(mostMinutes) * 6).toBeLessThanOrEqual(240);
  });

  it('gives whoever deploys the secrets of the vault, and the app its image', () => {
    for (const role of ['b86a8fe4-44ce-4948-aee5-eccb2c155cd7', '7f951dda-4ed3-4680-a7ca-43fe172d538d']) {
      expect(foundation).toContain(role);
    }
    expect(foundation.match(/Microsoft\.Authorization\/roleAssignments@/g)).toHaveLength(3);
  });

  it('has every parameter in the commands that has no value of its own', () => {
    const readme = read('deploy/README.md');
    for (const text of [app, foundation]) {
      for (const [, name = ''] of text.matchAll(/^param ([A-Za-z]+) [a-z]+$/gm)) expect(readme).toContain(`${name}=`);
    }
  });

  it('waits longer before it kills than the bot takes to end', () => {
    const [, seconds] = /terminationGracePeriodSeconds: (\d+)/.exec(app) ?? [];
    expect(Number(seconds) * 1000).toBeGreaterThan(realPlatform.shutdown.timeout + 5000);
  });

  it('has the licence that the package names', () => {
    expect(metadata.license).toBe('MIT');
    expect(read('LICENSE')).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} Locksmith\n/);
  });
});
