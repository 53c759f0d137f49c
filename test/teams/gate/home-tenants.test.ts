import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/base/ids.ts';
import { createSandboxGate } from '../../../src/teams/gate/gate.ts';
import { holdToHomeTenant } from '../../../src/teams/gate/home-tenants.ts';
import { readActivity } from '../../../src/teams/activity/incoming-activity.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { teamsActivity } from '../../support/teams-activity.ts';

const home = '11111111-2222-4333-8444-555555555555';
const elsewhere = '0ff00000-0000-4000-8000-000000000003';

/** An activity of one person, as it comes from this tenant. */
function from(tenantId: string) {
  const activity = teamsActivity({
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
  return { activity, incoming: readActivity(activity, { sandbox: false }), authorization: undefined };
}

function createGate(tenantsOf: (person: ObjectId) => Promise<readonly TenantId[]>, allowedTenants?: readonly string[]) {
  const logged: object[] = [];
  const clock = createHandClock();
  const log = (line: object) => logged.push(line);
  const gate = holdToHomeTenant(createSandboxGate({ allowedTenants }), { tenantsOf, clock, log });
  return { gate, logged, clock };
}

describe('Rule 17: an object id', () => {
  it('counts with the tenant that it was first seen in, and with no other', async () => {
    const { gate, logged } = createGate(() => Promise.resolve([]));
    expect(await gate.admit(from(home))).toMatchObject({ kind: 'admitted' });
    expect(await gate.admit(from(elsewhere))).toMatchObject({ kind: 'refused', rule: 'another-tenant' });
    expect(await gate.admit(from(home))).toMatchObject({ kind: 'admitted' });
    expect(logged).toMatchObject([
      { level: 'warn', event: 'not-let-in', rule: 'another-tenant', tenant: elsewhere, person: expect.any(String) },
    ]);
  });

  it('counts so after a restart, by what the store remembers', async () => {
    const { gate } = createGate(() => Promise.resolve([asId<TenantId>(home)]));
    expect(await gate.admit(from(elsewhere))).toMatchObject({ kind: 'refused', rule: 'another-tenant' });
    expect(await gate.admit(from(home))).toMatchObject({ kind: 'admitted' });
  });

  it('is one of two that come at the same moment', async () => {
    const { gate } = createGate(() => Promise.resolve([]));
    const both = await Promise.all([gate.admit(from(home)), gate.admit(from(elsewhere))]);
    expect(both.map(({ kind }) => kind)).toEqual(['admitted', 'refused']);
  });

  it('is admitted nowhere while the store does not answer, and again afterwards (Rule 18)', async () => {
    let isDown = true;
    const { gate, logged } = createGate(() => (isDown ? Promise.reject(new Error('down')) : Promise.resolve([])));
    expect(await gate.admit(from(home))).toMatchObject({ kind: 'refused', rule: 'store-silent' });
    expect(logged).toMatchObject([{ level: 'error', event: 'home-tenant-unknown' }]);
    isDown = false;
    expect(await gate.admit(from(home))).toMatchObject({ kind: 'admitted' });
  });

  it('waits for the store no longer than a press may take', async () => {
    const { gate, clock } = createGate(() => new Promise(() => undefined));
    const admission = gate.admit({ ...from(home), decideBy: clock.now() + 700 });
    await clock.waiting((wait) => wait === 700);
    clock.advance(700);
    expect(await admission).toMatchObject({ kind: 'refused', rule: 'store-silent' });
  });

  it('does not wait for a store that hangs', async () => {
    const { gate, clock } = createGate(() => new Promise(() => undefined));
    const admission = gate.admit(from(home));
    await clock.waiting((wait) => wait === 3000);
    clock.advance(3000);
    expect(await admission).toMatchObject({ kind: 'refused', rule: 'store-silent' });
  });
});

describe('the gate of the sandbox', () => {
  it('admits nobody of another tenant where tenants are named', async () => {
    const { gate } = createGate(() => Promise.resolve([]), [home]);
    expect(await gate.admit(from(elsewhere))).toMatchObject({ kind: 'refused', rule: 'tenant' });
    expect(await gate.admit(from(home))).toMatchObject({ kind: 'admitted' });
  });
});
