import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Platform, realPlatform } from '../../src/app/platform.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { runChecks } from '../../src/commands/doctor/checks.ts';
import { productionChecks, runDoctor } from '../../src/commands/doctor/run-doctor.ts';
import type { ProductionSettings } from '../../src/config/settings.ts';
import { openTokenStore } from '../../src/store/token-store.ts';
import { delegatedScopes, scopesFor } from '../../src/graph/index.ts';
import { inEmptyFolder } from '../support/in-empty-folder.ts';
import { productionEnvironment } from '../support/production-environment.ts';
import { startForwardProxy } from '../support/forward-proxy.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';

const group = 'group:55555555-5555-4555-8555-55555555555a';
const person = '0a1b2c3d-0000-4000-8000-00000000000a';

describe('the doctor', () => {
  let house: ProductionHouse;

  beforeEach(async () => {
    house = await startProductionHouse({ policy: { technicians: [group], approvers: [person], auditors: [person] } });
    house.graph.put(person, []);
  });

  afterEach(() => house.stop());

  async function look(changes: Partial<ProductionSettings> = {}, platform: Partial<Platform> = {}) {
    const lines: string[] = [];
    const checks = productionChecks({ ...house.settings, ...changes }, { ...house.platform, ...platform }, (path) =>
      readFileSync(path, 'utf8'),
    );
    const status = await runChecks(checks, (line) => lines.push(line), {
      clock: systemClock,
      errors: new PassThrough(),
    });
    expect(lines.join('\n')).not.toContain('CANARY');
    return {
      status,
      text: lines.join('\n'),
      wrong: lines.filter((line) => /^(?:not made yet|NOT REACHABLE|REFUSED|WRONG)/.test(line)),
    };
  }

  it('finds nothing wrong where nothing is, beside a running bot', async () => {
    await house.start();
    await house.consent();
    const { status, text, wrong } = await look();
    expect(wrong).toEqual([]);
    expect(status).toBe(0);
    for (const name of [
      'settings',
      'policy',
      'store',
      'sealing key',
      'audit tables',
      'audit key',
      'clock',
      'application',
      'sign-in',
      'partner center',
      'graph',
      'bot sign-in',
      'bot framework',
    ])
      expect(text).toMatch(new RegExp(`^ok +${name} `, 'm'));
  });

  it.each<
    [string, RegExp, (house: ProductionHouse) => Promise<readonly [Partial<ProductionSettings>?, Partial<Platform>?]>]
  >([
    [
      'a policy that nobody has written yet',
      /^not made yet  policy .*is not there/,
      async () => Promise.resolve([{ policyFile: '/nowhere' }]),
    ],
    [
      'a policy with a fault in it',
      /^WRONG +policy .*technicans/,
      async ({ settings }) => {
        writeFileSync(settings.policyFile, '{"technicans":["*"]}');
        return Promise.resolve([]);
      },
    ],
    [
      'a store that is not made yet',
      /^not made yet +store .*no database yet/,
      async () => Promise.resolve([{ databaseUrl: new Secret('sqlite:/tmp/locksmith-nowhere/x.db') }]),
    ],
    [
      'another sealing key',
      /^WRONG +sealing key .*do not open/,
      async () => Promise.resolve([{ sealingKeys: [new Secret(Buffer.alloc(32, 9).toString('base64'))] }]),
    ],
    [
      'another audit key',
      /^WRONG +audit key .*No row fits AUDIT_KEY/,
      async () => Promise.resolve([{ auditKey: new Secret(Buffer.alloc(32, 9).toString('base64')) }]),
    ],
    [
      'a clock that is late',
      /^WRONG +clock .*behind/,
      async ({ platform: { clock } }) =>
        Promise.resolve([{}, { clock: { ...clock, now: () => clock.now() - 120_000 } }]),
    ],
    [
      'a sign-in that was revoked',
      /^REFUSED +sign-in .*code or the refresh token.*/,
      async (one) => {
        one.entra.revoke();
        return Promise.resolve([]);
      },
    ],
    [
      'an application whose secret is wrong, while the token that is kept is good',
      /^REFUSED +application .*does not accept the application/,
      async ({ settings: { partnerCenterApp: app } }) =>
        Promise.resolve([
          { partnerCenterApp: { ...app, credential: { kind: 'secret', secret: new Secret('CANARY-wrong') } } },
        ]),
    ],
    [
      'a Graph that refuses',
      /^REFUSED +graph .*does not say/,
      async ({ graph }) => {
        graph.break({ kind: 'status', status: 403 });
        return Promise.resolve([]);
      },
    ],
    [
      'a bot whose secret is wrong',
      /^REFUSED +bot sign-in .*no token \(invalid_client\)/,
      async ({ settings: { bot } }) =>
        Promise.resolve([
          {
            bot: {
              ...bot,
              kind: 'single-tenant',
              tenantId: '11111111-2222-4333-8444-555555555555',
              password: new Secret('CANARY-wrong'),
            },
          },
        ]),
    ],
    [
      'keys of the Bot Framework that cannot be had',
      /^NOT REACHABLE bot framework .*cannot be had/,
      async ({ keys }) => {
        keys.break('keys', { kind: 'status', status: 500 });
        return Promise.resolve([]);
      },
    ],
    [
      'a Partner Center that does not let customers be read',
      /^REFUSED +partner center /,
      async ({ partnerCenter }) => {
        partnerCenter.faults.next({
          method: 'GET',
          fault: { kind: 'partner-error', row: { status: 403, code: 900_150, description: 'No rights' } },
        });
        return Promise.resolve([]);
      },
    ],
    [
      'a server of the database that does not answer',
      /^NOT REACHABLE store .*cannot be reached\. \(ECONNREFUSED\)/,
      async () => Promise.resolve([{ databaseUrl: new Secret('postgres://locksmith@127.0.0.1:9/locksmith') }]),
    ],
    [
      'a file that is no database',
      /^WRONG +store .*no database of Locksmith’s/,
      async ({ settings }) => {
        const path = `${settings.policyFile}.db`;
        writeFileSync(
          path,
          'This is a text and no database, and long enough for its header to be read as one.'.repeat(20),
        );
        return Promise.resolve([{ databaseUrl: new Secret(`sqlite:${path}`) }]);
      },
    ],
    [
      'a Microsoft Entra that cannot be reached',
      /^NOT REACHABLE clock .*does not answer/,
      async ({ platform }) =>
        Promise.resolve([
          {},
          {
            fetch: (input, init) =>
              (input instanceof Request ? input.url : String(input)).startsWith(platform.signIn.authority)
                ? Promise.reject(new TypeError('fetch failed'))
                : platform.fetch(input, init),
          },
        ]),
    ],
  ])('names %s, first and once', async (_what, says, plant) => {
    await house.start();
    await house.consent();
    const { status, text, wrong } = await look(...(await plant(house)));
    expect(status).toBe(1);
    expect(wrong[0]).toMatch(says);
    const remedies = [...text.matchAll(/^ +→ (.+)$/gm)].map(([, remedy]) => remedy);
    expect(remedies.length).toBeGreaterThan(0);
    expect(remedies).toEqual([...new Set(remedies)]);
    for (const remedy of remedies) expect(remedy).toMatch(/\(docs\/install\.md, step [1-9] of 9\)$/);
  });

  describe('with Microsoft Graph', () => {
    const day = 24 * 60 * 60_000;
    // Global Reader reads what Directory Readers do.
    const roles = ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'c4e39bd9-1100-46d3-8c65-fb160da0071f'];

    beforeEach(async () => {
      await house.start();
      await house.consent();
    });

    function customer(name: string): string {
      return house.partnerCenter.data.customers.find((one) => one.name === name)?.id ?? '';
    }

    /** Graph in the partner's tenant, which lists these relationships, or refuses. */
    function withRelationships(
      relationships: readonly { readonly of: string; readonly days: number; readonly roles: readonly string[] }[] | 403,
    ): Partial<Platform> {
      const value = (relationships === 403 ? [] : relationships).map(({ of, days, roles: held }) => ({
        customer: { tenantId: customer(of), displayName: 'CANARY' },
        status: 'active',
        endDateTime: new Date(systemClock.now() + days * day).toISOString(),
        autoExtendDuration: 'PT0S',
        accessDetails: { unifiedRoles: held.map((roleDefinitionId) => ({ roleDefinitionId })) },
      }));
      const [status, body] =
        relationships === 403
          ? [403, { error: { code: 'Authorization_RequestDenied', message: 'CANARY' } }]
          : [200, { value }];
      const fetch: Platform['fetch'] = (input, init) => {
        const url = input instanceof Request ? input.url : String(input);
        return url.includes('/tenantRelationships/')
          ? Promise.resolve(Response.json(body, { status }))
          : house.platform.fetch(input, init);
      };
      return { fetch };
    }

    it('says at how many customers it works, and that nothing is wrong where the others have not consented', async () => {
      house.entra.customer(customer('Contoso Bikes'), { kind: 'consented', scopes: delegatedScopes });
      const { status, text } = await look(
        { graph: 'on' },
        withRelationships([{ of: 'Contoso Bikes', days: 200, roles }]),
      );
      expect(text).toMatch(
        /^ok +graph customers +gets a token with every scope at 1 of 200 customers; not-consented \(199\): .* and 189 more$/m,
      );
      expect(text).toMatch(/^ok +gdap +at 1 customer GDAP lasts longer than 30 days and has the roles/m);
      expect(status).toBe(0);
    }, 60_000);

    it('names which scope is missing where, whose GDAP ends, and which role is missing', async () => {
      house.entra.customer(customer('Contoso Bikes'), { kind: 'consented', scopes: delegatedScopes.slice(1) });
      house.entra.customer(customer('Wide World Importers'), { kind: 'consented', scopes: delegatedScopes });
      const { status, wrong } = await look(
        { graph: 'on' },
        withRelationships([
          { of: 'Contoso Bikes', days: 12, roles },
          { of: 'Wide World Importers', days: 100, roles: roles.slice(0, 1) },
        ]),
      );
      expect(wrong).toEqual([
        expect.stringMatching(
          /graph customers +gets a token with every scope at 1 of 200 customers; with some at 1; .*User\.Read\.All is missing \(1\): Contoso Bikes/,
        ),
        expect.stringMatching(
          /gdap +ends within 30 days: Contoso Bikes \(\d{4}-\d\d-\d\d\); a role is missing: Wide World Importers \(Authentication Administrator\)/,
        ),
      ]);
      expect(status).toBe(1);
    }, 60_000);

    it('says each step where customers refuse for different reasons, and looks at no GDAP where none lets it in', async () => {
      house.entra.customer(customer('Contoso Bikes'), { kind: 'refuses', error: 'invalid_grant', code: 50_020 });
      house.entra.customer(customer('Wide World Importers'), {
        kind: 'refuses',
        error: 'interaction_required',
        code: 53_003,
      });
      const { text } = await look({ graph: 'on' }, withRelationships([{ of: 'Contoso Bikes', days: 200, roles }]));
      expect(text).toMatch(/account-unknown \(1\): Contoso Bikes/);
      expect(text).toMatch(/conditional-access \(1\): Wide World Importers/);
      expect(text).toContain('Look whether the GDAP relationship');
      expect(text).toContain('exclude service providers');
      expect(text).toMatch(/^– +gdap +not looked at: no customer lets Microsoft Graph in/m);
    }, 60_000);

    it('counts the roles of what lasts alone', async () => {
      house.entra.customer(customer('Contoso Bikes'), { kind: 'consented', scopes: delegatedScopes });
      const { wrong } = await look(
        { graph: 'on' },
        withRelationships([
          { of: 'Contoso Bikes', days: 5, roles },
          { of: 'Contoso Bikes', days: 300, roles: roles.slice(0, 1) },
        ]),
      );
      expect(wrong).toEqual([
        expect.stringMatching(/a role is missing: Contoso Bikes \(Authentication Administrator\)/),
      ]);
    }, 60_000);

    it('misses no scope that the policy does not need', async () => {
      const needed = scopesFor({ synchronisedUsers: 'deny', followUps: { signOut: 'off', accessPass: 'off' } });
      house.entra.customer(customer('Contoso Bikes'), { kind: 'consented', scopes: needed });
      const relationships = withRelationships([{ of: 'Contoso Bikes', days: 200, roles }]);
      const missed = await look({ graph: 'on' }, relationships);
      expect(missed.wrong).toEqual([
        expect.stringMatching(/User\.RevokeSessions\.All is missing \(1\): Contoso Bikes/),
      ]);
      expect(missed.text).not.toMatch(/TAP|UserAuthenticationMethod/);
      const people = { technicians: [group], approvers: [person], auditors: [person] };
      writeFileSync(house.settings.policyFile, JSON.stringify({ ...people, followUps: { signOut: 'off' } }));
      expect((await look({ graph: 'on' }, relationships)).wrong).toEqual([]);
      const withWriteBack = { ...people, synchronisedUsers: 'writeback', followUps: { signOut: 'off' } };
      writeFileSync(house.settings.policyFile, JSON.stringify(withWriteBack));
      expect((await look({ graph: 'on' }, relationships)).wrong).toEqual([
        expect.stringMatching(/UserAuthenticationMethod\.ReadWrite\.All is missing \(1\): Contoso Bikes/),
      ]);
      const elsewhere = { [customer('Wide World Importers')]: { synchronisedUsers: 'writeback' } };
      writeFileSync(
        house.settings.policyFile,
        JSON.stringify({ ...people, followUps: { signOut: 'off' }, customers: elsewhere }),
      );
      expect((await look({ graph: 'on' }, relationships)).wrong).toEqual([]);
    }, 60_000);

    it('names what Entra refuses at a customer, with the step, and what the application would need', async () => {
      house.entra.customer(customer('Contoso Bikes'), { kind: 'refuses', error: 'invalid_grant', code: 50_020 });
      const { text, wrong } = await look({ graph: 'on' }, withRelationships(403));
      expect(wrong).toEqual([
        expect.stringMatching(/graph customers .* at 0 of 200 .*account-unknown \(1\): Contoso Bikes/),
      ]);
      expect(text).toMatch(/→ Look whether the GDAP relationship/);
      expect(text).toMatch(/^– +gdap .*DelegatedAdminRelationship\.Read\.All/m);
    }, 60_000);
  });

  it('looks at nothing that stands in a store which is not there', async () => {
    const { text, wrong } = await look({ databaseUrl: new Secret('sqlite:/tmp/locksmith-nowhere/x.db') });
    expect(wrong).toEqual([expect.stringMatching(/^not made yet +store/)]);
    for (const name of ['sealing key', 'audit tables', 'audit key', 'sign-in', 'partner center'])
      expect(text).toMatch(new RegExp(`^– +${name} +not looked at`, 'm'));
  });

  it('names a guard of the trail that is gone', async () => {
    await house.start();
    await house.consent();
    const database = new DatabaseSync(house.settings.databaseUrl.reveal((url) => url.slice('sqlite:'.length)));
    const guard = database.prepare("select sql from sqlite_master where name = 'audit_records_no_update'").get();
    database.exec('drop trigger audit_records_no_update');
    const { wrong } = await look();
    expect(wrong).toEqual([expect.stringMatching(/audit tables .*The trigger audit_records_no_update is gone/)]);
    database.exec(String(guard?.['sql']));
    database.close();
  });

  it('changes nothing, waits for no lease of a bot, and does not take its place where none runs', async () => {
    await (await house.start()).stop();
    await house.consent();
    const path = house.settings.databaseUrl.reveal((url) => url.slice('sqlite:'.length));
    const store = await openTokenStore(house.settings.databaseUrl);
    const before = await store.tokens.read();
    const now = Date.now() + 3600_000;
    await store.tokens.lease(before?.version ?? 0, { owner: 'bot', now, until: now + 30_000 });
    rmSync(`${path}.lock`);
    const { wrong } = await look();
    expect(wrong).toEqual([]);
    expect(house.entra.asked.at(-1)?.grant).toBe('refresh_token');
    expect(existsSync(`${path}.lock`)).toBe(false);
    await expect(store.tokens.read()).resolves.toEqual(before);

    await store.close();
  });

  it('tries the way of a reset, which is not that of the readings, and says where it leads', async () => {
    await house.start();
    await house.consent();
    const proxy = await startForwardProxy();
    try {
      // Readings go through `fetch`, which is not routed here; a write opens a connection of its own.
      const through = await look({}, { outboundProxy: proxy.url });
      expect(through.text).toMatch(/^ok +partner center /m);
      expect(through.text).toMatch(/^ok +way of a reset +a connection of its own, through OUTBOUND_PROXY \(http:/m);
      expect(proxy.asked.length).toBeGreaterThan(0);
    } finally {
      await proxy.stop();
    }
    const { wrong } = await look({}, { outboundProxy: proxy.url });
    expect(wrong).toContainEqual(expect.stringMatching(/way of a reset +Partner Center could not be reached/));
    expect((await look()).text).toMatch(/^ok +way of a reset +a connection of its own, straight,/m);
  });

  it('calls nothing refused where nothing could be asked', async () => {
    await house.start();
    await house.consent();
    const { wrong, text } = await look({ graph: 'on' }, { fetch: () => Promise.reject(new TypeError('fetch failed')) });
    expect(text).toContain('Every host is in docs/operations.md, "What must reach what".');
    expect(wrong.length).toBeGreaterThan(4);
    for (const line of wrong) expect(line).toMatch(/^NOT REACHABLE /);
    house.graph.break({ kind: 'status', status: 503 });
    expect((await look()).wrong).toEqual([expect.stringMatching(/^NOT REACHABLE graph .*\(503\)$/)]);
  });

  it('says what the policy means at each customer that it names', async () => {
    await house.start();
    await house.consent();
    const id = house.partnerCenter.data.customers[0]?.id ?? '';
    const customers = { [id]: { technicians: [person], approval: 'always', ticket: 'required' } };
    const policy = { technicians: [group], approvers: [person], auditors: [person], customers };
    writeFileSync(house.settings.policyFile, JSON.stringify(policy));
    const { text, status } = await look();
    expect(text).toContain(`policy at        ${id}: resets by 1 person; approval always; ticket required\n`);
    expect(text).toMatch(
      /^ok +policy for all +resets by 1 group; .*; approval privileged; administrators approve; ticket optional, mismatch warn; synchronised deny; .*at most 10 a technician, 20 a customer and 60 in all an hour, 3 a user a day$/m,
    );
    writeFileSync(
      house.settings.policyFile,
      JSON.stringify({ ...policy, customers: { [id]: { synchronisedUsers: 'writeback' } } }),
    );
    expect((await look()).text).toContain('; ticket optional; synchronised writeback\n');
    expect(status).toBe(0);
  });

  it('warns of rules that cannot act, with the setting that is off, and calls that no failure', async () => {
    await house.start();
    await house.consent();
    const id = house.partnerCenter.data.customers[0]?.id ?? '';
    const least = { technicians: [group], approvers: [person], auditors: [person] };
    const lookWith = async (rules: object, settings: Partial<ProductionSettings>) => {
      writeFileSync(house.settings.policyFile, JSON.stringify({ ...least, ...rules }));
      const { status, text } = await look(settings);
      return { status, warnings: text.split('\n').filter((line) => line.startsWith('warning ')), text };
    };
    const off = { graph: 'off', ticketSystem: 'off' } as const;
    const none = await lookWith({}, off);
    expect(none).toMatchObject({ status: 0, warnings: [] });
    expect(none.text).toContain('sign-out allow (no button: MICROSOFT_GRAPH is off)');
    const ofGraph = { customers: { [id]: { synchronisedUsers: 'writeback' } }, followUps: { accessPass: 'allow' } };
    const idle = await lookWith({ ...ofGraph, ticketMismatch: 'deny' }, off);
    expect(idle).toMatchObject({
      status: 0,
      warnings: [
        expect.stringMatching(
          /policy in vain +"synchronisedUsers": "writeback" is as "deny", and "accessPass": "allow" .*MICROSOFT_GRAPH is off$/,
        ),
        expect.stringMatching(/policy in vain +"ticketMismatch": "deny" never acts, because TICKET_SYSTEM is off/),
      ],
    });
    expect(idle.text).toMatch(/^ +→ Set MICROSOFT_GRAPH=on .*step 5 of 9\)$/m);
    const webhook = { kind: 'webhook', url: new Secret('https://x.example'), secret: new Secret('s') } as const;
    expect((await lookWith({ ticketMismatch: 'approve' }, { ticketSystem: webhook })).warnings).toEqual([
      expect.stringContaining('TICKET_SYSTEM is webhook'),
    ]);
    expect((await lookWith(ofGraph, { graph: 'on' })).warnings).toEqual([]);
  });

  it('names the file of further certificate authorities, and calls it no fault', async () => {
    await house.start();
    await house.consent();
    const { status, text } = await look({ extraAuthorities: '/etc/ssl/inspection.pem' });
    expect(text).toMatch(/^– +certificates +NODE_EXTRA_CA_CERTS .*\/etc\/ssl\/inspection\.pem/m);
    expect(status).toBe(0);
    expect((await look()).text).not.toContain('NODE_EXTRA_CA_CERTS');
  });

  it('says that nobody has consented', async () => {
    await house.start();
    const { wrong } = await look();
    expect(wrong).toEqual([expect.stringMatching(/^not made yet  sign-in .*There is no sign-in/)]);
  });
});

describe('the doctor before production is set up', () => {
  async function run(environment: Readonly<Record<string, string>>, platform: Platform = realPlatform) {
    const lines: string[] = [];
    const status = await runDoctor({
      environment,
      platform,
      print: (line) => lines.push(line),
      errors: new PassThrough(),
    });
    return { status, text: lines.join('\n') };
  }

  it('names every setting that is missing', async () => {
    const { status, text } = await run({ NODE_ENV: 'production' });
    expect(status).toBe(1);
    for (const name of ['MicrosoftAppId', 'ALLOWED_TENANT_IDS', 'SEALING_KEY', 'AUDIT_KEY', 'POLICY_FILE']) {
      expect(text).toMatch(new RegExp(`^not made yet +settings +${name} is not set$`, 'm'));
    }
    expect(text.match(/→/g)).toHaveLength(1);
    expect(text).toContain('docs/install.md, step 4 of 9');
  });

  it('calls a policy that nobody has written yet not made, and looks at the rest', async () => {
    await inEmptyFolder(async () => {
      const folder = process.cwd();
      const environment = productionEnvironment(folder, `sqlite:${folder}/locksmith.db`);
      rmSync(environment['POLICY_FILE'] ?? '');
      const noNetwork = { ...realPlatform, fetch: () => Promise.reject(new TypeError('fetch failed')) };
      const { status, text } = await run(environment, noNetwork);
      expect(status).toBe(1);
      expect(text).toMatch(/^ok +settings /m);
      expect(text).toMatch(/^not made yet +policy +the file that POLICY_FILE names is not there\n.*step 5 of 9/m);
      expect(text).toMatch(/^not made yet +store /m);
    });
  });

  it('says of a policy alone that it was not compared with customers', async () => {
    await inEmptyFolder(async () => {
      const folder = process.cwd();
      writeFileSync(`${folder}/policy.json`, '{"limits":{"perUserPerDay":0}}');
      const bad = await run({ POLICY_FILE: `${folder}/policy.json` });
      expect(bad).toMatchObject({
        status: 1,
        text: expect.stringMatching(/limits\.perUserPerDay: has to be 1 or more/),
      });
      const single = { technicians: [], customers: { [person]: { technicians: [group] } } };
      writeFileSync(`${folder}/policy.json`, JSON.stringify(single));
      const some = await run({ POLICY_FILE: `${folder}/policy.json` });
      expect(some).toMatchObject({ status: 0, text: expect.stringMatching(/^ok +policy at .*resets by 1 group/m) });
      writeFileSync(`${folder}/policy.json`, '{"technicians":[]}');
      const none = await run({ POLICY_FILE: `${folder}/policy.json` });
      expect(none).toMatchObject({ status: 1, text: expect.stringMatching(/^WRONG +policy +names no technician$/m) });
      writeFileSync(`${folder}/policy.json`, '{"limits":{"perUserPerDay":2}}');
      const good = await run({ POLICY_FILE: `${folder}/policy.json` });
      expect(good).toMatchObject({ status: 0, text: expect.stringMatching(/^– +policy customers +not compared /m) });
    });
  });

  it('tells a setting that is malformed from one that is missing', async () => {
    const { text } = await run({ NODE_ENV: 'production', SEALING_KEY: 'short' });
    expect(text).toMatch(/^WRONG +settings +SEALING_KEY is not 32 bytes/m);
  });

  it('says in one line what the sandbox is, and where to begin', async () => {
    await expect(run({})).resolves.toEqual({
      status: 0,
      text: expect.stringMatching(/^These are the settings of the sandbox.*docs\/install\.md, step 1 of 9\.$/),
    });
  });
});
