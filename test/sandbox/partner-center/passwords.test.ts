import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/sandbox/loopback-http.ts';
import { personAt, resetBody, type Running, startPretend } from './start-pretend.ts';

let running: Running;
beforeEach(async () => {
  running = await startPretend();
});
afterEach(async () => {
  await running.pretend.close();
});

const person = (nickname: string, domain?: string) => personAt(running, nickname, domain);

function patch(path: string, body: Json | string, headers: Record<string, string | undefined> = {}) {
  return running.send(path, { method: 'PATCH', body, headers });
}

describe('a new password', () => {
  it.each([
    ['Aa1-aA2', 'too short'],
    [`Aa1-${'xyz7'.repeat(64)}`, 'too long'],
    ['marbleotter', 'one class'],
    ['marble-otter', 'two classes'],
    ['Marble-öTter-7', 'not ASCII'],
    ['Marble-otter-\t7', 'a control character'],
    ['Marble-4dele-Vance', 'holds a name'],
    ['Marble-@DELE-7', 'holds a name in disguise'],
    ['C0nt0s0-river-7', 'holds the tenant'],
    ['River-b1ke$-7', 'does not hold the tenant, spelt wrongly'],
    ['Password12', 'leans on a banned word'],
    ['P@$$w0rdAdmin1', 'leans on two banned words'],
    ['', 'empty'],
  ])('%j is refused with code 3000 (%s)', async (bad, why) => {
    const { customer, user, path } = person('adele.vance');
    const seen = await patch(`${path}/resetpassword`, resetBody(bad));
    const isFine = why.startsWith('does not');
    expect(seen).toMatchObject(isFine ? { status: 200 } : { status: 400, json: { code: 3000 } });
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(isFine ? 1 : 0);
  });

  it.each(['Marble-otter-plum-quick-42', 'Aa1!aaaa', 'A b c d e f 1', `Aa1${'x'.repeat(253)}`, 'xY7-Password-kQ2'])(
    '%j is taken',
    async (good) => {
      expect((await patch(`${person('adele.vance').path}/resetpassword`, resetBody(good))).status).toBe(200);
    },
  );
});
