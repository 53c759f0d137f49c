import { describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { asId } from '../../../src/base/ids.ts';
import { recheckPreconditions } from '../../../src/reset/policy/preconditions.ts';
import { readPolicy } from '../../../src/reset/policy/read-policy-file.ts';
import { type Policy, policyForCustomer } from '../../../src/reset/policy/policy.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { checkVerification } from '../../../src/reset/use-cases/caller-verification.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createSeededRandomInt } from '../../support/seeded-random-int.ts';
import { type PolicyCase, type PolicyText, reasonsAgainst, type UserText } from './policy-model.ts';

/** A million by `POLICY_CASES=1000000 npm test -- policy.property`. */
const cases = Number(process.env['POLICY_CASES'] ?? 50_000);
const seed = 20_261_123;

const people = ['b0b00000-0000-4000-8000-00000000000a', '5a500000-0000-4000-8000-00000000000b'];
const groups = ['de500000-0000-4000-8000-00000000000c', 'ad500000-0000-4000-8000-00000000000d'];
const customers = ['c5000000-0000-4000-8000-00000000000e', 'c5000000-0000-4000-8000-00000000000f'];
const users = ['e5000000-0000-4000-8000-000000000001', people[0] ?? ''];
const addresses = [
  'ann.lee@contoso.example',
  'robin@partner.example',
  'rob_in@partner.example',
  'robin_partner.example#EXT#@contoso.example',
  'rob_in_partner.example#EXT#@contoso.example',
  'sam_partner.example#EXT#@contoso.example',
];
const harmless = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';
const roles = [
  harmless,
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
  '62e90394-69f5-4237-9190-012177145e10',
  'no-such-role',
];

const everyReason =
  'not verified,no such way to verify,no ticket,long ticket,not named,needs a second person,gone,no-answer,renamed,own id,own,guest,guest by Graph,restricted,protection lost,out of sight,blocked unseen,synchronised unseen,state unseen,domain unseen,password unseen,deleted,federated,synchronised,roles unknown,administrator'.split(
    ',',
  );
/** Reading a file takes longer than all the rest, so each serves for some cases. */
const casesAFile = 50;

/** Draws cases whose parts meet often: few people, groups and customers, in whatever case they may be written. */
function createCases(integer: (max: number) => number) {
  function pick<Value>(values: readonly [Value, ...Value[]]): Value;
  function pick<Value>(values: readonly Value[]): Value | undefined;
  function pick<Value>(values: readonly Value[]): Value | undefined {
    return values[integer(values.length)];
  }
  const chance = (percent: number): boolean => integer(100) < percent;
  const cased = (text: string | undefined): string => (chance(30) ? (text ?? '').toUpperCase() : (text ?? ''));
  const some = <Value>(values: readonly Value[], percent: number): Value[] => values.filter(() => chance(percent));
  const principals = (): string[] => [
    ...(chance(15) ? ['*'] : []),
    ...some(people, 40).map(cased),
    ...some(groups, 40).map((group) => `group:${cased(group)}`),
  ];
  const rules = () => ({
    ...(chance(60) ? { ticket: pick(['required', 'optional', 'off'] as const) } : {}),
    ...(chance(60) ? { approval: pick(['always', 'privileged', 'never', 'never'] as const) } : {}),
  });
  const policy = (): PolicyText => ({
    technicians: principals(),
    approvers: principals(),
    auditors: principals(),
    ...rules(),
    ...(chance(50) ? { synchronisedUsers: pick(['deny', 'warn', 'writeback'] as const) } : {}),
    ...(chance(50) ? { privilegedTargets: pick(['approve', 'deny'] as const) } : {}),
    ...(chance(50)
      ? {
          verification: {
            ...(chance(50) ? { required: chance(50) } : {}),
            ...(chance(50) ? { methods: ['Passport'] } : {}),
          },
        }
      : {}),
    ...(chance(60)
      ? {
          customers: Object.fromEntries(
            some(customers, 60).map((id) => [
              cased(id),
              {
                ...rules(),
                ...(chance(50) ? { technicians: principals() } : {}),
                ...(chance(50) ? { synchronisedUsers: pick(['deny', 'warn', 'writeback'] as const) } : {}),
              },
            ]),
          ),
        }
      : {}),
  });
  const user = (): UserText => ({
    id: cased(chance(85) ? users[0] : users[1]),
    displayName: 'Ann Lee',
    userPrincipalName: chance(70) ? (addresses[0] ?? '') : cased(pick(addresses)),
    state: pick(['active', 'active', 'active', 'active', 'deleted', 'unknown']),
    domainType: pick(['managed', 'managed', 'managed', 'none', 'unknown', 'federated']),
    synchronised: chance(25),
    roles: chance(10)
      ? 'unknown'
      : some(roles, 10).map((id) => {
          const by = chance(30) ? pick(['group', 'role-assignable-group', 'eligible'] as const) : undefined;
          return { id: cased(id), name: 'Role', by };
        }),
    ...(chance(20) && {
      graph: {
        ...(chance(50) && { isBlocked: true as const }),
        ...(chance(50) && { canWriteBack: true as const }),
        ...(chance(20) && { isGuest: true as const }),
        ...(chance(20) && { isRestricted: true as const }),
        ...(chance(20) && { lost: { facts: ['roles' as const], code: 'forbidden' } }),
      },
    }),
  });
  let file = policy();
  let drawn = 0;
  return (): PolicyCase => {
    if (drawn > 0 && drawn % casesAFile === 0) file = policy();
    drawn += 1;
    const shown = user();
    const later = chance(90) ? { ...user(), id: shown.id, userPrincipalName: shown.userPrincipalName } : user();
    return {
      file,
      person: {
        objectId: cased(pick(people)),
        userPrincipalName: chance(80) ? cased(pick(addresses.slice(1))) : undefined,
      },
      memberOf: chance(15) ? 'unknown' : some(groups, 50).map(cased),
      customer: pick(customers) ?? '',
      shown,
      now: chance(3) ? 'gone' : chance(3) ? 'no-answer' : { ...later, displayName: chance(97) ? 'Ann Lee' : 'Ann Li' },
      isGraphAsked: chance(80),
      unread: chance(20) ? some(['account', 'roles', 'eligible-roles'] as const, 50) : [],
      passwordChangedAfter: chance(20) ? integer(4000) - 3000 : undefined,
      said: {
        verification: pick(['In person', 'In person', 'Passport', 'Passport', ' Passport ', '', 'She sounded right']),
        ticket: pick(['T-4711', 'T-4711', '', '  ', 'x'.repeat(64), 'x'.repeat(65)]),
      },
    };
  };
}

function toUser(user: UserText): CustomerUser {
  return { ...user, id: asId<CustomerUser['id']>(user.id) };
}

/** The file as the product reads it. */
function readFile(file: PolicyText): Policy {
  const read = readPolicy(JSON.stringify(file), undefined);
  if (read.kind === 'problems') throw new Error(`no policy: ${JSON.stringify(read.problems)}`);
  return read.policy;
}

/** What the product says: a person is looked at as right before a password is made. */
async function hasLeave(
  { person, memberOf, customer, shown, now, isGraphAsked, unread, passwordChangedAfter, said }: PolicyCase,
  policy: Policy,
): Promise<boolean> {
  const bare = buildResetRequest();
  const request = {
    ...bare,
    technician: {
      ...bare.technician,
      objectId: asId<typeof bare.technician.objectId>(person.objectId),
      userPrincipalName: person.userPrincipalName,
    },
    target: {
      customer: { ...bare.target.customer, id: asId<typeof bare.target.customer.id>(customer) },
      user: toUser(shown),
    },
  };
  const looked = await recheckPreconditions(
    {
      policy: () => policy,
      groups: {
        memberOf: () =>
          Promise.resolve(memberOf === 'unknown' ? memberOf : new Set(memberOf.map((id) => id.toLowerCase()))),
      },
      directory: {
        lookUp: () => {
          if (now === 'gone') return Promise.resolve({ kind: 'gone' });
          if (now !== 'no-answer') {
            const lastPasswordChange =
              passwordChangedAfter === undefined ? undefined : bare.proposedAt + passwordChangedAfter;
            const told = { lastPasswordChange, methods: undefined, numbers: undefined };
            const asked = { told, unread: unread.map((fact) => ({ fact, code: 'forbidden' })) };
            return Promise.resolve({ kind: 'found', user: toUser(now), ...(isGraphAsked && asked) });
          }
          const trouble = {
            code: 'x',
            signInCode: undefined,
            httpStatus: undefined,
            partnerCode: undefined,
            storedWording: undefined,
          };
          return Promise.resolve({ kind: 'trouble', trouble });
        },
      },
    },
    request,
  );
  return looked.kind === 'unchanged' && checkVerification(said, policyForCustomer(policy, customer)).kind === 'enough';
}

describe('the policy', () => {
  it(
    `gives leave exactly where an independent model does, over ${cases} random policies, people, groups and targets`,
    async () => {
      const draw = createCases(createSeededRandomInt(seed));
      const seen = new Map<string, number>();
      const wrong: PolicyCase[] = [];
      let file: PolicyText | undefined;
      let policy = sandboxPolicy;
      for (let number = 0; number < cases; number += 1) {
        const one = draw();
        if (one.file !== file) policy = readFile(one.file);
        file = one.file;
        const reasons = reasonsAgainst(one);
        if ((await hasLeave(one, policy)) !== (reasons.length === 0)) wrong.push(one);
        // Where one reason alone stands against it, leaving that reason out would be seen.
        if (reasons.length < 2) seen.set(reasons[0] ?? 'leave', (seen.get(reasons[0] ?? 'leave') ?? 0) + 1);
      }
      expect(wrong.slice(0, 3)).toEqual([]);
      const decisive = Object.fromEntries(seen);
      for (const why of ['leave', ...everyReason]) {
        expect([why, (decisive[why] ?? 0) >= 10]).toEqual([why, true]);
      }
    },
    Math.max(60_000, cases / 5),
  );
});
