import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { robinSays, startGuardedBot, type GuardedBot } from '../support/start-guarded-bot.ts';

/** A thousand by `SLOW_SOCKETS=1000 npm test -- slow-sockets`; each takes a file descriptor here and one there. */
const slowSockets = Number(process.env['SLOW_SOCKETS'] ?? 300);
const honestMessages = 60;

const sockets: Socket[] = [];
let bot: GuardedBot;

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.length = 0;
  await bot.stop();
});

const head = 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
/** What a slow client has sent so far: nothing, half a head, a head, or a head and a bit of a body. */
const beginnings = [
  '',
  head,
  `${head}Content-Length: 1000\r\n\r\n`,
  `${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`,
];

async function open(beginning: string): Promise<Socket> {
  const { hostname, port } = new URL(bot.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.resume();
  if (beginning !== '') socket.write(beginning);
  return socket;
}

describe('slow sockets', () => {
  it(`do not keep an honest chat waiting: ${slowSockets} of them`, async () => {
    bot = await startGuardedBot();
    const slow: Socket[] = [];
    for (let number = 0; number < slowSockets; number += 1) {
      slow.push(await open(beginnings[number % beginnings.length] ?? ''));
    }
    const times: number[] = [];
    for (let number = 0; number < honestMessages; number += 1) {
      for (const socket of slow.slice(0, 50)) if (socket.writable) socket.write(number % 2 === 0 ? '\r' : 'x');
      const start = performance.now();
      expect((await bot.post(robinSays({ id: String(number) }))).status).toBe(200);
      times.push(performance.now() - start);
    }
    expect(bot.turns).toHaveLength(honestMessages);
    times.sort((one, other) => one - other);
    expect(times.at(Math.floor(honestMessages * 0.95))).toBeLessThan(500);
  });

  it('are cut off when their body has taken ten seconds', async () => {
    bot = await startGuardedBot();
    const slow = await Promise.all(Array.from({ length: 40 }, (_, number) => open(beginnings[2 + (number % 2)] ?? '')));
    const reading = (): number => bot.clock.waits.filter((wait) => wait === 10_000).length;
    for (let looked = 0; looked < 200 && reading() < slow.length; looked += 1) await bot.post(robinSays());
    expect(reading()).toBe(slow.length);
    const answers = Promise.all(slow.map((socket) => once(socket, 'data')));
    const ended = Promise.all(slow.map((socket) => once(socket, 'close')));
    bot.clock.advance(10_000);
    for (const [answer] of await answers) expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
    // After the answer a little of the rest is thrown away, for two seconds.
    bot.clock.advance(2000);
    await ended;
  });
});
