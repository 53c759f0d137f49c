import { describe, expect, it } from '@jest/globals';
import { assert, boolean, constant, constantFrom, oneof, property, record, subarray } from 'fast-check';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { asId, type ObjectId } from '../../../src/base/ids.ts';
import { Secret } from '../../../src/base/secret.ts';
import { needsApproval } from '../../../src/reset/policy/approval.ts';
import { findRejectionReason } from '../../../src/reset/policy/eligibility.ts';
import { checkPreconditions, recheckPreconditions } from '../../../src/reset/policy/preconditions.ts';
import { addGraphFacts, lookUpWithGraph } from '../../../src/reset/policy/user-facts.ts';
import type { Fact, GraphFinding, GraphRole } from '../../../src/reset/ports/graph-facts.ts';
import type { UserLookUp } from '../../../src/reset/ports/partner-center.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { CustomerUser, DirectoryRole } from '../../../src/reset/target.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { buildGraphFinding, plainAccount } from '../../support/graph-findings.ts';

const request = buildResetRequest();

const { target, technician, correlationId } = request;

const ann = target.user;

const reader: DirectoryRole = { id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', name: 'Directory Readers' };

const helpdesk: DirectoryRole = { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' };

const inGroup: GraphRole = { id: 'aa000000-0000-4000-8000-000000000001', name: 'Tier 0', by: 'role-assignable-group' };

const eligible: GraphRole = { ...helpdesk, by: 'eligible' };

const throughGroup: GraphRole = { ...helpdesk, by: 'group' };

const trouble = { code: 'forbidden', httpStatus: 403 };

const refusalOf = (user: CustomerUser) =>
  findRejectionReason({ ...target, user }, technician, { ...sandboxPolicy, privilegedTargets: 'approve' });

describe('a user of whom Microsoft Graph tells', () => {
  it('is who Partner Center tells where Graph has nothing to add', () => {
    expect(addGraphFacts(ann, buildGraphFinding())).toStrictEqual(ann);
  });

  it.each([
    ['under restricted management', { isRestricted: true }, { kind: 'management-restricted' }],
    ['a guest without the mark in the address', { isGuest: true }, { kind: 'guest' }],
    ['synchronised', { isSynchronised: true }, { kind: 'synchronised' }],
  ])('is refused where they are %s', (_what, account, refusal) => {
    expect(refusalOf(addGraphFacts(ann, buildGraphFinding(account)))).toEqual(refusal);
  });

  it('is not refused where sign-in is blocked, but marked', () => {
    const user = addGraphFacts(ann, buildGraphFinding({ isBlocked: true }));
    expect(refusalOf(user)).toBeUndefined();
    expect(user.graph).toEqual({ isBlocked: true });
  });

  it.each([
    ['by a role-assignable group', { memberships: { kind: 'read', value: [inGroup] } } as const],
    ['by a role through a group', { memberships: { kind: 'read', value: [throughGroup] } } as const],
    ['by a role that they can activate', { eligibleRoles: { kind: 'read', value: [eligible] } } as const],
  ])('is an administrator %s', (_how, facts) => {
    const user = addGraphFacts(ann, buildGraphFinding({}, facts));
    expect(needsApproval({ approval: 'never', ticketMismatch: 'warn' }, user, undefined)).toBe(true);
    expect(
      findRejectionReason({ ...target, user }, technician, { ...sandboxPolicy, privilegedTargets: 'deny' })?.kind,
    ).toBe('administrator');
  });

  it('is none by a harmless role, however they have it', () => {
    const value = [{ ...reader, by: 'group' } as const];
    const user = addGraphFacts(
      ann,
      buildGraphFinding({}, { memberships: { kind: 'read', value }, eligibleRoles: { kind: 'read', value } }),
    );
    expect(needsApproval({ approval: 'never', ticketMismatch: 'warn' }, user, undefined)).toBe(false);
  });

  it('has each role once, in the way in which it is nearest', () => {
    const user = addGraphFacts(
      { ...ann, roles: [reader] },
      buildGraphFinding(
        {},
        {
          memberships: { kind: 'read', value: [{ ...reader, id: reader.id.toUpperCase(), by: 'group' }, throughGroup] },
          eligibleRoles: { kind: 'read', value: [eligible] },
        },
      ),
    );
    expect(user.roles).toEqual([reader, throughGroup]);
  });

  it('is refused where what protects them could be read before and cannot be now', () => {
    const user = addGraphFacts(
      ann,
      buildGraphFinding({}, { memberships: { kind: 'lost', trouble }, eligibleRoles: { kind: 'lost', trouble } }),
    );
    expect(refusalOf(user)).toEqual({ kind: 'protection-unknown', facts: ['roles', 'eligible-roles'], ...trouble });
  });

  it('is as without Graph where a fact was left out', () => {
    const leftOut = { kind: 'left-out', trouble } as const;
    const facts = {
      kind: 'asked',
      account: leftOut,
      memberships: leftOut,
      eligibleRoles: leftOut,
      methods: leftOut,
    } as const;
    expect(addGraphFacts(ann, facts)).toStrictEqual(ann);
  });
});

const readOf = <Value>(value: Value) => ({ kind: 'read', value }) as const;

const anyFact = <Value>(value: Value) =>
  oneof(
    constant(readOf(value)),
    constant({ kind: 'left-out', trouble } as const),
    constant({ kind: 'left-out', part: value, trouble } as const),
    constant({ kind: 'lost', trouble } as const),
  );
const valueOf = <Value>(fact: Fact<Value>): Value | undefined => (fact.kind === 'read' ? fact.value : fact.part);
const anyAccount = record({
  isBlocked: boolean(),
  isGuest: boolean(),
  isSynchronised: boolean(),
  isRestricted: boolean(),
}).chain((marks) => anyFact({ ...plainAccount, ...marks }));

const anyRoles = subarray([inGroup, eligible, throughGroup, { ...reader, by: 'group' } as const]).chain(anyFact);

const anyFinding = record({
  kind: constant('asked' as const),
  account: anyAccount,
  memberships: anyRoles,
  eligibleRoles: anyRoles,
  methods: anyFact([]),
});

const anyUser = record({
  state: constantFrom('active' as const, 'deleted' as const, 'unknown' as const),
  domainType: constantFrom('managed' as const, 'federated' as const, 'unknown' as const),
  synchronised: boolean(),
  roles: oneof(subarray([reader, helpdesk]), constant('unknown' as const)),
}).map((given): CustomerUser => Object.assign({}, ann, given));

const anyPolicy = record({
  approval: constantFrom('always' as const, 'privileged' as const, 'never' as const),
  privilegedTargets: constantFrom('approve' as const, 'deny' as const),
  synchronisedUsers: constantFrom('deny' as const, 'warn' as const),
}).map((given) => Object.assign({}, sandboxPolicy, given));

describe('whatever Microsoft Graph tells', () => {
  it('never makes a reset possible that was not, nor a second person needless', () => {
    assert(
      property(anyUser, anyFinding, anyPolicy, (user, finding, policy) => {
        const told = addGraphFacts(user, finding);
        const before = findRejectionReason({ ...target, user }, technician, policy);
        const after = findRejectionReason({ ...target, user: told }, technician, policy);
        if (before !== undefined) expect(after).toBeDefined();
        if (needsApproval(policy, user, undefined)) expect(needsApproval(policy, told, undefined)).toBe(true);
      }),
      { numRuns: 2000, seed: 20_261_201 },
    );
  });

  it('stops the reset for restricted management, a guest and a lost fact, and never for less', () => {
    assert(
      property(anyUser, anyFinding, anyPolicy, (user, finding, policy) => {
        const after = findRejectionReason({ ...target, user: addGraphFacts(user, finding) }, technician, policy);
        const account = valueOf(finding.account) ?? plainAccount;
        const isLost = [finding.account, finding.memberships, finding.eligibleRoles].some(
          ({ kind }) => kind === 'lost',
        );
        if (account.isRestricted || account.isGuest || isLost) expect(after).toBeDefined();
        const roles = [finding.memberships, finding.eligibleRoles].flatMap((fact) => valueOf(fact) ?? []);
        const isLess =
          !account.isRestricted && !account.isGuest && !account.isSynchronised && !isLost && roles.length === 0;
        if (isLess) expect(after).toEqual(findRejectionReason({ ...target, user }, technician, policy));
      }),
      { numRuns: 2000, seed: 20_261_201 },
    );
  });
});

describe('the look-up', () => {
  it('asks both at once, and waits for the slower one', async () => {
    const order: string[] = [];
    let answer: (looked: UserLookUp) => void = () => undefined;
    let tell: (finding: GraphFinding) => void = () => undefined;
    const { lookUp } = lookUpWithGraph(
      {
        lookUp: () => {
          order.push('partner center');
          return new Promise((resolve) => (answer = resolve));
        },
      },
      () => {
        order.push('graph');
        return new Promise((resolve) => (tell = resolve));
      },
    );
    const looking = lookUp(target.customer, ann.id, correlationId);
    expect(order.toSorted()).toEqual(['graph', 'partner center']);
    tell(buildGraphFinding({ isBlocked: true, numbers: [new Secret('+31 20 000 0147')], lastPasswordChange: 7 }));
    answer({ kind: 'found', user: ann });
    const looked = await looking;
    expect(looked).toMatchObject({
      kind: 'found',
      user: { graph: { isBlocked: true } },
      told: { lastPasswordChange: 7 },
    });
    expect(JSON.stringify(looked)).not.toContain('0147');
  });

  it('gives the answer of Partner Center as it is where Graph is not asked, or there is nobody', async () => {
    const found: UserLookUp = { kind: 'found', user: ann };
    const { lookUp } = lookUpWithGraph({ lookUp: () => Promise.resolve(found) }, () =>
      Promise.resolve({ kind: 'not-asked' }),
    );
    expect(await lookUp(target.customer, ann.id, correlationId)).toBe(found);
    const gone = lookUpWithGraph({ lookUp: () => Promise.resolve({ kind: 'gone' }) }, () =>
      Promise.resolve(buildGraphFinding()),
    );
    expect(await gone.lookUp(target.customer, ann.id, correlationId)).toEqual({ kind: 'gone' });
  });
});

describe('right before a reset', () => {
  const shown = addGraphFacts(ann, buildGraphFinding({}, { eligibleRoles: { kind: 'read', value: [eligible] } }));

  const groups = { memberOf: () => Promise.resolve(new Set<string>()) };
  const tell = (finding: GraphFinding) =>
    lookUpWithGraph({ lookUp: () => Promise.resolve({ kind: 'found', user: ann }) }, () => Promise.resolve(finding));
  const recheck = (of: ResetRequest, finding: GraphFinding) =>
    recheckPreconditions({ policy: () => sandboxPolicy, groups, directory: tell(finding) }, of);

  function press(of: ResetRequest, finding: GraphFinding) {
    const policy = () => ({ ...sandboxPolicy, privilegedTargets: 'approve', synchronisedUsers: 'warn' }) as const;
    return checkPreconditions({ policy, groups, directory: tell(finding) }, of);
  }

  it.each([
    ['Graph is not asked any more', { kind: 'not-asked' } as const, 'not-asked'],
    ['there is no way to it', { kind: 'closed', trouble } as const, 'forbidden'],
    ['it is left out', buildGraphFinding({}, { eligibleRoles: { kind: 'left-out', trouble } }), 'forbidden'],
  ])('what the card showed must not vanish because %s', async (_why, finding, code) => {
    const of = { ...request, target: { ...target, user: shown } };
    expect(await recheck(of, finding)).toMatchObject({
      kind: 'stopped',
      refusal: { kind: 'protection-unknown', facts: ['eligible-roles'], code },
    });
    expect((await recheck(of, buildGraphFinding())).kind).toBe('unchanged');
    expect((await recheck(request, finding)).kind).toBe('unchanged');
  });

  const part = <Value>(value: Value) => ({ kind: 'left-out', part: value, trouble }) as const;

  it.each([
    [
      'a role',
      buildGraphFinding({}, { eligibleRoles: part([eligible]) }),
      buildGraphFinding({}, { eligibleRoles: part([]) }),
    ],
    [
      'a group',
      buildGraphFinding({}, { memberships: part([inGroup]) }),
      buildGraphFinding({}, { memberships: part([]) }),
    ],
    [
      'a role that is now in force',
      buildGraphFinding({}, { eligibleRoles: part([eligible]) }),
      buildGraphFinding({}, { eligibleRoles: part([inGroup]) }),
      buildGraphFinding({}, { memberships: part([throughGroup]), eligibleRoles: { kind: 'left-out', trouble } }),
    ],
    [
      'a block',
      buildGraphFinding({}, { account: part({ ...plainAccount, isBlocked: true }) }),
      buildGraphFinding({}, { account: part(plainAccount) }),
    ],
    [
      'a write-back account',
      buildGraphFinding({}, { account: part({ ...plainAccount, isSynchronised: true }) }),
      buildGraphFinding({}, { account: part(plainAccount) }),
    ],
  ])(
    '%s that is still told has not vanished where the rest is not told',
    async (_what, finding, without, same = finding) => {
      const of = { ...request, target: { ...target, user: addGraphFacts(ann, finding) } };
      expect((await press(of, same)).kind).toBe('unchanged');
      expect(await press(of, without)).toMatchObject({ kind: 'stopped', refusal: { kind: 'protection-unknown' } });
    },
  );

  it('a block that the card showed must not vanish either, and a role that it did not need may', async () => {
    const blocked = addGraphFacts(ann, buildGraphFinding({ isBlocked: true }));
    const of = { ...request, target: { ...target, user: blocked } };
    const withoutAccount = buildGraphFinding({}, { account: { kind: 'left-out', trouble } });
    expect(await recheck(of, withoutAccount)).toMatchObject({ refusal: { facts: ['account'] } });
    const withoutRoles = buildGraphFinding({ isBlocked: true }, { memberships: { kind: 'left-out', trouble } });
    expect((await recheck(of, withoutRoles)).kind).toBe('unchanged');
  });

  it.each([
    ['blocked', buildGraphFinding({ isBlocked: true })],
    ['given another password after the card', buildGraphFinding({ lastPasswordChange: request.proposedAt + 1 })],
    [
      'given another password in the second of the card',
      buildGraphFinding({ lastPasswordChange: request.proposedAt - 999 }),
    ],
  ])('ends where the person was %s, with nobody asked but the requester', async (_what, finding) => {
    expect(await recheck(request, finding)).toMatchObject({ kind: 'stopped', refusal: { kind: 'target-changed' } });
  });

  it.each([
    ['a change of the day before', request, -24 * 60 * 60_000],
    ['the reset that the card names', { ...request, resetBefore: { at: request.proposedAt - 1500, by: 'Sam' } }, -900],
    ['a change that the card has shown since', { ...request, doubtedAt: request.proposedAt + 5000 }, 4500],
    ['its own attempt', { ...request, tries: buildFullResetRequest().tries }, 1],
  ])('is not stopped by %s', async (_what, of, after) => {
    const finding = buildGraphFinding({ lastPasswordChange: request.proposedAt + after });
    expect((await recheck(of, finding)).kind).toBe('unchanged');
  });

  it('a second person has not seen a block that came after they looked', async () => {
    const by = {
      ...technician,
      objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002'),
      teamsUserId: '29:sam',
    };
    const sam = { ...by, name: 'Sam Field', userPrincipalName: 'sam@partner.example' };
    const decision = { kind: 'approved', by: sam, at: 2, right: 'everyone' } as const;
    const approval = { askedAt: 1, approveBy: 3, places: [], putOff: 0, decision, isShown: true, isTold: false };
    const of = { ...request, approval };
    expect((await recheck(of, buildGraphFinding())).kind).toBe('unchanged');
    expect(await recheck(of, buildGraphFinding({ isBlocked: true }))).toEqual({
      kind: 'stopped',
      refusal: { kind: 'target-changed' },
    });
  });
});
