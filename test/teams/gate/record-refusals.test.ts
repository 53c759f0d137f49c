import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import type { LogEvent } from '../../../src/log.ts';
import type { Technician } from '../../../src/reset/identity.ts';
import type { Admission } from '../../../src/teams/gate/gate.ts';
import { recordRefusals } from '../../../src/teams/gate/record-refusals.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const somebody = (number: number): Technician => ({
  objectId: asId<ObjectId>(`0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`),
  tenantId: asId<TenantId>('11111111-2222-4333-8444-555555555555'),
  teamsUserId: `29:${number}`,
  name: 'Somebody',
  userPrincipalName: undefined,
});
const caller = { activity: {}, incoming: { kind: 'ignored', why: 'test' }, authorization: undefined } as const;

function watch(admit: () => Admission, record: () => Promise<void> = () => Promise.resolve()) {
  const clock = createHandClock();
  const written: string[] = [];
  const logged: LogEvent[] = [];
  const gate = recordRefusals(
    { admit: () => Promise.resolve(admit()) },
    {
      record: ({ objectId }, rule) => {
        written.push(`${rule} ${objectId}`);
        return record();
      },
      clock,
      log: (event) => logged.push(event),
    },
  );
  return { clock, written, logged, knock: () => gate.admit(caller) };
}

describe('who is turned away', () => {
  it('is written down by person and rule where the token proved who it is', async () => {
    const technician = somebody(1);
    const door = watch(() => ({ kind: 'refused', rule: 'guest', technician }));
    expect(await door.knock()).toEqual({ kind: 'refused', rule: 'guest', technician });
    expect(door.written).toEqual([`guest ${technician.objectId}`]);
  });

  it('is not written down where nothing proves who it is, nor who is let in', async () => {
    const answers: Admission[] = [
      { kind: 'refused', rule: 'signature', technician: undefined },
      { kind: 'admitted', incoming: caller.incoming, claims: undefined },
    ];
    const door = watch(() => answers.shift() ?? { kind: 'refused', rule: 'channel', technician: undefined });
    await door.knock();
    await door.knock();
    expect(door.written).toEqual([]);
  });

  it('cannot fill the trail: three times one person, then once a minute', async () => {
    const door = watch(() => ({ kind: 'refused', rule: 'tenant', technician: somebody(1) }));
    for (let times = 0; times < 50; times += 1) await door.knock();
    expect(door.written).toHaveLength(3);
    door.clock.advance(60_000);
    for (let times = 0; times < 50; times += 1) await door.knock();
    expect(door.written).toHaveLength(4);
  });

  it('cannot fill the trail under a thousand names either', async () => {
    let number = 0;
    const door = watch(() => ({ kind: 'refused', rule: 'tenant', technician: somebody((number += 1)) }));
    for (let times = 0; times < 1000; times += 1) await door.knock();
    expect(door.written).toHaveLength(100);
  });

  it('is seen of the house however many strangers try', async () => {
    let number = 0;
    let rule: 'tenant' | 'guest' = 'tenant';
    const door = watch(() => ({ kind: 'refused', rule, technician: somebody((number += 1)) }));
    for (let times = 0; times < 200; times += 1) await door.knock();
    rule = 'guest';
    for (let times = 0; times < 200; times += 1) await door.knock();
    const counted = (of: string) => door.written.filter((line) => line.startsWith(of)).length;
    expect([counted('tenant'), counted('guest')]).toEqual([100, 100]);
  });

  it('stays out when the store cannot be written, and the log says so', async () => {
    const door = watch(
      () => ({ kind: 'refused', rule: 'tenant', technician: somebody(1) }),
      () => Promise.reject(new Error('disk full')),
    );
    expect(await door.knock()).toMatchObject({ kind: 'refused' });
    expect(door.logged).toEqual([
      expect.objectContaining({ level: 'error', event: 'refusal-not-recorded', rule: 'tenant' }),
    ]);
  });
});
