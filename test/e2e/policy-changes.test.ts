import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { realPlatform } from '../../src/app/platform.ts';
import { Secret } from '../../src/base/secret.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { createFakeConnector, type FakeConnector } from '../support/fake-connector.ts';
import { findCanaries } from '../support/find-canaries.ts';
import { gatherSinks } from '../support/gather-sinks.ts';
import { notePasswords } from '../support/note-passwords.ts';
import { readFolder } from '../support/read-folder.ts';
import { createTeamsPerson, robin, type TeamsPerson } from '../support/teams-person.ts';

const somebodyElse = '0a1b2c3d-0000-4000-8000-00000000000b';
const proof = { verification: 'In person', ticket: '' };
const sentence = 'reset password for Adele Vance at Contoso Bikes';
/** The file is looked at once a second; here it need not be waited for so long. */
const clock: typeof realPlatform.clock = {
  ...realPlatform.clock,
  after: (milliseconds, act) => realPlatform.clock.after(milliseconds === 1000 ? 20 : milliseconds, act),
};

let folder: string;
let policyFile: string;
let connector: FakeConnector;
let webhook: Server;
let alarms: Record<string, unknown>[];
let log: string[];
let sandbox: { readonly url: string; stop(): Promise<void> };
let technician: TeamsPerson;
let passwords: ReadonlySet<string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-policy-'));
  policyFile = join(folder, 'policy.json');
  write({ technicians: ['*'] });
  connector = await createFakeConnector();
  alarms = [];
  log = [];
  // A webhook that takes an alarm and never answers.
  webhook = createServer((request) => {
    const take = async (): Promise<void> => void alarms.push(JSON.parse(await text(request)));
    take().catch(() => request.destroy());
  });
  webhook.listen(0, '127.0.0.1');
  await once(webhook, 'listening');
  const at = webhook.address();
  const port = typeof at === 'object' && at !== null ? at.port : 0;
  const noted = notePasswords(realPlatform.fetch);
  passwords = noted.passwords;
  sandbox = await startSandbox(
    {
      mode: 'sandbox',
      host: '127.0.0.1',
      port: 0,
      databaseUrl: new Secret(`sqlite:${join(folder, 'locksmith.db')}`),
      reset: 'auto',
      delivery: 'message',
      logLevel: 'info',
      outboundProxy: undefined,
      extraAuthorities: undefined,
      alertWebhookUrl: new Secret(`http://127.0.0.1:${port}/CANARY`),
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
      partnerCenterUrl: undefined,
      playground: false,
      playgroundPort: 0,
      sealingKeys: undefined,
      auditKey: undefined,
      graph: { kind: 'off' },
      policyFile,
    },
    { ...realPlatform, fetch: noted.fetch, clock, write: (line) => void log.push(line) },
  );
  technician = createTeamsPerson({ botUrl: sandbox.url, connector }, robin, {
    id: 'a:chat-robin',
    conversationType: 'personal',
  });
});
afterEach(async () => {
  webhook.closeAllConnections();
  await sandbox.stop();
  webhook.close();
  await connector.close();
  const files = readFolder(folder);
  rmSync(folder, { recursive: true });
  expect(log.join('')).not.toContain('CANARY');
  const traces = {
    log,
    alarms,
    files,
    toConnector: connector.received,
    toPartnerCenter: [],
    answers: [],
    exported: '',
  };
  const canaries = [...passwords].map((secret) => ({ kind: 'password', secret }) as const);
  expect(canaries).not.toEqual([]);
  expect(findCanaries(canaries, gatherSinks(traces, 'message'))).toEqual([]);
});

function write(policy: object): void {
  writeFileSync(policyFile, JSON.stringify(policy));
}
async function until(holds: () => boolean): Promise<void> {
  for (let looked = 0; looked < 500 && !holds(); looked += 1) await wait(20);
  expect(holds()).toBe(true);
}
const logged = (event: string): number => log.filter((line) => line.includes(`"${event}"`)).length;

describe('a policy file that changes while the bot runs', () => {
  it('is in force at the next press: who is no technician any more is refused', async () => {
    await technician.say(sentence);
    const card = await technician.card('confirmation');
    write({ technicians: [somebodyElse] });
    await until(() => logged('policy-changed') === 1);
    await technician.press(card, 'Reset password', proof);
    await technician.card('outcome-refused');

    write({ technicians: [robin.aadObjectId] });
    await until(() => logged('policy-changed') === 2);
    await technician.say(sentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    expect(alarms).toEqual([]);
  });

  it('is refused where it is bad, the good one stays, and no alarm that nobody takes holds up a reset', async () => {
    write({ technicians: [somebodyElse] });
    await until(() => logged('policy-changed') === 1);
    write({ tecknicians: ['*'] });
    await until(() => logged('policy-refused') === 1 && alarms.length === 1);
    expect(alarms[0]).toMatchObject({ kind: 'bad-policy-file', problems: [expect.stringContaining('tecknicians')] });
    await technician.say(sentence);
    await technician.text('may not');

    write({ technicians: ['*'] });
    await until(() => logged('policy-changed') === 2);
    await technician.say(sentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.card('direct-message', technician.directChat);
    expect([alarms.length, logged('alarm-failed')]).toEqual([1, 0]);
    webhook.closeAllConnections();
    await sandbox.stop();
    expect(log.filter((line) => line.includes('"alarm-failed"')).join('')).toMatch(/"failures":1\b/);
  });
});
