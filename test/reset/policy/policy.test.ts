import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { hashPolicy, limitsOf, type Policy, policyForCustomer } from '../../../src/reset/policy/policy.ts';
import { readPolicy } from '../../../src/reset/policy/read-policy-file.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said, sam } from '../../support/reset-world.ts';
import { closeUnbroken } from '../../support/started-world.ts';

const contoso = '0a1b2c3d-0000-4000-8000-00000000000c';
const policy: Policy = { ...sandboxPolicy, customers: { [contoso]: { approval: 'always', technicians: [] } } };

describe('the policy for a customer', () => {
  it('has what the customer says otherwise and all the rest', () => {
    expect(policyForCustomer(policy, contoso)).toEqual({ ...policy, approval: 'always', technicians: [] });
  });

  it('has write-back at one customer, and refuses synchronised users elsewhere', () => {
    const one = readPolicy(
      JSON.stringify({ customers: { [contoso]: { synchronisedUsers: 'writeback' } } }),
      sandboxPolicy,
    );
    const read = one.kind === 'policy' ? one.policy : policy;
    const others = '0a1b2c3d-0000-4000-8000-00000000000d';
    expect([contoso, others].map((id) => policyForCustomer(read, id).synchronisedUsers)).toEqual(['writeback', 'deny']);
  });

  it('finds the customer whatever the case of the tenant id', () => {
    expect(policyForCustomer(policy, contoso.toUpperCase()).approval).toBe('always');
  });

  it.each(['0a1b2c3d-0000-4000-8000-00000000000d', '__proto__', 'constructor', ''])(
    'is the general one for %p',
    (tenantId) => {
      expect(policyForCustomer(policy, tenantId)).toBe(policy);
    },
  );
});

describe('the hash of a policy', () => {
  it('is the same whatever the order of its keys, and of those of its customers', () => {
    const customers = { a: { ticket: 'off' }, b: { approval: 'always' } } as const;
    const turned = Object.fromEntries(Object.entries({ ...sandboxPolicy, customers }).toReversed());
    expect(hashPolicy({ ...sandboxPolicy, ...turned, customers: { b: customers.b, a: customers.a } })).toBe(
      hashPolicy({ ...sandboxPolicy, customers }),
    );
  });

  it('is that of its JSON with every key in order, which others can work out', () => {
    const json =
      '{"approval":"privileged","approveWithinMinutes":60,"approvers":[{"kind":"everyone"}],' +
      '"auditors":[{"kind":"person","objectId":"0a"}],"confirmWithinMinutes":10,"customers":{},' +
      '"followUps":{"accessPass":"off","signOut":"allow"},' +
      '"limits":{"overallPerHour":4,"perCustomerPerHour":2,"perTechnicianPerHour":1,"perUserPerDay":3},' +
      '"privilegedTargets":"approve","showPasswordForMinutes":15,"synchronisedUsers":"deny",' +
      '"technicians":[{"kind":"group","objectId":"0b"}],"ticket":"optional","ticketMismatch":"warn",' +
      '"verification":{"methods":["In person","By post"],"required":true}}';
    const policy: Policy = {
      ...sandboxPolicy,
      technicians: [{ kind: 'group', objectId: '0b' }],
      auditors: [{ objectId: '0a', kind: 'person' }],
      verification: { required: true, methods: ['In person', 'By post'] },
      limits: { perUserPerDay: 3, overallPerHour: 4, perTechnicianPerHour: 1, perCustomerPerHour: 2 },
    };
    expect(hashPolicy(policy)).toBe(createHash('sha256').update(json).digest('hex'));
  });

  it('is another for another policy', () => {
    expect(hashPolicy({ ...sandboxPolicy, ticket: 'required' })).not.toBe(hashPolicy(sandboxPolicy));
    expect(hashPolicy(sandboxPolicy)).toMatch(/^[\da-f]{64}$/);
  });
});

describe('the limits of a confirmation', () => {
  it('are those of the policy, within an hour, and for one user within a day', () => {
    const limits = { perTechnicianPerHour: 1, perCustomerPerHour: 2, perUserPerDay: 3, overallPerHour: 4 };
    expect(limitsOf({ limits })).toEqual([
      { kind: 'technician', most: 1, windowMilliseconds: 3_600_000 },
      { kind: 'customer', most: 2, windowMilliseconds: 3_600_000 },
      { kind: 'user', most: 3, windowMilliseconds: 86_400_000 },
      { kind: 'overall', most: 4, windowMilliseconds: 3_600_000 },
    ]);
  });
});

const hour = 60 * 60_000;

describe('a limit of resets', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld();
    world.change({ limits: { ...sandboxPolicy.limits, perUserPerDay: 2 } });
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(() => closeUnbroken(world));

  /** A whole reset, to the hidden password. */
  const reset = async (by = process) => {
    const { id } = await world.ask(by);
    const confirmation = await by.resets.confirm(id, robin, said);
    if (confirmation.kind === 'begun') await confirmation.done;
    await world.pass(20 * 60_000);
    return { id, confirmation };
  };

  it('ends what is confirmed beyond it as refused, with the limit and when it is possible again', async () => {
    await reset();
    await reset();
    const tries = world.partner.tries.length;
    const { id, confirmation } = await reset();
    expect(confirmation).toMatchObject({ kind: 'as-it-stands', request: { state: 'refused' } });
    const request = await world.stands(id);
    const first = (await world.readTrail()).find(({ kind }) => kind === 'confirmed');
    expect(request).toMatchObject({
      state: 'refused',
      confirmedAt: undefined,
      proof: said,
      cardIsOwed: false,
      refusal: { kind: 'over-limit', limit: 'user', most: 2, againAt: (first?.at ?? 0) + 24 * hour },
    });
    expect(world.partner.tries).toHaveLength(tries);
    expect((await world.readTrail()).filter(({ requestId }) => requestId === id).at(-2)).toMatchObject({
      kind: 'refused',
      facts: { reason: 'over-limit', limit: 'user', most: 2 },
    });
    expect(world.alarms).toStrictEqual([
      {
        kind: 'limit-reached',
        limit: 'user',
        most: 2,
        correlationId: request.correlationId,
        technician: robin.objectId,
        customer: request.target.customer.id,
        user: request.target.user.id,
      },
    ]);
  });

  it('holds for another instance, and is over when the window has passed', async () => {
    await reset();
    await reset();
    const other = world.boot('second');
    other.resets.start();
    expect((await reset(other)).confirmation).toMatchObject({ kind: 'as-it-stands' });
    await world.pass(24 * hour);
    expect((await reset(other)).confirmation).toMatchObject({ kind: 'begun' });
  });

  it('comes after a word on the card of a user who was reset on the same day', async () => {
    expect((await world.ask(process)).resetBefore).toBeUndefined();
    const { id } = await reset();
    const { resetAt } = await world.stands(id);
    expect((await world.ask(process)).resetBefore).toStrictEqual({ at: resetAt, by: robin.name, isCertain: true });
    await world.pass(24 * hour);
    expect((await world.ask(process)).resetBefore).toBeUndefined();
  });

  it('does not count what it refused', async () => {
    for (const _ of Array.from({ length: 4 })) await reset();
    await world.pass(23 * hour);
    expect((await reset()).confirmation).toMatchObject({ kind: 'begun' });
  });

  it('raises an alarm when somebody else presses the button', async () => {
    const { id, correlationId } = await world.ask(process);
    await expect(process.resets.confirm(id, sam, said)).resolves.toStrictEqual({ kind: 'not-yours' });
    expect(world.alarms).toMatchObject([{ kind: 'foreign-press', correlationId, technician: sam.objectId }]);
  });
});
