import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ObjectId } from '../../../src/ids.ts';
import { keepPermitted } from '../../../src/reset/policy/keep-permitted.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { sandboxPolicy } from '../../../src/reset/policy/sandbox-policy.ts';
import type { Customer, Target } from '../../../src/reset/people/target.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const { technician: robin, target } = buildResetRequest();
const desk = 'de500000-0000-4000-8000-00000000000c';
const byGroup = { kind: 'group', objectId: desk } as const;

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
      [customer(1).id]: { technicians: [{ kind: 'person', objectId: robin.objectId }] },
      [customer(2).id]: { technicians: [byGroup] },
    },
  };
  const memberOf = (person: ObjectId) => {
    asked.push(person);
    return Promise.resolve(groups === 'unknown' ? groups : new Set(groups));
  };
  return keepPermitted({ policy: () => policy, groups: { memberOf } }, finding, robin);
}

describe('choices between people', () => {
  it('are those of customers that somebody may touch', async () => {
    const all = whichUser(at(1), at(2), at(3), at(1));
    expect(await keep(all)).toEqual(whichUser(at(1), at(1)));
    expect(await keep(all, 'unknown')).toEqual(whichUser(at(1), at(1)));
    expect(await keep(all, [desk])).toEqual(whichUser(at(1), at(2), at(1)));
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
    expect(await keep(noUser(2), [desk])).toEqual(noUser(2));
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
    { kind: 'trouble', trouble: { code: 'x', httpStatus: 500, partnerCode: undefined, says: '', next: '' } },
  ] as const)('is passed on as it is: $kind', async (finding) => {
    expect(await keep(finding)).toBe(finding);
  });
});
