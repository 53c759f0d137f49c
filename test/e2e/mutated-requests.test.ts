import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { teamsPress } from '../support/teams-activity.ts';
import { createSeededRandomInt } from '../support/seeded-random-int.ts';
import { mutate, nibble } from '../support/mutate.ts';
import { postRaw } from '../support/post-raw.ts';
import { robinSays, serviceUrl, startGuardedBot, type GuardedBot } from '../support/start-guarded-bot.ts';

const seed = 20_260_302;
/** A hundred thousand by `MUTATED_REQUESTS=100000 npm test -- mutated-requests`. */
const requests = Number(process.env['MUTATED_REQUESTS'] ?? 5000);
const atOnce = 16;
const fine = new Set([200, 400, 401, 403, 408, 413, 415, 429, 431]);

let bot: GuardedBot;

beforeAll(async () => {
  bot = await startGuardedBot();
});
afterAll(() => bot.stop());

type Mutant = { readonly headers: Record<string, string>; readonly body: string };

/** One request with something wrong with it: its body, its token, its headers or its bytes. */
function createMutants(integer: (below: number) => number) {
  const good = bot.token();
  const base = (): object => (integer(2) === 0 ? robinSays() : teamsPress({}, { serviceUrl }));
  const claims = ['iss', 'aud', 'exp', 'nbf', 'serviceurl', 'sub'];
  const json = (authorization: string, body: string): Mutant => ({
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    body,
  });
  // A header may hold visible characters only, or the client itself refuses to send it.
  const clean = (text: string) => text.replaceAll(/[^ -~]/g, '?').trim();
  return (): Mutant => {
    const body = JSON.stringify(base());
    switch (integer(8)) {
      case 0:
      case 1:
      case 2:
        return json(`Bearer ${good}`, JSON.stringify(mutate(base(), integer)));
      case 3:
        return json(`Bearer ${clean(nibble(good, integer))}`, body);
      case 4: {
        const odd = mutate(Object.fromEntries(claims.map((claim) => [claim, 'x'])), integer);
        return json(`Bearer ${bot.token({ ...odd })}`, body);
      }
      case 5: {
        const odd = mutate({ alg: 'RS256', kid: 'key-1', crit: ['b64'] }, integer);
        return json(`Bearer ${bot.token({}, { ...odd, alg: integer(2) === 0 ? 'HS256' : 'RS256' })}`, body);
      }
      case 6:
        return json(`Bearer ${good}`, nibble(nibble(body, integer), integer));
      default: {
        const types = ['', 'text/plain', 'application/json; charset=utf-7', 'application/JSON', 'application/json;'];
        const encodings = ['gzip', 'identity', 'br, gzip', ''];
        const encoding = encodings[integer(encodings.length)] ?? '';
        return {
          headers: {
            'Content-Type': types[integer(types.length)] ?? '',
            ...(encoding !== '' && { 'Content-Encoding': encoding }),
            ...(integer(2) === 0 && { Authorization: clean(nibble(`Bearer ${good}`, integer)) }),
          },
          body,
        };
      }
    }
  };
}

describe('mutated requests', () => {
  const never = `never crash, hang or break the bot: ${requests} of them (seed ${seed})`;
  const within = Math.max(60_000, requests * 10);
  it(
    never,
    async () => {
      const integer = createSeededRandomInt(seed);
      const next = createMutants(integer);
      const statuses = new Map<number, number>();
      let sent = 0;
      const send = async (): Promise<void> => {
        while (sent < requests) {
          sent += 1;
          const { headers, body } = next();
          const answer = await fetch(`${bot.url}/api/messages`, {
            method: 'POST',
            headers,
            body,
            signal: AbortSignal.timeout(5000),
          });
          await answer.arrayBuffer();
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          if (!fine.has(answer.status))
            throw new Error(`${answer.status} to ${JSON.stringify({ headers, body }).slice(0, 500)}`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, send));
      expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(requests);
      // They do not all fail at the first door: some get through, some are refused behind it.
      for (const status of [200, 400, 401, 415]) expect(statuses.get(status) ?? 0).toBeGreaterThan(50);
      expect(bot.logged.filter(({ level }) => level === 'error')).toEqual([]);
      expect((await bot.post(robinSays())).status).toBe(200);
    },
    within,
  );

  it.each<[string, string]>([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a length that is none', 'Content-Length: two\r\n\r\n{}'],
    ['a length below nothing', 'Content-Length: -1\r\n\r\n{}'],
    ['chunks that are none', 'Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n'],
    ['an unknown way of sending', 'Transfer-Encoding: cow\r\n\r\n{}'],
    ['a folded header', 'X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}'],
    ['a header without a name', ': b\r\nContent-Length: 2\r\n\r\n{}'],
    ['two hosts', 'Host: y\r\nContent-Length: 2\r\n\r\n{}'],
    ['a header of 20 KB', `X-A: ${'b'.repeat(20_000)}\r\nContent-Length: 2\r\n\r\n{}`],
  ])('are answered below 500, and the connection ended, with %s', async (_, rest) => {
    const start = 'POST /api/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
    const answer = await postRaw(bot.url, [`${start}${rest}`]);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await bot.post(robinSays())).status).toBe(200);
  });
});
