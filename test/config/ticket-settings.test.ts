import { describe, expect, it } from '@jest/globals';
import { type Environment } from '../../src/config/text-reader.ts';
import { readSettings } from '../../src/config/settings.ts';

const halo = {
  TICKET_SYSTEM: 'halopsa',
  HALOPSA_URL: 'https://partner.halopsa.example/',
  HALOPSA_AUTH_URL: 'https://partner.halopsa.example/auth',
  HALOPSA_CLIENT_ID: 'client',
  HALOPSA_CLIENT_SECRET: 'CANARY-secret',
} as const;

function problemsOf(environment: Environment): readonly string[] {
  const read = readSettings({ NODE_ENV: 'production', ...environment }, () => '{}');
  return read.kind === 'problems'
    ? read.problems.filter((line) => /TICKET|HALOPSA|CONNECTWISE|AUTOTASK/.test(line))
    : [];
}

function sandboxOf(environment: Environment) {
  const read = readSettings(environment, () => 'CANARY-from-file');
  return read.kind === 'settings' ? read.settings.ticketSystem : read.problems;
}

describe('the settings of the ticket system', () => {
  it('need nothing where there is none', () => {
    expect(problemsOf({})).toStrictEqual([]);
    expect(problemsOf({ TICKET_SYSTEM: 'off' })).toStrictEqual([]);
  });

  it.each([
    ['halopsa', ['HALOPSA_URL', 'HALOPSA_AUTH_URL', 'HALOPSA_CLIENT_ID', 'HALOPSA_CLIENT_SECRET']],
    [
      'connectwise',
      [
        'CONNECTWISE_URL',
        'CONNECTWISE_COMPANY',
        'CONNECTWISE_PUBLIC_KEY',
        'CONNECTWISE_PRIVATE_KEY',
        'CONNECTWISE_CLIENT_ID',
      ],
    ],
    ['autotask', ['AUTOTASK_USERNAME', 'AUTOTASK_SECRET', 'AUTOTASK_INTEGRATION_CODE']],
    ['webhook', ['TICKET_WEBHOOK_URL', 'TICKET_WEBHOOK_SECRET']],
  ])('with %s name everything that is missing at once', (system, names) => {
    expect(problemsOf({ TICKET_SYSTEM: system })).toStrictEqual(names.map((name) => `${name} is not set`));
  });

  it('name what no header can hold, before anything is called, and not its value', () => {
    const connectwise = {
      TICKET_SYSTEM: 'connectwise',
      CONNECTWISE_URL: 'https://cw.example',
      CONNECTWISE_COMPANY: 'c',
      CONNECTWISE_PUBLIC_KEY: 'k',
      CONNECTWISE_PRIVATE_KEY: 'p',
      CONNECTWISE_CLIENT_ID: 'žluť',
    };
    expect(problemsOf(connectwise)).toStrictEqual(['CONNECTWISE_CLIENT_ID holds a sign that no HTTP header can hold']);
    const autotask = {
      TICKET_SYSTEM: 'autotask',
      AUTOTASK_USERNAME: 'jo\u0142@x.example',
      AUTOTASK_SECRET: 'pass\u20ACword',
      AUTOTASK_INTEGRATION_CODE: 'ü',
    };
    expect(problemsOf(autotask)).toStrictEqual(
      ['AUTOTASK_USERNAME', 'AUTOTASK_SECRET'].map((name) => `${name} holds a sign that no HTTP header can hold`),
    );
  });

  it('name a system that does not exist, and an outcome that is no number', () => {
    expect(problemsOf({ TICKET_SYSTEM: 'jira' })).toStrictEqual([
      'TICKET_SYSTEM is none of halopsa, connectwise, autotask, webhook, off',
    ]);
    expect(problemsOf({ ...halo, HALOPSA_NOTE_OUTCOME_ID: 'seven' })).toHaveLength(1);
  });

  it.each([
    [{ ...halo, HALOPSA_URL: 'http://127.0.0.1:1' }, 'HALOPSA_URL'],
    [{ ...halo, HALOPSA_AUTH_URL: 'http://halo.example/auth' }, 'HALOPSA_AUTH_URL'],
    [
      { TICKET_SYSTEM: 'webhook', TICKET_WEBHOOK_URL: 'http://127.0.0.1:1/x', TICKET_WEBHOOK_SECRET: 'x' },
      'TICKET_WEBHOOK_URL',
    ],
  ])('take https alone in production: %j', (environment, name) => {
    const problems = problemsOf(environment);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.startsWith(name))).toBe(true);
    expect(problems.join()).not.toContain('CANARY');
  });

  it.each([
    [{ ...halo, HALOPSA_URL: 'https://halo.example/api' }, 'HALOPSA_URL ends with /api'],
    [{ ...halo, HALOPSA_URL: 'https://halo.example/API/' }, 'HALOPSA_URL ends with /api'],
    [{ ...halo, HALOPSA_AUTH_URL: 'https://halo.example/auth/token' }, 'HALOPSA_AUTH_URL ends with /token'],
    [
      {
        TICKET_SYSTEM: 'connectwise',
        CONNECTWISE_URL: 'https://api-na.example/v4_6_release/apis/3.0',
        CONNECTWISE_COMPANY: 'x',
        CONNECTWISE_PUBLIC_KEY: 'x',
        CONNECTWISE_PRIVATE_KEY: 'x',
        CONNECTWISE_CLIENT_ID: 'x',
      },
      'CONNECTWISE_URL ends with /apis/3.0',
    ],
    [
      {
        TICKET_SYSTEM: 'autotask',
        AUTOTASK_URL: 'https://webservices5.example/atservicesrest/v1.0/',
        AUTOTASK_USERNAME: 'x',
        AUTOTASK_SECRET: 'x',
        AUTOTASK_INTEGRATION_CODE: 'x',
      },
      'AUTOTASK_URL ends with /v1.0',
    ],
  ])('refuse an address that ends with what Locksmith adds: %j', (environment, says) => {
    expect(problemsOf(environment)).toStrictEqual([`${says}, which Locksmith adds itself: leave that out`]);
  });

  it('take minutes of time with a note where one write does both, and refuse them elsewhere', () => {
    const timed = (environment: Environment) => {
      const read = readSettings(environment, () => '{}');
      return read.kind === 'settings' ? read.settings.ticketTimeMinutes : read.problems;
    };
    expect(timed({})).toBeUndefined();
    expect(timed({ TICKET_TIME_MINUTES: '5' })).toBe(5);
    expect(timed({ ...halo, TICKET_TIME_MINUTES: '120' })).toBe(120);
    expect(problemsOf({ ...halo, TICKET_TIME_MINUTES: '5' })).toStrictEqual([]);
    for (const minutes of ['0', '121', '2.5', 'five', '-1']) {
      expect(problemsOf({ ...halo, TICKET_TIME_MINUTES: minutes })).toStrictEqual([
        'TICKET_TIME_MINUTES is not a whole number from 1 to 120',
      ]);
    }
    const webhook = { TICKET_WEBHOOK_URL: 'https://x.example/', TICKET_WEBHOOK_SECRET: 'x' };
    const autotask = { AUTOTASK_USERNAME: 'x', AUTOTASK_SECRET: 'x', AUTOTASK_INTEGRATION_CODE: 'x' };
    for (const TICKET_SYSTEM of ['webhook', 'autotask', 'off', undefined]) {
      expect(problemsOf({ TICKET_SYSTEM, ...webhook, ...autotask, TICKET_TIME_MINUTES: '5' })).toStrictEqual([
        'TICKET_TIME_MINUTES is set, and only halopsa and connectwise take time with a note: leave it out',
      ]);
    }
  });

  it('take a secret from a file', () => {
    const { HALOPSA_CLIENT_SECRET: _none, ...rest } = halo;
    const system = sandboxOf({ ...rest, HALOPSA_CLIENT_SECRET_FILE: '/run/secret' });
    expect(typeof system === 'object' && 'clientSecret' in system && system.clientSecret.reveal((text) => text)).toBe(
      'CANARY-from-file',
    );
  });

  it.each([
    [{}, 'pretend'],
    [{ TICKET_SYSTEM: 'halopsa' }, 'pretend'],
    [{ TICKET_SYSTEM: 'off' }, 'off'],
    [{ PARTNER_CENTER_BASE_URL: 'http://127.0.0.1:1' }, 'off'],
    [{ PARTNER_CENTER_BASE_URL: 'http://127.0.0.1:1', TICKET_SYSTEM: 'halopsa' }, 'pretend'],
  ])('in the sandbox make of %j: %s', (environment, system) => {
    expect(sandboxOf(environment)).toBe(system);
  });

  it('take loopback addresses in the sandbox, without the slash at their end', () => {
    expect(sandboxOf({ ...halo, HALOPSA_URL: 'http://127.0.0.1:1/' })).toMatchObject({
      kind: 'halopsa',
      url: 'http://127.0.0.1:1',
      noteOutcomeId: 7,
    });
  });
});
