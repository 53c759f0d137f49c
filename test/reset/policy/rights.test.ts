import { describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/sandbox-policy.ts';
import { asId, type CustomerId, type ObjectId } from '../../../src/base/ids.ts';
import type { Policy, Principal } from '../../../src/reset/policy/policy.ts';
import { findRight, findRights, isNamed, isPermitted, keepPermitted } from '../../../src/reset/policy/rights.ts';
import type { Customer, Target } from '../../../src/reset/target.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const desk = 'de500000-0000-4000-8000-00000000000c';
const byName: Principal = { kind: 'person', objectId: robin };
const byGroup: Principal = { kind: 'group', objectId: desk };
const noGroups: ReadonlySet<string> = new Set();
const { technician, target } = buildResetRequest();

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
    expect(isNamed(robin, principals, memberOf)).toBe(true);
    expect(isNamed(asId<ObjectId>(robin.toUpperCase()), principals, memberOf)).toBe(true);
  });

  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['anybody where no one is named', [], new Set([desk])],
    ['another person', [{ kind: 'person', objectId: 'b0b00000-0000-4000-8000-00000000000b' }], noGroups],
    ['a member of another group', [{ kind: 'group', objectId: desk }], new Set([robin])],
    ['a person by the id of their group', [{ kind: 'person', objectId: desk }], new Set([desk])],
    ['a group by the id of the person', [{ kind: 'group', objectId: robin }], noGroups],
  ])('are not %s', (_, principals, memberOf) => {
    expect(isNamed(robin, principals, memberOf)).toBe(false);
  });
});

/** Whether these principals permit Robin, who is in these groups. `asked`: whose groups were looked up. */
async function permitRobin(principals: readonly Principal[], memberOf: readonly string[] | 'unknown') {
  const { groups, asked } = createGroups(memberOf);
  return { permitted: await isPermitted(groups, robin, principals), asked };
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
  return { found: await findRight(groups, robin, principals), asked };
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

const customer = (number: number): Customer => ({
  ...target.customer,
  id: asId<CustomerId>(`c5000000-0000-4000-8000-00000000000${number}`),
});
const at = (number: number): Target => ({ ...target, customer: customer(number) });
const whichUser = (...choices: readonly Target[]) =>
  ({ kind: 'which-user', typed: 'ann', customerInferred: false, choices }) as const;
const noUser = (number: number) =>
  ({
    kind: 'no-user',
    typed: 'ann',
    customer: customer(number),
    customerInferred: false,
    near: [],
    more: 0,
  }) as const;

/** Keeps what the technician may see: users of customer 1, and those of customer 2 if the desk is one of their groups. */
function keep(finding: Parameters<typeof keepPermitted>[1], memberOf: readonly string[] | 'unknown' = []) {
  const policy: Policy = {
    ...sandboxPolicy,
    technicians: [],
    customers: {
      [customer(1).id]: { technicians: [me] },
      [customer(2).id]: { technicians: [byGroup] },
    },
  };
  return keepPermitted({ policy: () => policy, groups: createGroups(memberOf).groups }, finding, technician);
}

describe('choices between people', () => {
  it('are those of customers for whom the person may reset', async () => {
    const all = whichUser(at(1), at(2), at(3), at(1));
    expect(await keep(all)).toEqual(whichUser(at(1), at(1)));
    expect(await keep(all, 'unknown')).toEqual(whichUser(at(1), at(1)));
    expect(await keep(all, [desk])).toEqual(whichUser(at(1), at(2), at(1)));
  });

  it('are none where no user is left, and the reason says whether the groups are unknown', async () => {
    const refused = (why: string) => ({ kind: 'not-permitted', why });
    expect(await keep(whichUser(at(2), at(3)))).toEqual(refused('not-a-technician'));
    expect(await keep(whichUser(at(2), at(3)), 'unknown')).toEqual(refused('groups-unknown'));
    expect(await keep(whichUser(at(3)), 'unknown')).toEqual(refused('not-a-technician'));
    expect(await keep(whichUser())).toEqual(refused('not-a-technician'));
  });
});

describe('that a customer has no user of that name', () => {
  it('is said to those who may reset for that customer', async () => {
    expect(await keep(noUser(1))).toEqual(noUser(1));
    expect(await keep(noUser(2), [desk])).toEqual(noUser(2));
  });

  it('is said to no other person', async () => {
    expect(await keep(noUser(3))).toEqual({ kind: 'not-permitted', why: 'not-a-technician' });
    expect(await keep(noUser(2), 'unknown')).toEqual({ kind: 'not-permitted', why: 'groups-unknown' });
  });
});

describe('what names no person', () => {
  it.each([
    { kind: 'which-customer', typed: 'contoso', people: [], choices: [customer(3)] },
    { kind: 'no-customer', typed: 'contoso', people: [], near: [], more: 0 },
    { kind: 'unknown-domain', typed: 'a.example', people: [], elsewhere: false, near: [], more: 0 },
    { kind: 'customer-missing', typed: 'ann', people: [] },
    {
      kind: 'trouble',
      trouble: { code: 'x', signInCode: undefined, httpStatus: 500, partnerCode: undefined, storedWording: undefined },
    },
  ] as const)('is passed on as it is: $kind', async (finding) => {
    expect(await keep(finding)).toBe(finding);
  });
});
