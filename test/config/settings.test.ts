import { describe, expect, it } from '@jest/globals';
import type { Environment } from '../../src/config/text-reader.ts';
import { isOneKeyForBoth, readSettings } from '../../src/config/settings.ts';

const guid = '11111111-2222-4333-8444-555555555555';
const key = Buffer.alloc(32, 1).toString('base64');
const otherKey = Buffer.alloc(32, 2).toString('base64');
const production = {
  MicrosoftAppId: guid,
  MicrosoftAppPassword: 'CANARY-app-password',
  MicrosoftAppTenantId: guid,
  ALLOWED_TENANT_IDS: `${guid}, ${guid.toUpperCase()}`,
  PARTNER_CENTER_TENANT_ID: guid,
  PARTNER_CENTER_CLIENT_ID: guid,
  PARTNER_CENTER_CLIENT_SECRET: 'CANARY-client-secret',
  SEALING_KEY: key,
  AUDIT_KEY: key,
  POLICY_FILE: '/etc/locksmith/policy.json',
} as const;
const needed = Object.keys(production);

function problemsOf(environment: Environment, readFile: (path: string) => string = noFile): readonly string[] {
  const read = readSettings(environment, readFile);
  return read.kind === 'problems' ? read.problems : [];
}

/** No file but the policy's. */
function noFile(path: string): string {
  if (path === production.POLICY_FILE) return '{}';
  throw new Error('no such file');
}

describe('the mode', () => {
  it.each([
    [{}, 'sandbox'],
    [{ NODE_ENV: 'development', MicrosoftAppId: ' ' }, 'sandbox'],
    [{ NODE_ENV: 'production' }, 'production'],
    [{ MicrosoftAppId: guid }, 'production'],
    [{ MicrosoftAppId_FILE: '/run/empty-because-not-mounted' }, 'production'],
  ] as const)('of %j is %s', (environment, mode) => {
    const read = readSettings(environment, noFile);
    expect(read.kind === 'settings' ? read.settings.mode : read.mode).toBe(mode);
  });
});

describe('a setting that one mode would pass over', () => {
  const pem = { PARTNER_CENTER_CLIENT_CERTIFICATE: 'CANARY-pem' };
  it.each([
    { MicrosoftAppPassword: 'CANARY' },
    { MicrosoftAppPassword_FILE: '/run/CANARY' },
    { MicrosoftAppTenantId: guid },
    { MicrosoftAppType: 'SingleTenant' },
    { PARTNER_CENTER_TENANT_ID: guid },
    { PARTNER_CENTER_CLIENT_ID: guid },
    { PARTNER_CENTER_CLIENT_SECRET: 'CANARY' },
    pem,
  ])('is refused in the sandbox, with the reason: %j', (environment) => {
    const problems = problemsOf(environment);
    expect(problems).toEqual([expect.stringContaining('the sandbox signs in nowhere')]);
    expect(problems.join('')).toContain(Object.keys(environment)[0]?.replace('_FILE', ''));
    expect(problems.join('')).not.toContain('CANARY');
  });

  it.each([{ PLAYGROUND: 'on' }, { PLAYGROUND_PORT: '56150' }])('is refused in production: %j', (environment) => {
    expect(problemsOf({ ...production, ...environment })).toEqual([expect.stringContaining('no Playground')]);
    expect(problemsOf({ ...production, PLAYGROUND: 'off' })).toEqual([]);
  });

  it('is obeyed in both where that can be: whose users may talk to the bot', () => {
    const allowed = `${guid},${guid.replace('1111', '2222')}`;
    expect(readSettings({ ALLOWED_TENANT_IDS: allowed }, noFile)).toMatchObject({
      settings: { mode: 'sandbox', allowedTenants: allowed.split(',') },
    });
    expect(problemsOf({ ALLOWED_TENANT_IDS: 'contoso' })).toEqual([expect.stringContaining('ALLOWED_TENANT_IDS')]);
  });
});

describe('the retention', () => {
  it('is 400 days unless it is said, and a whole number of days', () => {
    expect(readSettings({}, noFile)).toMatchObject({ settings: { retentionDays: 400 } });
    expect(readSettings({ RETENTION_DAYS: '30' }, noFile)).toMatchObject({ settings: { retentionDays: 30 } });
    for (const text of ['0', '-1', '1.5', 'for ever', '36501'])
      expect(problemsOf({ RETENTION_DAYS: text })).toEqual([expect.stringContaining('RETENTION_DAYS')]);
  });
});

describe('Microsoft Graph', () => {
  it.each([
    [{}, { kind: 'pretend' }],
    [{ MICROSOFT_GRAPH: 'off' }, { kind: 'off' }],
    [{ MICROSOFT_GRAPH: 'off', GRAPH_BASE_URL: 'http://127.0.0.1:9' }, { kind: 'off' }],
    [{ GRAPH_BASE_URL: 'http://127.0.0.1:9/' }, { kind: 'at', url: 'http://127.0.0.1:9' }],
    [{ PARTNER_CENTER_BASE_URL: 'http://127.0.0.1:8' }, { kind: 'off' }],
    [
      { PARTNER_CENTER_BASE_URL: 'http://127.0.0.1:8', GRAPH_BASE_URL: 'http://localhost:9' },
      { kind: 'at', url: 'http://localhost:9' },
    ],
  ] as const)('in the sandbox, with %j, is %j', (environment, graph) => {
    const read = readSettings(environment, noFile);
    expect(read.kind === 'settings' && read.settings).toMatchObject({ mode: 'sandbox', graph });
  });

  it.each([
    [{ GRAPH_BASE_URL: 'https://graph.microsoft.com' }, 'GRAPH_BASE_URL is on another machine'],
    [{ GRAPH_BASE_URL: 'http://graph.example' }, 'GRAPH_BASE_URL is plain http to another machine'],
    [{ MICROSOFT_GRAPH: 'yes' }, 'MICROSOFT_GRAPH is none of on, off'],
    [{ MICROSOFT_GRAPH: 'on', PARTNER_CENTER_BASE_URL: 'http://127.0.0.1:8' }, 'give GRAPH_BASE_URL too'],
  ])('in the sandbox is not %j', (environment, problem) => {
    expect(problemsOf(environment).join()).toContain(problem);
  });

  it.each([
    [{}, 'off'],
    [{ MICROSOFT_GRAPH: 'on' }, 'on'],
    [{ MICROSOFT_GRAPH: 'on', GRAPH_BASE_URL: 'https://graph.microsoft.com' }, 'on'],
  ])('in production, with %j, is %s', (environment, graph) => {
    const read = readSettings({ ...production, ...environment }, noFile);
    expect(read.kind === 'settings' && read.settings).toMatchObject({ mode: 'production', graph });
  });

  it('in production is at no other address', () => {
    expect(problemsOf({ ...production, GRAPH_BASE_URL: 'http://127.0.0.1:9' })).toEqual([
      'GRAPH_BASE_URL is not https://graph.microsoft.com',
    ]);
  });
});

describe('a policy file that is not there', () => {
  it('is named beside everything else that is wrong, in both modes', () => {
    const nowhere = '/run/nowhere.json';
    const { AUDIT_KEY: _left, ...others } = production;
    expect(problemsOf({ ...others, POLICY_FILE: nowhere, PORT: 'x' })).toEqual([
      expect.stringContaining('PORT'),
      'AUDIT_KEY is not set',
      `POLICY_FILE names a file that cannot be read (unknown): ${nowhere}`,
    ]);
    expect(problemsOf({ POLICY_FILE: nowhere, PORT: 'x' })).toHaveLength(2);
  });
});

describe('the sandbox', () => {
  it('needs nothing', () => {
    expect(readSettings({}, noFile)).toMatchObject({
      kind: 'settings',
      settings: { mode: 'sandbox', host: '127.0.0.1', port: 3978, playground: true, playgroundPort: 56_150 },
    });
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.com'])('listens on loopback only, not on %s', (host) => {
    expect(problemsOf({ HOST: host })).toEqual([expect.stringContaining('HOST')]);
  });

  it('answers questions for metrics nowhere, unless it is told a port', () => {
    expect(readSettings({}, noFile)).toMatchObject({ settings: { metricsPort: undefined, metricsHost: '127.0.0.1' } });
    expect(readSettings({ METRICS_PORT: '9464' }, noFile)).toMatchObject({ settings: { metricsPort: 9464 } });
  });

  it('answers them on loopback only', () => {
    expect(problemsOf({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' })).toEqual([
      expect.stringContaining('METRICS_HOST'),
    ]);
  });

  it.each(['http://10.0.0.1:99', 'http://example.com'])(
    'sends nothing over plain http to another machine, %s',
    (url) => {
      expect(problemsOf({ PARTNER_CENTER_BASE_URL: url })).toEqual([
        expect.stringContaining('PARTNER_CENTER_BASE_URL'),
      ]);
    },
  );

  it.each(['http://127.0.0.1:9099/hook', 'http://localhost/', 'http://[::1]:1/', 'https://hooks.example/1?key=2'])(
    'takes %s as the address for alarms',
    (url) => {
      expect(problemsOf({ ALERT_WEBHOOK_URL: url })).toEqual([]);
    },
  );

  it('names everything that is malformed in one go', () => {
    const wrong = {
      PORT: '70000',
      PLAYGROUND: 'maybe',
      PLAYGROUND_PORT: '-1',
      METRICS_PORT: 'on',
      PARTNER_CENTER_RESET: 'both',
      PASSWORD_DELIVERY: 'mail',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      PARTNER_CENTER_BASE_URL: 'ftp://x',
      SEALING_KEY: 'c2hvcnQ=',
      ALERT_WEBHOOK_URL: 'http://hooks.example/1',
    };
    const problems = problemsOf(wrong);
    for (const name of Object.keys(wrong))
      expect(problems.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
  });
});

describe('production', () => {
  it('takes a whole set of settings', () => {
    expect(readSettings(production, noFile)).toMatchObject({
      kind: 'settings',
      settings: { mode: 'production', host: '0.0.0.0', bot: { kind: 'single-tenant' }, allowedTenants: [guid, guid] },
    });
  });

  it('names every setting when all are missing', () => {
    const problems = problemsOf({ NODE_ENV: 'production' }).join('\n');
    for (const name of needed) expect(problems).toContain(name);
  });

  it.each(needed)('does without %s for nobody, whether it is missing or empty', (name) => {
    expect(problemsOf({ ...production, NODE_ENV: 'production', [name]: undefined })).toEqual([
      expect.stringContaining(name),
    ]);
    expect(problemsOf({ ...production, NODE_ENV: 'production', [name]: '  ' })).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it.each([
    ['MicrosoftAppId', 'my-bot'],
    ['MicrosoftAppTenantId', 'contoso.com'],
    ['MicrosoftAppType', 'MultiTenant'],
    ['ALLOWED_TENANT_IDS', `${guid},contoso`],
    ['ALLOWED_TENANT_IDS', ' , '],
    ['PARTNER_CENTER_TENANT_ID', '1'],
    ['PARTNER_CENTER_CLIENT_ID', '1'],
    ['PARTNER_CENTER_BASE_URL', 'https://api.partnercenter.microsoft.com.evil.example'],
    ['SEALING_KEY', `${key},short`],
    ['AUDIT_KEY', `${key},${key}`],
    ['ALERT_WEBHOOK_URL', 'http://127.0.0.1:9/'],
    ['ALERT_WEBHOOK_URL', 'hooks.example'],
    ['ALERT_WEBHOOK_URL', 'https://robin:CANARY@hooks.example/'],
    ['DATABASE_URL', 'postgres'],
    ['DATABASE_URL', 'postgres://u:p@db.example.com/x'],
    ['DATABASE_URL', 'postgres://u:p@db.example.com/x?sslmode=disable'],
    ['DATABASE_URL', 'postgres://u:p@db.example.com/x?sslmode=no-verify'],
    ['DEBUG', '*'],
    ['NODE_DEBUG', 'http,net'],
    ['NODE_OPTIONS', '--max-old-space-size=200 --inspect=0.0.0.0:9229'],
    ['NODE_OPTIONS', '--report-on-fatalerror'],
    ['NODE_OPTIONS', '--tls_keylog=/tmp/keys'],
    ['NODE_OPTIONS', '--max-old-space-size=200 "--tls-key\\log=/tmp/keys"'],
    ['NODE_OPTIONS', '--heap_prof'],
    ['NODE_OPTIONS', '--trace-tls'],
    ['NODE_OPTIONS', '--insecure_http_parser'],
    ['NODE_OPTIONS', '--require /opt/agent.cjs'],
    ['NODE_OPTIONS', '--max-old-space-size=200 -r /opt/agent.cjs'],
    ['NODE_OPTIONS', '--import=/opt/agent.mjs'],
    ['NODE_OPTIONS', '--experimental_loader=/opt/agent.mjs'],
    ['NODE_OPTIONS', '--snapshot-blob=/opt/agent.blob'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['MicrosoftAppPassword', 'CANARY-app\nCANARY-password'],
    ['PARTNER_CENTER_CLIENT_SECRET', 'CANARY-client\u0000secret'],
    ['METRICS_PORT', '3978'],
    ['HTTP_PROXY', 'http://proxy.example:3128'],
    ['HTTPS_PROXY', 'http://proxy.example:3128'],
    ['ALL_PROXY', 'socks5://proxy.example:1080'],
    ['http_proxy', 'http://127.0.0.1:3128'],
    ['https_proxy', 'proxy.example:3128'],
    ['all_proxy', 'http://proxy.example'],
    ['NODE_OPTIONS', '--use-openssl-ca'],
    ['NODE_OPTIONS', '--use_system_ca'],
    ['NODE_OPTIONS', '--openssl-config=/tmp/openssl.cnf'],
    ['NODE_USE_SYSTEM_CA', '1'],
    ['OPENSSL_CONF', '/tmp/openssl.cnf'],
    ['OPENSSL_MODULES', '/tmp/modules'],
    ['OPENSSL_ENGINES', '/tmp/engines'],
    ['OUTBOUND_PROXY', 'proxy.example:3128'],
    ['OUTBOUND_PROXY', 'https://proxy.example:3128'],
    ['OUTBOUND_PROXY', 'socks5://proxy.example:1080'],
    ['OUTBOUND_PROXY', 'http://robin:CANARY@proxy.example:3128'],
    ['OUTBOUND_PROXY', 'http://proxy.example:3128/path'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(problemsOf({ ...production, [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  it.each(['--inspect', '--inspect-brk=0', '--tls_keylog=/tmp/keys', '--report-on-signal', '--insecure-http-parser'])(
    'refuses %s on the command line of Node too',
    (option) => {
      const given = ['--require', './node-version.cjs', option];
      const read = readSettings(production, noFile, undefined, given);
      expect(read).toMatchObject({ kind: 'problems', problems: [expect.stringContaining('The command line')] });
      expect(readSettings(production, noFile, undefined, given.slice(0, 2)).kind).toBe('settings');
    },
  );

  it.each([
    [['--require', '/opt/agent.cjs']],
    [['-r', './agent.cjs', '--require', './node-version.cjs']],
    [['--require', './node-version.cjs', '--require', '/opt/node-version.cjs']],
    [['--import=data:text/javascript,0']],
    [['--experimental_loader', '/opt/agent.mjs']],
    [['--snapshot-blob=/opt/agent.blob']],
    [['--experimental-config-file=/opt/node.config.json']],
    [['--experimental-default-config-file']],
  ])('refuses %j on the command line of Node, which would load code that is not its own', (given) => {
    const read = readSettings(production, noFile, undefined, given);
    expect(read).toMatchObject({ kind: 'problems', problems: [expect.stringContaining('would load code')] });
  });

  it('takes what npm start and the image load', () => {
    const given = ['--disable-sigusr1', '--require', './node-version.cjs', '--require=./env-file.cjs'];
    expect(readSettings(production, noFile, undefined, given).kind).toBe('settings');
  });

  it.each([
    [key, otherKey, false],
    [`${key},${otherKey}`, otherKey, false],
    [otherKey, otherKey, true],
    [`${otherKey.replace(/=+$/, '')},${key}`, otherKey, true],
  ])('knows whether SEALING_KEY %s seals with AUDIT_KEY %s: %s', (SEALING_KEY, AUDIT_KEY, isOne) => {
    for (const environment of [production, {}]) {
      const read = readSettings({ ...environment, SEALING_KEY, AUDIT_KEY }, noFile);
      if (read.kind === 'problems') throw new Error(read.problems.join());
      expect(isOneKeyForBoth(read.settings)).toBe(isOne);
    }
  });

  it('takes a port for metrics that is that of the bot on another address of the machine, or any', () => {
    expect(problemsOf({ ...production, HOST: '127.0.0.2', METRICS_PORT: '3978' })).toEqual([]);
    expect(problemsOf({ ...production, PORT: '0', METRICS_PORT: '0' })).toEqual([]);
  });

  it.each([
    ['127.0.0.1', 'localhost'],
    ['localhost', '::1'],
    ['localhost', 'localhost'],
  ])('refuses one port for the bot at %s and its metrics at %s', (HOST, METRICS_HOST) => {
    const given = { ...production, HOST, METRICS_HOST, METRICS_PORT: '3978' };
    expect(problemsOf(given)).toEqual([expect.stringContaining('METRICS_PORT')]);
  });

  it('leaves other switches of Node alone', () => {
    const environment = { ...production, NODE_OPTIONS: '--max-old-space-size=200', NODE_DEBUG: 'module', DEBUG: 'app' };
    expect(problemsOf(environment)).toEqual([]);
  });

  it('refuses a password for a bot that has a managed identity', () => {
    expect(problemsOf({ ...production, MicrosoftAppType: 'UserAssignedMsi' })).toEqual([
      expect.stringContaining('MicrosoftAppPassword'),
    ]);
  });

  it.each(['postgres://u:p@127.0.0.1/x', 'postgres://u:p@db.example.com/x?sslmode=verify-full'])(
    'takes %s as the address of its database',
    (url) => {
      expect(problemsOf({ ...production, DATABASE_URL: url })).toEqual([]);
    },
  );

  it('says what to write where a database would be reached in plain text, without its password', () => {
    const [problem = ''] = problemsOf({ ...production, DATABASE_URL: 'postgres://u:CANARY@db.example.com/x' });
    expect(problem).toContain('sslmode=verify-full');
    expect(problem).not.toContain('CANARY');
    expect(problemsOf({ DATABASE_URL: 'postgres://u:p@db.example.com/x' })).toEqual([]);
  });

  it('says what is wrong without repeating a secret', () => {
    const said = problemsOf({
      ...production,
      SEALING_KEY: 'CANARY-key',
      DATABASE_URL: 'CANARY-url',
      AUDIT_KEY: 'CANARY',
    });
    expect(said).toHaveLength(3);
    expect(said.join()).not.toContain('CANARY');
  });
});

describe('a setting from a file', () => {
  it('is read from the file that NAME_FILE names', () => {
    const { SEALING_KEY, ...rest } = production;
    const read = readSettings({ ...rest, SEALING_KEY_FILE: '/run/key' }, (path) =>
      path === '/run/key' ? `${SEALING_KEY}\n` : '',
    );
    expect(read.kind).toBe('settings');
  });

  it.each([
    ['cannot be read', { SEALING_KEY_FILE: '/nowhere', SEALING_KEY: undefined }],
    ['is named beside the setting itself', { SEALING_KEY_FILE: '/run/key' }],
  ])('is a problem when it %s', (_what, changes) => {
    const problems = problemsOf({ ...production, ...changes });
    expect(problems).toEqual([expect.stringMatching(/^SEALING_KEY/)]);
  });

  it('is a problem once however often it is read', () => {
    const both = {
      MicrosoftAppId_FILE: '/run/id',
      MicrosoftAppPassword_FILE: '/run/password',
      AUDIT_KEY_FILE: '/run/a',
    };
    expect(problemsOf({ ...production, ...both }, () => guid)).toHaveLength(3);
  });

  it('is held by nothing that is printed', () => {
    const read = readSettings({ ...production, ALERT_WEBHOOK_URL: 'https://hooks.example/CANARY' }, noFile);
    expect(read.kind).toBe('settings');
    expect(JSON.stringify(read)).not.toContain('CANARY');
  });
});
