import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import metadata from '../../package.json' with { type: 'json' };
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { usages } from '../../src/commands/usages.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startProcess } from '../support/start-process.ts';

const root = resolve(import.meta.dirname, '../..');
const guid = '11111111-2222-4333-8444-555555555555';
const key = Buffer.alloc(32, 1).toString('base64');

/** Every status that a usage documents, as `audit verify 1`. */
const documented = Object.entries(usages).flatMap(([name, usage]) => {
  const orders = name === 'audit' ? usage.split(/^(?=(?:verify|export|notes|begin) )/m).slice(1) : [usage];
  return orders.flatMap((text) => {
    const order = name === 'audit' ? ` ${text.split(' ')[0] ?? ''}` : '';
    const [, statuses = ''] = /Status (0: [^]*)/.exec(text) ?? [];
    return [...statuses.matchAll(/(?:^|\s)(\d): /g)].map(([, status]) => `${name}${order} ${status}`);
  });
});

/** How a command comes to end so. */
type Case =
  | {
      readonly words: string;
      readonly settings?: Readonly<Record<string, string>>;
      readonly says?: RegExp;
      readonly in?: 'clone' | 'empty folder';
      readonly behind?: string;
    }
  /** Another test shows it, because more is needed than a process. */
  | { readonly file: string; readonly test: string };

const production = { NODE_ENV: 'production' };
const noDatabase = { DATABASE_URL: 'sqlite:nowhere/l.db' };
const full = existsSync('/dev/full');

const cases: Readonly<Record<string, Case>> = {
  'start 0': { file: 'exit-statuses.test.ts', test: 'npm start ends with 0 where it was told to end' },
  'start 1': { words: '', settings: production, says: /^Locksmith does not start/ },
  'start 2': { words: 'surprise', says: /takes no words/ },
  'consent 0': { words: `--customer ${guid} --forget`, says: /Nothing was changed/ },
  'consent 1': {
    words: '--import --file token',
    settings: {
      PARTNER_CENTER_TENANT_ID: guid,
      PARTNER_CENTER_CLIENT_ID: guid,
      PARTNER_CENTER_CLIENT_SECRET: 'CANARY',
      SEALING_KEY: key,
      OUTBOUND_PROXY: 'http://127.0.0.1:9',
    },
    says: /could not be reached/,
  },
  'consent 2': { words: '', says: /PARTNER_CENTER_TENANT_ID is not set/ },
  'doctor 0': { words: '', settings: noDatabase, says: /settings of the sandbox/ },
  'doctor 1': { words: '', settings: production, says: /is not set/ },
  'doctor 2': { words: 'surprise', says: /takes no words/ },
  'audit verify 0': { words: 'verify', says: /The audit trail is whole: 1 row\./ },
  'audit verify 1': {
    words: 'verify',
    settings: { AUDIT_KEY: Buffer.alloc(32, 2).toString('base64') },
    says: /NOT as it was/,
  },
  'audit verify 2': { words: 'verify', settings: noDatabase, says: /no database yet/ },
  'audit export 0': { words: 'export', says: /^\{"id":/ },
  'audit export 1': { words: 'export --from 99', says: /no row 98/ },
  'audit export 2': { words: 'export --from x', says: /is not a number/ },
  'audit notes 0': { words: 'notes', says: /Notes that wait: 0/ },
  'audit notes 1': { words: 'notes --resend 4711', says: /No note of that ticket/ },
  'audit notes 2': { words: 'notes --resend', says: /value is missing/ },
  'audit begin 0': { words: 'begin', says: /has its chain/ },
  'audit begin 1': { file: 'audit/run-audit.test.ts', test: "'begin', '--chain-begins-after', '1'" },
  'audit begin 2': { words: 'begin --chain-begins-after x', says: /Usage/ },
  'backup 0': { words: 'copy.db', says: /and is whole/ },
  'backup 1': { words: 'l.db', says: /is there already/ },
  'backup 2': { words: '', says: /Usage/ },
  'cards 0': { words: '', says: /Every card in every state/, in: 'clone' },
  'cards 1': { words: '', in: 'clone', behind: '> /dev/full', says: /could not be written/ },
  'cards 2': { words: 'surprise', says: /takes no words/ },
  'package 0': { words: '', settings: { MicrosoftAppId: guid }, in: 'clone', says: /The bot is 1111/ },
  'package 1': { words: '', in: 'clone', says: /It cannot be uploaded/ },
  'package 2': { words: 'surprise', says: /takes no words/ },
  'example 0': { words: '', says: /new password/ },
  'example 1': { words: '', behind: '> /dev/full', says: /could not be written/ },
  'example 2': { words: 'surprise', says: /takes no words/ },
  'licences 0': { words: '', says: /docs\/licences\.md: \d+ packages/ },
  'licences 1': { words: '', in: 'empty folder', says: /^package-lock\.json: it is not there/ },
  'licences 2': { words: 'surprise', says: /takes no words/ },
};

describe('the exit statuses of the commands', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-status-'));
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'docs'));
    copyFileSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
    writeFileSync(join(folder, 'token'), 'CANARY-token');
    const [url, auditKey] = [new Secret(`sqlite:${join(folder, 'l.db')}`), new Secret(key)];
    const store = await openStore({ url, clock: systemClock, instance: 'first', auditKey });
    await store.resets.record({ at: 1, kind: 'question-refused', actor: 'robin', facts: {} }, undefined);
    await store.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function run(
    name: string,
    what: Extract<Case, { words: string }>,
    pipe = '',
  ): Promise<{ status: number; text: string }> {
    const cwd = { clone: root, 'empty folder': join(folder, 'empty'), given: folder }[what.in ?? 'given'];
    const entry = name === 'start' ? 'src/main.ts' : `src/commands/${name}.ts`;
    const env = {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      DATABASE_URL: 'sqlite:l.db',
      AUDIT_KEY: key,
      ...what.settings,
    };
    const command = `node --require ${root}/node-version.cjs ${join(root, entry)} ${what.words} ${what.behind ?? ''}`;
    const line = pipe === '' ? command : `(${command}; echo "status $?" >&2) | ${pipe}`;
    return new Promise((done) => {
      execFile('sh', ['-c', line], { cwd, env }, (failure, stdout, stderr) => {
        done({ status: failure === null ? 0 : Number(failure.code), text: `${stdout}${stderr}` });
      });
    });
  }

  it('are all documented, and each one that is documented is shown', () => {
    expect(Object.keys(cases)).toEqual(documented);
    expect(Object.keys(metadata.scripts)).toEqual(expect.arrayContaining(Object.keys(usages)));
  });

  it.each(
    Object.entries(cases).flatMap(([name, what]) =>
      'words' in what && (full || what.behind === undefined) ? [[name, what] as const] : [],
    ),
  )(
    '%s',
    async (name, what) => {
      const { status, text } = await run(name.split(' ')[0] ?? '', what);
      expect({ status, text }).toMatchObject({
        status: Number(name.at(-1)),
        text: expect.stringMatching(what.says ?? /^/),
      });
      expect(text).not.toMatch(/^\s+at |CANARY/m);
    },
    60_000,
  );

  it.each(Object.entries(cases).flatMap(([name, what]) => ('file' in what ? [[name, what] as const] : [])))(
    '%s is shown by a test that is there',
    (_name, { file, test }) => {
      expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(test);
    },
  );

  it('npm start ends with 0 where it was told to end', async () => {
    const settings = { PORT: '0', PLAYGROUND: 'off', PLAYGROUND_PORT: '0', DATABASE_URL: `sqlite:${folder}/own/l.db` };
    const bot = startProcess(settings);
    await bot.prints(/"event":"listening"/);
    await expect(bot.end()).resolves.toBe(0);
  }, 60_000);

  it.each(['audit export', 'audit verify', 'audit notes', 'doctor'])(
    'a reader that goes away ends %s with 0 and without a stack',
    async (name) => {
      const [command = '', order = ''] = name.split(' ');
      // Beside this database doctor would miss the keys of a sandbox.
      const place = command === 'doctor' ? { settings: noDatabase } : {};
      const { text } = await run(command, { words: order, ...place }, 'head -1');
      expect(text).toMatch(/^status 0$/m);
      expect(text).not.toMatch(/^\s+at |EPIPE/m);
    },
  );
});
