import { describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { asId, type CustomerId, type ObjectId, type TenantId } from '../../../src/base/ids.ts';
import type { Policy, Principal } from '../../../src/reset/policy/policy.ts';
import { findReach, findSight } from '../../../src/reset/policy/reach.ts';
import { findRight, findRights, isNamed, isPermitted } from '../../../src/reset/policy/rights.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const tenantId = asId<TenantId>('9a1f2c52-2a0e-4f6b-9d5c-3d3b6f7f0001');
const person = { objectId: robin, tenantId };
const desk = 'de500000-0000-4000-8000-00000000000c';
const byName: Principal = { kind: 'person', objectId: robin };
const byGroup: Principal = { kind: 'group', objectId: desk };
const noGroups: ReadonlySet<string> = new Set();
const { technician } = buildResetRequest();

/** Groups that answer this for every person, and a list of the persons whose groups were looked up. */
function createGroups(memberOf: readonly string[] | 'unknown') {
  const asked: ObjectId[] = [];
  const groups = {
    memberOf: (person: ObjectId) => {
      asked.push(person);
      return Promise.resolve(memberOf === 'unknown' ? memberOf : new Set(memberOf));
    },
  };
  return { groups, asked };
}

describe('those whom the policy names', () => {
  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['everyone', [{ kind: 'everyone' }], noGroups],
    ['a person by their id', [{ kind: 'person', objectId: robin }], noGroups],
    ['a person by their id in another case', [{ kind: 'person', objectId: robin.toUpperCase() }], noGroups],
    ['a member of a group', [{ kind: 'group', objectId: desk }], new Set([desk])],
    [
      'a person beside others',
      [
        { kind: 'group', objectId: desk },
        { kind: 'person', objectId: robin },
      ],
      noGroups,
    ],
  ])('are %s', (_, principals, memberOf) => {
    expect(isNamed(person, principals, memberOf)).toBe(true);
    expect(isNamed({ tenantId, objectId: asId<ObjectId>(robin.toUpperCase()) }, principals, memberOf)).toBe(true);
  });

  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['anybody where no one is named', [], new Set([desk])],
    ['another person', [{ kind: 'person', objectId: 'b0b00000-0000-4000-8000-00000000000b' }], noGroups],
    ['a member of another group', [{ kind: 'group', objectId: desk }], new Set([robin])],
    ['a person by the id of their group', [{ kind: 'person', objectId: desk }], new Set([desk])],
    ['a group by the id of the person', [{ kind: 'group', objectId: robin }], noGroups],
  ])('are not %s', (_, principals, memberOf) => {
    expect(isNamed(person, principals, memberOf)).toBe(false);
  });
});

/** Whether these principals permit Robin, who is in these groups. `asked`: whose groups were looked up. */
async function permitRobin(principals: readonly Principal[], memberOf: readonly string[] | 'unknown') {
  const { groups, asked } = createGroups(memberOf);
  return { permitted: await isPermitted(groups, person, principals), asked };
}

describe('whether the policy permits a person', () => {
  it.each<[readonly Principal[]]>([[[byName]], [[{ kind: 'everyone' }]], [[byGroup, byName]]])(
    'is yes where it names them, and no groups are looked up: %j',
    async (principals) => {
      expect(await permitRobin(principals, 'unknown')).toEqual({ permitted: 'yes', asked: [] });
    },
  );

  it('is yes where it names a group they are in', async () => {
    expect(await permitRobin([byGroup], [desk])).toEqual({ permitted: 'yes', asked: [robin] });
  });

  it('is no where it names groups they are not in', async () => {
    expect(await permitRobin([byGroup], [])).toEqual({ permitted: 'not-a-technician', asked: [robin] });
  });

  it('is no where the groups are unknown, and that is the reason', async () => {
    expect(await permitRobin([{ kind: 'person', objectId: desk }, byGroup], 'unknown')).toEqual({
      permitted: 'groups-unknown',
      asked: [robin],
    });
  });

  it.each<[readonly Principal[]]>([[[]], [[{ kind: 'person', objectId: desk }]]])(
    'is no where no group could permit them, and none is looked up: %j',
    async (principals) => {
      expect(await permitRobin(principals, 'unknown')).toEqual({ permitted: 'not-a-technician', asked: [] });
    },
  );
});

const leads = 'de500000-0000-4000-8000-00000000000d';
const everyone: Principal = { kind: 'everyone' };
const deskAndLeads: readonly Principal[] = [byGroup, { kind: 'group', objectId: leads }];

/** By which of these principals Robin, who is in these groups, has the right. `asked`: whose groups were looked up. */
async function findRightOfRobin(principals: readonly Principal[], memberOf: readonly string[] | 'unknown') {
  const { groups, asked } = createGroups(memberOf);
  return { found: await findRight(groups, person, principals), asked };
}
const right = (name: string) => ({ kind: 'right', right: name });
const none = (why: string) => ({ kind: 'none', why });

describe('the right by which the policy names a person', () => {
  it('is their name or that everyone has it, the first of both, and no groups are looked up', async () => {
    expect(await findRightOfRobin([...deskAndLeads, byName, everyone], 'unknown')).toEqual({
      found: right('person'),
      asked: [],
    });
    expect(await findRightOfRobin([everyone, byName], 'unknown')).toEqual({ found: right('everyone'), asked: [] });
  });

  it('is the group they are in', async () => {
    expect(await findRightOfRobin(deskAndLeads, [leads])).toEqual({ found: right(`group:${leads}`), asked: [robin] });
    expect(await findRightOfRobin(deskAndLeads, [leads, desk])).toMatchObject({
      found: right(`group:${desk}`),
    });
  });

  it('is none where they are in no group, and where the groups are unknown', async () => {
    const deskAsPerson: Principal = { kind: 'person', objectId: desk };
    expect(await findRightOfRobin([...deskAndLeads, deskAsPerson], [])).toEqual({
      found: none('not-a-technician'),
      asked: [robin],
    });
    expect(await findRightOfRobin([...deskAndLeads, deskAsPerson], 'unknown')).toEqual({
      found: none('groups-unknown'),
      asked: [robin],
    });
    expect(await findRightOfRobin([deskAsPerson], 'unknown')).toEqual({ found: none('not-a-technician'), asked: [] });
    expect(await findRightOfRobin([], [desk])).toEqual({ found: none('not-a-technician'), asked: [] });
  });
});

const me: Principal = { kind: 'person', objectId: technician.objectId };
const noRights = { mayReset: false, mayApprove: false, mayAudit: false };

/** The rights of the technician under a policy that names no other people than these. */
function findRightsUnder(given: Partial<Policy>, memberOf: readonly string[] | 'unknown' = []) {
  const policy = () => ({ ...sandboxPolicy, technicians: [], approvers: [], auditors: [], ...given });
  return findRights({ policy, groups: createGroups(memberOf).groups }, technician);
}

describe('what a person may do', () => {
  it('is nothing where the policy does not name them', async () => {
    expect(await findRightsUnder({})).toEqual(noRights);
    expect(await findRightsUnder({ customers: { a: { ticket: 'off' }, b: { technicians: [] } } })).toEqual(noRights);
  });

  it('is each thing by its own list', async () => {
    expect(await findRightsUnder({ technicians: [me] })).toEqual({ ...noRights, mayReset: true });
    expect(await findRightsUnder({ approvers: [me] })).toEqual({ ...noRights, mayApprove: true });
    expect(await findRightsUnder({ auditors: [me] })).toEqual({ ...noRights, mayAudit: true });
  });

  it('is to reset where one customer at least names them', async () => {
    const customers = { a: { ticket: 'off' }, b: { technicians: [me] } } as const;
    expect(await findRightsUnder({ customers })).toEqual({ ...noRights, mayReset: true });
  });

  it('is nothing by a group where the groups are unknown', async () => {
    const all = {
      technicians: [byGroup],
      approvers: [byGroup],
      auditors: [byGroup],
    };
    expect(await findRightsUnder(all, 'unknown')).toEqual(noRights);
    expect(await findRightsUnder(all, [desk])).toEqual({
      mayReset: true,
      mayApprove: true,
      mayAudit: true,
    });
  });
});

const customer = (number: number) => asId<CustomerId>(`c5000000-0000-4000-8000-00000000000${number}`);

/** For which of the customers 1, 2 and 3 the technician may reset: 1 names them, 2 names the desk, 3 has no people of its own. */
async function reachOf(technicians: readonly Principal[], memberOf: readonly string[] | 'unknown' = []) {
  const policy: Policy = {
    ...sandboxPolicy,
    technicians,
    customers: {
      [customer(1)]: { technicians: [me] },
      [customer(2)]: { technicians: [byGroup] },
      [customer(3)]: { ticket: 'off' },
    },
  };
  const found = await findReach({ policy: () => policy, groups: createGroups(memberOf).groups }, technician);
  if (found.kind === 'none') return found.why;
  const permitted = [1, 2, 3].filter((number) => found.reach.permits(customer(number)));
  return { permitted, isEverything: found.reach.isEverything, isGeneral: found.isGeneral };
}

describe('the customers for whom a person may reset', () => {
  it('are those that name them, where the general list does not', async () => {
    const single = { isEverything: false, isGeneral: false };
    expect(await reachOf([])).toEqual({ permitted: [1], ...single });
    expect(await reachOf([], 'unknown')).toEqual({ permitted: [1], ...single });
    expect(await reachOf([], [desk])).toEqual({ permitted: [1, 2], ...single });
  });

  it('are all but those that name other people, where the general list names them', async () => {
    expect(await reachOf([me])).toEqual({ permitted: [1, 3], isEverything: false, isGeneral: true });
    expect(await reachOf([me], [desk])).toEqual({ permitted: [1, 2, 3], isEverything: true, isGeneral: true });
  });

  it('are found by ids in any letter case', async () => {
    const policy = { ...sandboxPolicy, technicians: [], customers: { [customer(1)]: { technicians: [me] } } };
    const found = await findReach({ policy: () => policy, groups: createGroups([]).groups }, technician);
    expect(found.kind === 'reach' && found.reach.permits(asId<CustomerId>(customer(1).toUpperCase()))).toBe(true);
  });

  it('are none where nothing names them, and the reason says whether the groups are unknown', async () => {
    const under = async (principals: readonly Principal[], memberOf: readonly string[] | 'unknown') => {
      const policy = { ...sandboxPolicy, technicians: principals };
      return findReach({ policy: () => policy, groups: createGroups(memberOf).groups }, technician);
    };
    expect(await under([], [])).toEqual({ kind: 'none', why: 'not-a-technician' });
    expect(await under([byGroup], [])).toEqual({ kind: 'none', why: 'not-a-technician' });
    expect(await under([byGroup], 'unknown')).toEqual({ kind: 'none', why: 'groups-unknown' });
  });
});

describe('what a person may see', () => {
  it('is everything for approvers and auditors, and their reach for technicians', async () => {
    const see = async (given: Partial<Policy>) => {
      const policy = { ...sandboxPolicy, technicians: [], approvers: [], auditors: [], ...given };
      const sight = await findSight({ policy: () => policy, groups: createGroups([]).groups }, technician);
      return [1, 2].filter((number) => sight.permits(customer(number)));
    };
    expect(await see({ approvers: [me] })).toEqual([1, 2]);
    expect(await see({ auditors: [me] })).toEqual([1, 2]);
    expect(await see({ customers: { [customer(2)]: { technicians: [me] } } })).toEqual([2]);
    expect(await see({})).toEqual([]);
  });
});

describe('a tenant that the policy names', () => {
  const home: Principal = { kind: 'tenant', tenantId: technician.tenantId.toUpperCase() };
  const another: Principal = { kind: 'tenant', tenantId: '0ff00000-0000-4000-8000-000000000003' };

  it('is everybody of it, and nobody else', async () => {
    const { groups } = createGroups([]);
    expect(await findRight(groups, technician, [another])).toEqual({ kind: 'none', why: 'not-a-technician' });
    expect(await findRight(groups, technician, [another, home])).toEqual({
      kind: 'right',
      right: `tenant:${technician.tenantId.toUpperCase()}`,
    });
  });

  it('is no object id', () => {
    const asPerson: Principal = { kind: 'person', objectId: technician.tenantId };
    expect(isNamed(technician, [asPerson], noGroups)).toBe(false);
  });
});
