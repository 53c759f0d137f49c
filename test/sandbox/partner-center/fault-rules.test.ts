import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PretendFault } from '../../../src/sandbox/partner-center/index.ts';
import { personAt, resetBody, type Running, startPretend } from './start-pretend.ts';

const password = 'Marble-CANARY-otter-7';

let running: Running;
let userPath = '';
beforeEach(async () => {
  running = await startPretend();
  userPath = personAt(running, 'adele.vance').path;
});
afterEach(async () => {
  await running.pretend.close();
});

const read = () => running.send(userPath);
const reset = () => running.send(`${userPath}/resetpassword`, { method: 'PATCH', body: resetBody(password) });
const strike = (fault: PretendFault) => {
  running.pretend.faults.next({ fault });
};

describe('a rule', () => {
  it('strikes the calls it is for, as often as it says', async () => {
    const fault: PretendFault = { kind: 'empty', status: 503, effect: 'none' };
    running.pretend.faults.next({ method: 'PATCH', path: /\/resetpassword$/, times: 2, fault });
    expect((await read()).status).toBe(200);
    expect((await reset()).status).toBe(503);
    expect(running.pretend.faults.pending()).toBe(1);
    expect((await reset()).status).toBe(503);
    expect((await reset()).status).toBe(200);
    expect(running.pretend.faults.pending()).toBe(0);
    expect(running.pretend.calls.map((call) => call.fault)).toEqual([undefined, 'empty', 'empty', undefined]);
  });

  it('strikes in the order in which the rules came, and none once they are cleared', async () => {
    for (const status of [500, 502]) strike({ kind: 'empty', status, effect: 'none' });
    strike({ kind: 'empty', status: 503, effect: 'none' });
    expect([(await read()).status, (await read()).status]).toEqual([500, 502]);
    running.pretend.faults.clear();
    expect((await read()).status).toBe(200);
  });

  it('is held against the query too, and keeps no place in an expression', async () => {
    const fault: PretendFault = { kind: 'empty', status: 503, effect: 'none' };
    running.pretend.faults.next({ path: /seekOperation=Next/g, times: 2, fault });
    expect((await running.send('/v1/customers?size=10')).status).toBe(200);
    const { json } = await running.send('/v1/customers?size=10');
    const token = /"key":"MS-ContinuationToken","value":"([^"]+)"/.exec(JSON.stringify(json))?.[1];
    const headers = { 'MS-ContinuationToken': token };
    const again = () => running.send('/v1/customers?seekOperation=Next', { headers });
    expect([(await again()).status, (await again()).status, (await again()).status]).toEqual([503, 503, 200]);
  });

  it('does not strike a call that is refused for its form', async () => {
    strike({ kind: 'empty', status: 503, effect: 'none' });
    expect((await running.send(userPath, { headers: { Authorization: undefined } })).status).toBe(401);
    expect(running.pretend.faults.pending()).toBe(1);
  });
});
