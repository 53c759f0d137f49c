import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exampleSentence } from '../../src/sandbox/partner-center/index.ts';
import { findCanaries } from '../support/find-canaries.ts';
import { formsOfSecret } from '../support/forms-of-secret.ts';
import { gatherSinks, type Traces } from '../support/gather-sinks.ts';
import { readFolder } from '../support/read-folder.ts';
import { recordAnswers } from '../support/record-answers.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, passwordIn, robin, type TeamsPerson } from '../support/teams-person.ts';

const secret = 'CANARY-"Möwe"/+?-42';
const put = { call: 'update', method: 'PUT', authorization: undefined } as const;
const direct = '/v3/conversations/a:1-29:robin/activities/17';

describe('the scan after every test', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-canaries-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const gather = (planted: Partial<Traces> = {}, delivery: 'message' | 'reveal' = 'message') =>
    gatherSinks(
      {
        log: [],
        alarms: [],
        toConnector: [],
        toPartnerCenter: [],
        answers: [],
        exported: '',
        ...planted,
        files: readFolder(folder),
      },
      delivery,
    );
  const find = (planted: Partial<Traces>, delivery: 'message' | 'reveal' = 'message') =>
    findCanaries([{ kind: 'password', secret }], gather(planted, delivery));
  const call = (changes: object) => ({
    method: 'GET',
    path: '/v1/customers',
    query: new URLSearchParams(),
    requestId: undefined,
    correlationId: undefined,
    headers: {},
    remotePort: 1,
    status: 200,
    fault: undefined,
    ...changes,
  });

  const sinks: readonly (readonly [string, (text: string) => Partial<Traces>])[] = [
    ['line 2 of the log', (text) => ({ log: ['{}', `{"event":"x","why":"${text}"}`] })],
    ['an alarm', (text) => ({ alarms: [{ kind: 'x', who: text }] })],
    [
      'a post to Teams',
      (text) => ({ toConnector: [{ ...put, call: 'post', method: 'POST', path: direct, body: text }] }),
    ],
    [
      'a update to Teams',
      (text) => ({ toConnector: [{ ...put, path: '/v3/conversations/19:x/activities/1', body: text }] }),
    ],
    [
      'the address or a header of a GET to Partner Center',
      (text) => ({ toPartnerCenter: [call({ path: `/v1/${text}` })] }),
    ],
    [
      'the address or a header of a GET to Partner Center',
      (text) => ({ toPartnerCenter: [call({ headers: { 'x-a': text } })] }),
    ],
    [
      'an answer of /api/messages',
      (text) => ({ answers: [{ path: '/api/messages', body: `{"id":"direct-message","x":"${text}"}` }] }),
    ],
    ['the exported audit trail', (text) => ({ exported: `{"event":{"facts":{"x":"${text}"}}}` })],
    ...['locksmith.db', 'locksmith.db-wal', 'something.else'].map(
      (file): readonly [string, (text: string) => Partial<Traces>] => [
        `the file ${file}`,
        (text) => {
          const bytes = Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(text), Buffer.from([254])]);
          writeFileSync(join(folder, file), bytes);
          return {};
        },
      ],
    ),
  ];

  it.each(sinks)('finds a planted password in every form: %s', (name, plant) => {
    for (const form of formsOfSecret(secret)) expect(find(plant(form))).toContain(`a password lies in ${name}`);
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'locksmith-canaries-'));
    expect(find(plant('nothing at all'))).toStrictEqual([]);
  });

  it('knows the form in which things really come out', () => {
    const forms = formsOfSecret(secret);
    const escaped = [
      JSON.stringify({ secret }),
      JSON.stringify(JSON.stringify({ secret })),
      new URL(`https://x.example/?a=${encodeURIComponent(secret)}`).href,
      new URLSearchParams({ a: secret }).toString(),
      Buffer.from(`Basic x:${secret} and more`).toString('base64'),
      Buffer.from(`Basic xy:${secret} and more`).toString('base64url'),
      Buffer.from(`..${secret}`).toString('hex'),
      [...`..${secret}..`].toReversed().join(''),
    ];
    for (const text of escaped) expect(forms.some((form) => text.includes(form))).toBe(true);
  });

  it('leaves alone the one place that is meant for the password, and that for nothing else', () => {
    const shown = `{"id":"password","text":${JSON.stringify(secret)}}`;
    const message = { toConnector: [{ ...put, path: direct, body: shown }] };
    const hidden = { toConnector: [{ ...put, path: direct, body: `{"text":${JSON.stringify(secret)}}` }] };
    const answer = {
      answers: [{ path: '/api/messages', body: `{"id":"direct-message","text":${JSON.stringify(secret)}}` }],
    };
    expect(find(message)).toStrictEqual([]);
    expect(find(hidden)).toHaveLength(1);
    expect(find(message, 'reveal')).toHaveLength(1);
    expect(find(answer, 'reveal')).toStrictEqual([]);
    expect(findCanaries([{ kind: 'token', secret }], gather(message))).toStrictEqual([
      'a token lies in a update to Teams',
    ]);
  });

  it('finds a number on file everywhere but in an own chat', () => {
    const number = '+1 206 555 0147';
    const seek = (planted: Partial<Traces>) =>
      findCanaries([{ kind: 'number on file', secret: number }], gather(planted));
    const said = (path: string) => seek({ toConnector: [{ ...put, path, body: `{"text":"${number}"}` }] });
    expect(said('/v3/conversations/a:chat-robin/activities')).toStrictEqual([]);
    expect(said(direct)).toStrictEqual([]);
    expect(said('/v3/conversations/19:group@thread.v2/activities/1')).toStrictEqual([
      'a number on file lies in a update to Teams',
    ]);
    expect(seek({ answers: [{ path: '/api/messages', body: number }] })).toHaveLength(1);
    for (const [, plant] of sinks.slice(0, 2)) expect(seek(plant(number))).toHaveLength(1);
  });

  it('leaves alone the one place that is meant for a pass, and that for nothing else', () => {
    const findPass = (planted: Partial<Traces>, delivery: 'message' | 'reveal' = 'message') =>
      findCanaries([{ kind: 'pass', secret }], gather(planted, delivery));
    const shown = {
      toConnector: [{ ...put, path: direct, body: `{"id":"access-pass","text":${JSON.stringify(secret)}}` }],
    };
    const asPassword = {
      toConnector: [{ ...put, path: direct, body: `{"id":"password","text":${JSON.stringify(secret)}}` }],
    };
    expect(findPass(shown)).toStrictEqual([]);
    expect(findPass(shown, 'reveal')).toStrictEqual(['a pass lies in a update to Teams']);
    expect(findPass(asPassword)).toStrictEqual(['a pass lies in a update to Teams']);
    expect(find(shown)).toStrictEqual(['a password lies in a update to Teams']);
  });

  it('sees the bodies of answers, whole or in parts', async () => {
    const recorder = recordAnswers();
    const server = createServer((request, response) => {
      if (request.url === '/whole') return void response.end('all of it');
      response.write('in ');
      response.write(Buffer.from('three '));
      response.end('parts');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    recorder.watch(url);
    const answered = [await fetch(`${url}/whole`), await fetch(`${url}/parts`)].map((response) => response.text());
    expect(await Promise.all(answered)).toStrictEqual(['all of it', 'in three parts']);
    expect(recorder.answers.map(({ body }) => body)).toStrictEqual(['all of it', 'in three parts']);
    recorder.stop();
    server.close();
    server.closeAllConnections();
  });
});

describe('a house that is stopped', () => {
  let house: House;
  let technician: TeamsPerson;
  let password: string;

  beforeEach(async () => {
    house = await startHouse();
    technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
    await technician.say(exampleSentence);
    const proof = { verification: 'In person', ticket: 'INC-7' };
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    password = passwordIn((await technician.card('direct-message', technician.directChat)).card) ?? '';
  });

  it('says where a password was left in its data', async () => {
    writeFileSync(join(house.folder, 'locksmith.db-left'), `....${Buffer.from(password).toString('base64')}`);
    await expect(house.stop()).rejects.toThrow('After the test:\na password lies in the file locksmith.db-left');
  });

  it('says that a password was posted, or told to whoever asked', async () => {
    await fetch(`${house.connector.url}v3/conversations/x/activities`, { method: 'POST', body: password });
    await technician.say(`reset password for ${password}`);
    await expect(house.stop()).rejects.toThrow('a password lies in a post to Teams');
  });

  it('says that the audit trail is not whole', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(house.folder, 'locksmith.db'), { timeout: 2000 });
    database.exec("drop trigger audit_records_no_update; update audit_records set actor = 'x' where number = 3");
    database.close();
    await expect(house.stop()).rejects.toThrow('Row 3 was altered');
  });
});
