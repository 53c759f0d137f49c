import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { LogEvent } from '../../src/base/log.ts';
import { keepPlayground } from '../../src/sandbox/playground-restarts.ts';
import { playgroundConfig } from '../../src/sandbox/playground-config.ts';
import { tryPort } from '../support/try-port.ts';

const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-restarts-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Pauses between two starts are over at once; the start itself has all the time that it needs. */
const clock = {
  now: () => 0,
  after: (milliseconds: number, act: () => void) => {
    if (milliseconds <= 1000) setImmediate(act);
    return () => undefined;
  },
};

/** What is logged, and a promise of the next event of a name. */
function createListener() {
  const events: LogEvent[] = [];
  const waiting: { readonly name: string; readonly resolve: (event: LogEvent) => void }[] = [];
  return {
    events,
    log: (event: LogEvent) => {
      events.push(event);
      for (const { resolve } of waiting.filter(({ name }) => name === event.event)) resolve(event);
    },
    next: (name: string) => new Promise<LogEvent>((resolve) => waiting.push({ name, resolve })),
  };
}

async function begin(script: string, log: (event: LogEvent) => void) {
  const program = join(await mkdtemp(join(folder, 'script-')), 'script.cjs');
  await writeFile(program, script);
  return keepPlayground({
    port: 0,
    botUrl: 'http://127.0.0.1:9/api/messages',
    dataFolder: folder,
    program,
    clock,
    log,
  });
}

it('starts Microsoft’s Playground again at its address when it was killed, with the same chats', async () => {
  const pidFile = join(folder, 'pid');
  const { log, next, events } = createListener();
  const playground = await begin(
    `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); require(${JSON.stringify(cli)});`,
    log,
  );
  try {
    const again = next('playground-started-again');
    process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGKILL');
    expect(await again).toEqual({ level: 'warn', event: 'playground-started-again', url: playground.url });
    expect(events[0]).toMatchObject({ event: 'playground-ended', status: 'killed' });
    const { personalChat, currentUser } = playgroundConfig;
    const chat = `${playground.url}/_connector/v3/conversations/${encodeURIComponent(personalChat.id)}`;
    const answer = await fetch(`${chat}/members/${encodeURIComponent(currentUser.id)}`);
    expect(await answer.json()).toMatchObject({ id: currentUser.id });
  } finally {
    await playground.stop();
  }
  expect(await tryPort('127.0.0.1', Number(new URL(playground.url).port))).toBe('shut');
});

/** Listens where it is told, and ends with an error once it is asked to. */
const ending = `
  const server = require('node:http').createServer((request, response) => {
    response.end(() => {
      if (request.url === '/end') throw new TypeError('the word of a person: Adele');
    });
  });
  const port = Number(process.argv.at(-1));
  server.listen(port, () => console.log('Listening on ' + server.address().port));`;

it('starts it three times in ten minutes and no more, tells the error that ended it, and what to do', async () => {
  const { log, next, events } = createListener();
  const playground = await begin(ending, log);
  for (let time = 1; time <= 4; time += 1) {
    const after = next(time < 4 ? 'playground-started-again' : 'playground-given-up');
    await fetch(`${playground.url}/end`);
    await after;
  }
  await playground.stop();
  expect(events.map(({ event }) => event)).toEqual([
    ...[1, 2, 3].flatMap(() => ['playground-ended', 'playground-started-again']),
    'playground-ended',
    'playground-given-up',
  ]);
  expect(events[0]).toMatchObject({ status: 1, said: expect.stringMatching(/^TypeError: .*script\.cjs:\d+/) });
});

it('is not started again once it was stopped', async () => {
  const { log, events } = createListener();
  const playground = await begin(ending, log);
  const port = Number(new URL(playground.url).port);
  await playground.stop();
  await playground.stop();
  expect(events).toEqual([]);
  expect(await tryPort('127.0.0.1', port)).toBe('shut');
});

it('goes on where a promise in it fails that nothing waits for', async () => {
  const { log, events } = createListener();
  const playground = await begin(
    `const server = require('node:http').createServer((request, response) => {
       if (request.url === '/fail') Promise.reject(new Error('WebSocket is not open'));
       setImmediate(() => response.end('here'));
     });
     server.listen(Number(process.argv.at(-1)), () => console.log('Listening on ' + server.address().port));`,
    log,
  );
  await fetch(`${playground.url}/fail`);
  expect(await (await fetch(playground.url)).text()).toBe('here');
  await playground.stop();
  expect(events).toEqual([]);
});
