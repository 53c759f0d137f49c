import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { realPlatform } from '../../src/app/platform.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { asId, type CustomerId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import { listenForAuthorizationCode } from '../../src/commands/consent/authorization-code-listener.ts';
import { runConsentCommand } from '../../src/commands/consent/run-consent.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';
import type { Store } from '../../src/store/open-store.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { findPlain, testApp } from '../sign-in/sign-in-world.ts';
import { buildSqliteHouse, type SqliteHouse } from '../store/sqlite-house.ts';
import { auditKey } from '../support/audit-key.ts';
import { freePort } from '../support/free-port.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { readAuditRecords } from '../support/read-audit-records.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts';

describe('npm run consent', () => {
  const sealingKey = randomBytes(32).toString('base64');
  let provider: OpenIdProvider;
  let partner: PretendPartnerCenter;
  let partnerCenterUrl: string;
  let house: SqliteHouse;
  let bot: Store;

  beforeEach(async () => {
    provider = await startOpenIdProvider(testApp);
    partner = createPretendPartnerCenter({
      acceptsToken: (token) => token.reveal((value) => provider.secrets.includes(value)),
    });
    ({ url: partnerCenterUrl } = await partner.listen());
    house = buildSqliteHouse();
    bot = await house.openStore();
  });

  afterEach(async () => {
    await bot.close();
    await house.remove();
    await partner.close();
    await provider.close();
  });

  type Run = { readonly status: Promise<number>; printed(): string; address(): Promise<string> };

  const run = (
    args: readonly string[],
    {
      input = Readable.from([]),
      environment = {},
      clock = systemClock,
      fetch: send = provider.fetch,
    }: {
      input?: Readable;
      environment?: Record<string, string>;
      clock?: Clock;
      fetch?: typeof globalThis.fetch;
    } = {},
  ): Run => {
    const [output, errors] = [new PassThrough(), new PassThrough()];
    let printed = '';
    const address = Promise.withResolvers<string>();
    for (const stream of [output, errors]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString('utf8');
        const found = /^https:\S+$/m.exec(printed)?.[0];
        if (found !== undefined) address.resolve(found);
      });
    }
    const status = runConsentCommand({
      args,
      environment: {
        PARTNER_CENTER_TENANT_ID: testApp.tenantId,
        PARTNER_CENTER_CLIENT_ID: testApp.clientId,
        PARTNER_CENTER_CLIENT_SECRET: testApp.secret,
        DATABASE_URL: `sqlite:${house.path}`,
        SEALING_KEY: sealingKey,
        ...environment,
      },
      platform: { ...realPlatform, fetch: send, clock },
      partnerCenterUrl,
      input,
      output,
      errors,
    });
    return { status, printed: () => printed, address: () => address.promise };
  };

  const signIn = async (person: 'consents' | 'declines' = 'consents') => {
    const consent = run(['--port', String(await freePort())]);
    const back = await provider.browse(await consent.address(), person);
    const page = await fetch(back);
    return { status: await consent.status, printed: consent.printed(), page: await page.text(), back };
  };

  it('signs in through a browser, checks the account, and keeps the sign-in sealed beside a running bot', async () => {
    const { status, printed, page } = await signIn();
    expect(status).toBe(0);
    expect(printed).toContain('Signed in as locksmith@partner.example');
    expect(page).toContain('You may close this window');
    await expect(bot.tokens.read()).resolves.toMatchObject({ version: 1 });
    expect(partner.calls.map(({ method, path, status: answered }) => [method, path, answered])).toEqual([
      ['GET', '/v1/customers', 200],
    ]);
    expect(partner.calls[0]?.query.get('size')).toBe('1');
    expect(partner.calls[0]?.headers['validatemfa']).toBe('true');
    await bot.checkSealing(createSealer([new Secret(sealingKey)], randomBytes));
    expect(findPlain(house.path, [...provider.secrets, testApp.secret])).toEqual([]);
    expect(printed + page).not.toMatch(/CANARY|eyJ/);
  });

  it('refuses a sign-in without MFA, and keeps nothing', async () => {
    provider.signInWith(['pwd']);
    const { status, printed } = await signIn();
    expect(status).toBe(1);
    expect(printed).toContain('without multifactor authentication');
    await expect(bot.tokens.read()).resolves.toBeUndefined();
    expect(partner.calls).toEqual([]);
  });

  it('refuses an account that Partner Center does not answer, and keeps what was there before', async () => {
    await signIn();
    partner.faults.next({
      fault: { kind: 'partner-error', row: { status: 401, code: 900_421, description: 'no MFA' } },
    });
    const { status, printed } = await signIn();
    expect(status).toBe(1);
    expect(printed).toMatch(/Partner Center does not answer this account: .*multifactor/);
    await expect(bot.tokens.read()).resolves.toMatchObject({ version: 1 });
  });

  it('takes no for an answer', async () => {
    const { status, printed, page } = await signIn('declines');
    expect([status, page]).toEqual([1, expect.stringContaining('Nothing was changed')]);
    expect(printed).toContain('declined');
  });

  it('turns away what is not its own answer, takes its own once, and no code that another sign-in got', async () => {
    const port = await freePort();
    const consent = run(['--port', String(port)]);
    const address = await consent.address();
    const own = new URL(address).searchParams.get('state') ?? '';
    const strange = [
      '/',
      '/?code=CANARY-code',
      `/?code=CANARY-code&state=${'0'.repeat(own.length)}`,
      `/elsewhere?state=${own}&code=x`,
      // As many characters as the state has, and twice as many bytes.
      `/?code=CANARY-code&state=${'%C3%A9'.repeat(own.length)}`,
    ];
    for (const path of strange) expect((await fetch(`http://localhost:${port}${path}`)).status).toBe(404);
    expect((await fetch(`http://localhost:${port}/?state=${own}&code=x`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`http://localhost:${port}/?state=${own}&code=CANARY-of-another`)).status).toBe(200);
    await expect(consent.status).resolves.toBe(1);
    expect(consent.printed()).toContain('did not accept the code');
    expect(consent.printed()).not.toContain('CANARY');
  });

  it.each([
    ['error=server_error&error_description=AADSTS90033%3A+CANARY', 'with an error: server_error, AADSTS90033.'],
    ['error=%3Cb%3ECANARY&error_description=CANARY', 'with an error.'],
    ['', 'with an error.'],
  ])('says that Entra refused, by its codes alone, and not that a person declined: %s', async (query, says) => {
    const port = await freePort();
    const consent = run(['--port', String(port)]);
    const state = new URL(await consent.address()).searchParams.get('state') ?? '';
    await fetch(`http://localhost:${port}/?state=${state}&${query}`);
    await expect(consent.status).resolves.toBe(1);
    expect(consent.printed()).toContain(says);
    expect(consent.printed()).not.toMatch(/CANARY|declined/);
  });

  it('ends every connection with itself, idle ones too', async () => {
    const listener = await listenForAuthorizationCode(0, systemClock);
    const idle = connect(Number(new URL(listener.redirectUri).port), '127.0.0.1');
    await once(idle, 'connect');
    const waiting = listener.wait('state');
    const page = await fetch(`${listener.redirectUri}?state=state&code=CANARY`);
    expect(await page.text()).toContain('You may close this window');
    await waiting;
    listener.close();
    await once(idle, 'close');
  });

  it('refuses an ID token of another sign-in', async () => {
    const port = await freePort();
    const consent = run(['--port', String(port)]);
    const address = new URL(await consent.address());
    address.searchParams.set('nonce', 'the-nonce-of-another-sign-in');
    await fetch(await provider.browse(address.href));
    await expect(consent.status).resolves.toBe(1);
    await expect(bot.tokens.read()).resolves.toBeUndefined();
  });

  it('waits for ten minutes', async () => {
    const clock = createHandClock(Date.now());
    const consent = run(['--port', String(await freePort())], { clock });
    await consent.address();
    clock.advance(10 * 60_000);
    await expect(consent.status).resolves.toBe(1);
    expect(consent.printed()).toContain('within ten minutes');
  });

  it('asks nobody to sign in where the keys are not the bot’s, or a setting is missing', async () => {
    await bot.checkSealing(createSealer([new Secret(sealingKey)], randomBytes));
    const other = run([], { environment: { SEALING_KEY: randomBytes(32).toString('base64') } });
    await expect(other.status).resolves.toBe(1);
    expect(other.printed()).toContain('do not open what is sealed');
    const none = run([], {
      environment: { SEALING_KEY: '', PARTNER_CENTER_CLIENT_SECRET: '', PARTNER_CENTER_TENANT_ID: 'x' },
    });
    await expect(none.status).resolves.toBe(2);
    for (const name of ['SEALING_KEY', 'PARTNER_CENTER_CLIENT_SECRET', 'PARTNER_CENTER_TENANT_ID']) {
      expect(none.printed()).toContain(name);
    }
  });

  describe('with --customer and --forget', () => {
    const customer = asId<CustomerId>('4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04');
    const forget = (tenantId = customer.toUpperCase(), environment = {}) =>
      run(['--customer', tenantId, '--forget'], {
        environment: { AUDIT_KEY: auditKey.reveal((key) => key), ...environment },
      });

    it('ends the protection of that customer beside a running bot, says what ends, and writes it into the trail', async () => {
      const { readableFacts } = bot;
      await readableFacts.keep(customer, ['account', 'eligible-roles'], 1);
      const first = forget();
      await expect(first.status).resolves.toBe(0);
      expect(first.printed()).toContain('whether the account is under restricted management');
      expect(first.printed()).toContain('the roles that it can activate');
      expect(first.printed()).toContain('without a second person');
      await expect(readableFacts.of(customer)).resolves.toEqual([]);
      await readableFacts.keep(customer, ['account'], 2);
      await expect(readableFacts.of(customer)).resolves.toEqual(['account']);
      const records = await readAuditRecords(new Secret(`sqlite:${house.path}`));
      expect(records.map(({ kind }) => kind)).toEqual([
        'protection-readable',
        'protection-readable',
        'protection-forgotten',
        'protection-forgotten',
        'protection-readable',
      ]);
    });

    it('changes nothing where nothing is kept, without the key, and with another one', async () => {
      const none = forget();
      await expect(none.status).resolves.toBe(0);
      expect(none.printed()).toContain('Nothing was changed.');
      await bot.readableFacts.keep(customer, ['account'], 1);
      const keyless = forget(customer, { AUDIT_KEY: '' });
      await expect(keyless.status).resolves.toBe(2);
      const foreign = forget(customer, { AUDIT_KEY: randomBytes(32).toString('base64') });
      await expect(foreign.status).resolves.toBe(1);
      await expect(bot.readableFacts.of(customer)).resolves.toEqual(['account']);
    });

    it.each([[['--customer', 'all', '--forget']], [['--forget']], [['--customer', customer, '--forget', '--import']]])(
      'wants a tenant id and nothing else: %j',
      async (args) => {
        await expect(run(args).status).resolves.toBe(2);
      },
    );
  });

  describe('with --customer', () => {
    const scopes =
      'User.Read.All,GroupMember.Read.All,RoleManagement.Read.Directory,RoleEligibilitySchedule.Read.Directory,' +
      'UserAuthenticationMethod.ReadWrite.All,UserAuthMethod-TAP.ReadWrite.All,User.RevokeSessions.All';
    const readsMethods = scopes.replace('UserAuthenticationMethod.ReadWrite.All', 'UserAuthenticationMethod.Read.All');
    const contoso = () => partner.data.customers.find(({ name }) => name === 'Contoso Bikes');

    beforeEach(async () => {
      await signIn();
    });

    it.each([
      ['its name, letter case aside', () => 'contoso bikes'],
      ['its domain', () => 'contosobikes.onmicrosoft.com'],
      ['its tenant id', () => contoso()?.id ?? ''],
    ])(
      'consents at the one customer that %s means, with exactly the scopes, and a second time without harm',
      async (_, name) => {
        const before = await bot.tokens.read();
        const first = run(['--customer', name()]);
        await expect(first.status).resolves.toBe(0);
        expect(first.printed()).toMatch(/^consented +Contoso Bikes +[\da-f-]{36}$/m);
        expect(first.printed()).toContain('1 consented, 0 already, 0 refused');
        expect([...partner.consents]).toEqual([[contoso()?.id, scopes.split(',')]]);
        const second = run(['--customer', name()]);
        await expect(second.status).resolves.toBe(0);
        expect(second.printed()).toContain('0 consented, 1 already, 0 refused');
        expect(second.printed()).toContain('keeps its scopes');
        expect(await bot.tokens.read()).toEqual(before);
        expect(first.printed() + second.printed()).not.toMatch(/CANARY|eyJ/);
      },
    );

    it.each([
      [
        'everything that a policy can allow',
        { synchronisedUsers: 'writeback', followUps: { signOut: 'allow', accessPass: 'allow' } },
        scopes,
      ],
      [
        'no write-back, whatever may follow',
        { synchronisedUsers: 'warn', followUps: { signOut: 'allow', accessPass: 'allow' } },
        readsMethods,
      ],
      ['no write-back and no pass, as by default', {}, readsMethods.replace('UserAuthMethod-TAP.ReadWrite.All,', '')],
      ['reading alone', { followUps: { signOut: 'off' } }, readsMethods.replace(/,UserAuthMethod-TAP.*/, '')],
    ])('asks for the scopes of %s', async (_, parts, asked) => {
      const policyFile = join(dirname(house.path), 'policy.json');
      writeFileSync(policyFile, JSON.stringify({ technicians: ['*'], approvers: ['*'], auditors: ['*'], ...parts }));
      const one = run(['--customer', 'Contoso Bikes'], { environment: { POLICY_FILE: policyFile } });
      await expect(one.status).resolves.toBe(0);
      expect([...partner.consents]).toEqual([[contoso()?.id, asked.split(',')]]);
      expect(one.printed()).toContain(`Asked for ${asked.replaceAll(',', ', ')}.`);
    });

    it('asks at each customer for what the policy needs there: write-back at one, sign-out at both', async () => {
      const policyFile = join(dirname(house.path), 'policy.json');
      const people = { technicians: ['*'], approvers: ['*'], auditors: ['*'] };
      const customers = { [contoso()?.id ?? '']: { synchronisedUsers: 'writeback' } };
      writeFileSync(policyFile, JSON.stringify({ ...people, customers }));
      const all = run(['--customer', 'all'], { environment: { POLICY_FILE: policyFile } });
      await expect(all.status).resolves.toBe(0);
      const asked = [...partner.consents];
      expect(asked.length).toBeGreaterThan(2);
      for (const [tenantId, scopesAsked] of asked) {
        expect(scopesAsked).toContain('User.RevokeSessions.All');
        expect(scopesAsked.includes('UserAuthenticationMethod.ReadWrite.All')).toBe(tenantId === contoso()?.id);
        expect(scopesAsked.includes('UserAuthenticationMethod.Read.All')).toBe(tenantId !== contoso()?.id);
      }
      expect(all.printed()).toMatch(/^Asked at Contoso Bikes for .*ReadWrite/m);
      expect(all.printed()).toMatch(/^Asked at \d+ customers for .*UserAuthenticationMethod\.Read\.All/m);
    });

    it('asks nobody where the policy that would say the scopes cannot be used', async () => {
      const one = run(['--customer', 'all'], { environment: { POLICY_FILE: '/nowhere/policy.json' } });
      await expect(one.status).resolves.toBe(2);
      expect(one.printed()).toMatch(/POLICY_FILE names no policy/);
      expect(partner.consents.size).toBe(0);
    });

    it('says that somebody has to sign in first, with a database and without one', async () => {
      const other = buildSqliteHouse();
      for (const make of [() => Promise.resolve(), async () => (await other.openStore()).close()]) {
        await make();
        const none = run(['--customer', 'all'], { environment: { DATABASE_URL: other.url } });
        await expect(none.status).resolves.toBe(1);
        expect(none.printed()).toMatch(/^Nobody has signed in yet.*\nRun "npm run consent" first/m);
      }
      await other.remove();
    });

    it('consents at all of them, says how far it is, and names at the end who refused and why', async () => {
      partner.faults.next({
        method: 'POST',
        path: /applicationconsents/,
        fault: { kind: 'partner-error', row: { status: 403, code: 900_308, description: 'CANARY' } },
      });
      partner.faults.next({ method: 'POST', fault: { kind: 'disconnect', effect: 'applied' } });
      const all = run(['--customer', 'all']);
      await expect(all.status).resolves.toBe(1);
      expect(all.printed()).toContain('200 of 200: ');
      expect(all.printed()).toMatch(/^refused .*lacks the privilege.*Cloud Application Administrator.*correlation id/m);
      expect(all.printed()).toContain('198 consented, 1 already, 1 refused');
      expect(all.printed()).not.toContain('CANARY');
      const again = run(['--customer', 'all']);
      await expect(again.status).resolves.toBe(0);
      expect(again.printed()).toContain('1 consented, 199 already, 0 refused');
    }, 60_000);

    it.each([
      ['nobody', 'Contoso', /^No customer/],
      [
        'two of one name',
        'Northwind Traders',
        /^Several customers are called so: name one by its tenant id, [\da-f-]{36} or/,
      ],
    ])('consents nowhere where %s is meant', async (_, name, says) => {
      const none = run(['--customer', name]);
      await expect(none.status).resolves.toBe(1);
      expect(none.printed()).toMatch(says);
      expect(partner.consents.size).toBe(0);
    });

    it('ends with the table of what was done where the sign-in ends on the way, and says how many are left', async () => {
      let posts = 0;
      const all = run(['--customer', 'all'], {
        fetch: async (input, init) => {
          const isConsent = init?.method === 'POST' && JSON.stringify(input).includes('applicationconsents');
          posts += isConsent ? 1 : 0;
          if (posts <= 20) return provider.fetch(input, init);
          provider.revoke();
          return isConsent
            ? Response.json({ code: 800_001, description: 'x' }, { status: 401 })
            : provider.fetch(input, init);
        },
      });
      await expect(all.status).resolves.toBe(1);
      expect(all.printed()).toContain('20 consented, 0 already, 0 refused');
      expect(all.printed()).toContain('180 customers were not tried: run the same again.');
    }, 60_000);

    it('tells that the sign-in has ended, and asks no customer', async () => {
      provider.revoke();
      const none = run(['--customer', 'all']);
      await expect(none.status).resolves.toBe(1);
      expect(none.printed()).toContain('AADSTS50173');
      expect(partner.calls.filter(({ method }) => method === 'POST')).toEqual([]);
    });

    it.each([
      ['--customer', ''],
      ['--customer', 'x', '--import'],
      ['--customer', 'x', '--port', '1'],
    ])('takes nothing else beside it: %s %s %s', async (...args) => {
      await expect(run(args).status).resolves.toBe(2);
    });
  });

  describe('with --import', () => {
    const kept = async () => (await bot.tokens.read())?.version;

    beforeEach(async () => {
      await signIn();
    });

    it('takes over a refresh token from the standard input', async () => {
      const brought = run(['--import'], { input: Readable.from([`${provider.refreshToken()}\n`]) });
      await expect(brought.status).resolves.toBe(0);
      await expect(kept()).resolves.toBe(2);
      expect(provider.asked.at(-1)).toMatchObject({ grant: 'refresh_token', refreshToken: 1 });
      expect(brought.printed()).not.toContain('CANARY');
    });

    it('takes over a refresh token from a file', async () => {
      const file = join(dirname(house.path), 'token.txt');
      writeFileSync(file, provider.refreshToken());
      await expect(run(['--import', '--file', file]).status).resolves.toBe(0);
      await expect(kept()).resolves.toBe(2);
    });

    it.each<readonly [string, readonly string[], string, number]>([
      ['nothing', ['--import'], '', 1],
      ['two words', ['--import'], 'CANARY one', 1],
      ['a file that is not there', ['--import', '--file', '/nowhere/CANARY'], '', 1],
      ['a token of nobody', ['--import'], 'CANARY-token', 1],
      ['a token on the command line', ['--import', 'CANARY-token'], '', 2],
      ['a port', ['--import', '--port', '8400'], '', 2],
    ])('takes over nothing from %s, and does not repeat it', async (_, args, input, status) => {
      const brought = run(args, { input: Readable.from([input]) });
      await expect(brought.status).resolves.toBe(status);
      await expect(kept()).resolves.toBe(1);
      expect(brought.printed()).not.toContain('CANARY');
    });

    it('takes over no token that was got without MFA, or has been revoked', async () => {
      provider.signInWith(['pwd']);
      const weak = run(['--import'], { input: Readable.from([provider.refreshToken()]) });
      await expect(weak.status).resolves.toBe(1);
      provider.revoke();
      const revoked = run(['--import'], { input: Readable.from([provider.refreshToken()]) });
      await expect(revoked.status).resolves.toBe(1);
      expect(revoked.printed()).toContain('AADSTS50173');
      await expect(kept()).resolves.toBe(1);
    });
  });
});
