import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ObjectId } from '../../../src/base/ids.ts';
import type { Policy, Principal } from '../../../src/reset/policy/policy.ts';
import { findRight, findRights, isNamed, isPermitted, keepPermitted } from '../../../src/reset/policy/rights.ts';
import type { Customer, Target } from '../../../src/reset/target.ts';
import { sandboxPolicy } from '../../../src/sandbox/sandbox-policy.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const desk = 'de500000-0000-4000-8000-00000000000c';
const nobody = new Set<string>();

describe('those whom the policy names', () => {
  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['everyone', [{ kind: 'everyone' }], nobody],
    ['a person by their id', [{ kind: 'person', objectId: robin }], nobody],
    ['a person by their id in another case', [{ kind: 'person', objectId: robin.toUpperCase() }], nobody],
    ['a member of a group', [{ kind: 'group', objectId: desk }], new Set([desk])],
    [
      'a person beside others',
      [
        { kind: 'group', objectId: desk },
        { kind: 'person', objectId: robin },
      ],
      nobody,
    ],
  ])('are %s', (_, principals, memberOf) => {
    expect(isNamed(robin, principals, memberOf)).toBe(true);
    expect(isNamed(asId<ObjectId>(robin.toUpperCase()), principals, memberOf)).toBe(true);
  });

  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['anybody where nobody is named', [], new Set([desk])],
    ['another person', [{ kind: 'person', objectId: 'b0b00000-0000-4000-8000-00000000000b' }], nobody],
    ['a member of another group', [{ kind: 'group', objectId: desk }], new Set([robin])],
    ['a person by the id of their group', [{ kind: 'person', objectId: desk }], new Set([desk])],
    ['a group by the id of the person', [{ kind: 'group', objectId: robin }], nobody],
  ])('are not %s', (_, principals, memberOf) => {
    expect(isNamed(robin, principals, memberOf)).toBe(false);
  });
});

const robinIsPermittedTest = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const deskIsPermittedTest = 'de500000-0000-4000-8000-00000000000c';
const byGroup: Principal = { kind: 'group', objectId: deskIsPermittedTest };
const byName: Principal = { kind: 'person', objectId: robinIsPermittedTest };

/** Asks, with these groups, and tells how often they were asked for. */
async function ask(principals: readonly Principal[], groups: readonly string[] | 'unknown') {
  const asked: string[] = [];
  const memberOf = (person: ObjectId) => {
    asked.push(person);
    return Promise.resolve(groups === 'unknown' ? groups : new Set(groups));
  };
  return { permitted: await isPermitted({ memberOf }, robinIsPermittedTest, principals), asked };
}

describe('whether the policy lets somebody', () => {
  it.each<[readonly Principal[]]>([[[byName]], [[{ kind: 'everyone' }]], [[byGroup, byName]]])(
    'is yes where it names them, and no groups are asked for: %j',
    async (principals) => {
      expect(await ask(principals, 'unknown')).toEqual({ permitted: 'yes', asked: [] });
    },
  );

  it('is yes where it names a group they are in', async () => {
    expect(await ask([byGroup], [deskIsPermittedTest])).toEqual({ permitted: 'yes', asked: [robinIsPermittedTest] });
  });

  it('is no where it names groups they are not in', async () => {
    expect(await ask([byGroup], [])).toEqual({ permitted: 'not-a-technician', asked: [robinIsPermittedTest] });
  });

  it('is no where nobody can say what they are in, and that is why', async () => {
    expect(await ask([{ kind: 'person', objectId: deskIsPermittedTest }, byGroup], 'unknown')).toEqual({
      permitted: 'groups-unknown',
      asked: [robinIsPermittedTest],
    });
  });

  it.each<[readonly Principal[]]>([[[]], [[{ kind: 'person', objectId: deskIsPermittedTest }]]])(
    'is no where no group could let them, and none is asked for: %j',
    async (principals) => {
      expect(await ask(principals, 'unknown')).toEqual({ permitted: 'not-a-technician', asked: [] });
    },
  );
});

const robinFindRightTest = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const [deskFindRightTest, leads] = ['de500000-0000-4000-8000-00000000000c', 'de500000-0000-4000-8000-00000000000d'];
const person: Principal = { kind: 'person', objectId: robinFindRightTest };
const everyone: Principal = { kind: 'everyone' };
const groups: readonly Principal[] = [
  { kind: 'group', objectId: deskFindRightTest },
  { kind: 'group', objectId: leads },
];

async function find(principals: readonly Principal[], memberOf: readonly string[] | 'unknown') {
  const asked: ObjectId[] = [];
  const port = {
    memberOf: (who: ObjectId) => {
      asked.push(who);
      return Promise.resolve(memberOf === 'unknown' ? memberOf : new Set(memberOf));
    },
  };
  return { found: await findRight(port, robinFindRightTest, principals), asked };
}
const right = (name: string) => ({ kind: 'right', right: name });
const none = (why: string) => ({ kind: 'none', why });

describe('the right by which the policy names somebody', () => {
  it('is their name or that everyone has it, the first of both, and no groups are asked for', async () => {
    expect(await find([...groups, person, everyone], 'unknown')).toEqual({ found: right('person'), asked: [] });
    expect(await find([everyone, person], 'unknown')).toEqual({ found: right('everyone'), asked: [] });
  });

  it('is the group they are in', async () => {
    expect(await find(groups, [leads])).toEqual({ found: right(`group:${leads}`), asked: [robinFindRightTest] });
    expect(await find(groups, [leads, deskFindRightTest])).toMatchObject({
      found: right(`group:${deskFindRightTest}`),
    });
  });

  it('is none where they are in no group, and where nobody can say', async () => {
    const somebody: Principal = { kind: 'person', objectId: deskFindRightTest };
    expect(await find([...groups, somebody], [])).toEqual({
      found: none('not-a-technician'),
      asked: [robinFindRightTest],
    });
    expect(await find([...groups, somebody], 'unknown')).toEqual({
      found: none('groups-unknown'),
      asked: [robinFindRightTest],
    });
    expect(await find([somebody], 'unknown')).toEqual({ found: none('not-a-technician'), asked: [] });
    expect(await find([], [deskFindRightTest])).toEqual({ found: none('not-a-technician'), asked: [] });
  });
});

const { technician: robinRightsOfTest } = buildResetRequest();
const deskRightsOfTest = 'de500000-0000-4000-8000-00000000000c';
const me = { kind: 'person', objectId: robinRightsOfTest.objectId } as const;
const byGroupRightsOfTest = { kind: 'group', objectId: deskRightsOfTest } as const;
const noneRightsOfTest = { mayReset: false, mayApprove: false, mayAudit: false };

const askRightsOfTest = (given: Partial<Policy>, groups: readonly string[] | 'unknown' = []) =>
  findRights(
    {
      policy: () => ({ ...sandboxPolicy, technicians: [], approvers: [], auditors: [], ...given }),
      groups: { memberOf: () => Promise.resolve(groups === 'unknown' ? groups : new Set(groups)) },
    },
    robinRightsOfTest,
  );

describe('what somebody may do', () => {
  it('is nothing where the policy does not name them', async () => {
    expect(await askRightsOfTest({})).toEqual(noneRightsOfTest);
    expect(await askRightsOfTest({ customers: { a: { ticket: 'off' }, b: { technicians: [] } } })).toEqual(
      noneRightsOfTest,
    );
  });

  it('is each thing by its own list', async () => {
    expect(await askRightsOfTest({ technicians: [me] })).toEqual({ ...noneRightsOfTest, mayReset: true });
    expect(await askRightsOfTest({ approvers: [me] })).toEqual({ ...noneRightsOfTest, mayApprove: true });
    expect(await askRightsOfTest({ auditors: [me] })).toEqual({ ...noneRightsOfTest, mayAudit: true });
  });

  it('is to reset where one customer at least names them', async () => {
    const customers = { a: { ticket: 'off' }, b: { technicians: [me] } } as const;
    expect(await askRightsOfTest({ customers })).toEqual({ ...noneRightsOfTest, mayReset: true });
  });

  it('is nothing by a group where nobody can say what they are in', async () => {
    const all = {
      technicians: [byGroupRightsOfTest],
      approvers: [byGroupRightsOfTest],
      auditors: [byGroupRightsOfTest],
    };
    expect(await askRightsOfTest(all, 'unknown')).toEqual(noneRightsOfTest);
    expect(await askRightsOfTest(all, [deskRightsOfTest])).toEqual({
      mayReset: true,
      mayApprove: true,
      mayAudit: true,
    });
  });
});

const { technician: robinKeepPermittedTest, target } = buildResetRequest();
const deskKeepPermittedTest = 'de500000-0000-4000-8000-00000000000c';
const byGroupKeepPermittedTest = { kind: 'group', objectId: deskKeepPermittedTest } as const;

const customer = (number: number): Customer => ({
  ...target.customer,
  id: asId<CustomerId>(`c5000000-0000-4000-8000-00000000000${number}`),
});
const at = (number: number): Target => ({ ...target, customer: customer(number) });
const whichUser = (...choices: readonly Target[]) => ({ kind: 'which-user', typed: 'ann', choices }) as const;
const noUser = (number: number) =>
  ({
    kind: 'no-user',
    typed: 'ann',
    customer: customer(number),
    customerInferred: false,
    near: [],
    more: 0,
  }) as const;

/** Keeps what Robin may touch: nobody but at customer 1, and at customer 2 by a group. */
async function keep(finding: Parameters<typeof keepPermitted>[1], groups: readonly string[] | 'unknown' = []) {
  const asked: ObjectId[] = [];
  const policy: Policy = {
    ...sandboxPolicy,
    technicians: [],
    customers: {
      [customer(1).id]: { technicians: [{ kind: 'person', objectId: robinKeepPermittedTest.objectId }] },
      [customer(2).id]: { technicians: [byGroupKeepPermittedTest] },
    },
  };
  const memberOf = (person: ObjectId) => {
    asked.push(person);
    return Promise.resolve(groups === 'unknown' ? groups : new Set(groups));
  };
  return keepPermitted({ policy: () => policy, groups: { memberOf } }, finding, robinKeepPermittedTest);
}

describe('choices between people', () => {
  it('are those of customers that somebody may touch', async () => {
    const all = whichUser(at(1), at(2), at(3), at(1));
    expect(await keep(all)).toEqual(whichUser(at(1), at(1)));
    expect(await keep(all, 'unknown')).toEqual(whichUser(at(1), at(1)));
    expect(await keep(all, [deskKeepPermittedTest])).toEqual(whichUser(at(1), at(2), at(1)));
  });

  it('are none where nobody is left, and the reason says whether it could not be known', async () => {
    const refused = (why: string) => ({ kind: 'not-permitted', why });
    expect(await keep(whichUser(at(2), at(3)))).toEqual(refused('not-a-technician'));
    expect(await keep(whichUser(at(2), at(3)), 'unknown')).toEqual(refused('groups-unknown'));
    expect(await keep(whichUser(at(3)), 'unknown')).toEqual(refused('not-a-technician'));
    expect(await keep(whichUser())).toEqual(refused('not-a-technician'));
  });
});

describe('that a customer has nobody of that name', () => {
  it('is told to those who may touch that customer', async () => {
    expect(await keep(noUser(1))).toEqual(noUser(1));
    expect(await keep(noUser(2), [deskKeepPermittedTest])).toEqual(noUser(2));
  });

  it('is told to nobody else', async () => {
    expect(await keep(noUser(3))).toEqual({ kind: 'not-permitted', why: 'not-a-technician' });
    expect(await keep(noUser(2), 'unknown')).toEqual({ kind: 'not-permitted', why: 'groups-unknown' });
  });
});

describe('what names no person', () => {
  it.each([
    { kind: 'which-customer', typed: 'contoso', choices: [customer(3)] },
    { kind: 'no-customer', typed: 'contoso', near: [], more: 0 },
    { kind: 'unknown-domain', typed: 'a.example', elsewhere: false, near: [], more: 0 },
    { kind: 'customer-missing', typed: 'ann' },
    {
      kind: 'trouble',
      trouble: { code: 'x', signInCode: undefined, httpStatus: 500, partnerCode: undefined, storedWording: undefined },
    },
  ] as const)('is passed on as it is: $kind', async (finding) => {
    expect(await keep(finding)).toBe(finding);
  });
});
