import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { formatPolicyProblems, readPolicy } from '../../../src/reset/policy/read-policy-file.ts';

const ann = '0a1b2c3d-0000-4000-8000-00000000000a';
const helpDesk = '0a1b2c3d-0000-4000-8000-00000000000b';
const contoso = '0a1b2c3d-0000-4000-8000-00000000000c';
const people = { technicians: ['*'], approvers: [`group:${helpDesk}`], auditors: [ann] };

const printedInInterface = `{
  "technicians": ["*"],
  "approvers": ["*"],
  "auditors": ["*"],
  "verification": { "required": true, "methods": ["Called back on a number on file", "Authenticator approval", "In person", "Vouched for by their manager"] },
  "ticket": "optional",
  "approval": "privileged",
  "privilegedTargets": "approve",
  "synchronisedUsers": "deny",
  "limits": { "perTechnicianPerHour": 1000, "perCustomerPerHour": 1000, "perUserPerDay": 1000, "overallPerHour": 10000 },
  "customers": {},
  "showPasswordForMinutes": 15,
  "confirmWithinMinutes": 10,
  "approveWithinMinutes": 60
}`;

describe('reading a policy in the sandbox', () => {
  it('takes an empty file as the built-in policy', () => {
    expect(readPolicy('{}', sandboxPolicy)).toEqual({ kind: 'policy', policy: sandboxPolicy });
  });

  it('reads the documented policy as the built-in one', () => {
    expect(readPolicy(printedInInterface, sandboxPolicy)).toEqual({ kind: 'policy', policy: sandboxPolicy });
    expect(readPolicy(printedInInterface, undefined)).toEqual({ kind: 'policy', policy: sandboxPolicy });
  });

  it('takes a file that begins with a byte order mark', () => {
    expect(readPolicy('\uFEFF{}', sandboxPolicy)).toMatchObject({ kind: 'policy' });
    expect(readPolicy('{"verification":{"methods":["a\uFEFFb"]}}', sandboxPolicy)).toMatchObject({
      policy: { verification: { methods: ['a\uFEFFb'] } },
    });
  });
});

describe('numbers in a policy', () => {
  it.each([
    ['limits.perTechnicianPerHour', { limits: { perTechnicianPerHour: 100_001 } }, 100_000],
    ['limits.overallPerHour', { limits: { overallPerHour: 1_000_000_000 } }, 100_000],
    ['showPasswordForMinutes', { showPasswordForMinutes: 1441 }, 1440],
    ['confirmWithinMinutes', { confirmWithinMinutes: 1441 }, 1440],
    ['approveWithinMinutes', { approveWithinMinutes: 10_081 }, 10_080],
  ])('have a maximum: %s', (path, given, most) => {
    expect(readPolicy(JSON.stringify(given), sandboxPolicy)).toEqual({
      kind: 'problems',
      problems: [{ path, says: `has to be ${most} or less` }],
    });
  });
});

describe('reading a policy in production', () => {
  it('wants technicians, approvers and auditors', () => {
    expect(problemsOf({})).toEqual({
      technicians: 'is missing',
      approvers: 'is missing',
      auditors: 'is missing',
    });
  });

  it('has careful limits, and the other defaults of the sandbox', () => {
    expect(readPolicy(JSON.stringify(people), undefined)).toEqual({
      kind: 'policy',
      policy: {
        ...sandboxPolicy,
        approvers: [{ kind: 'group', objectId: helpDesk }],
        auditors: [{ kind: 'person', objectId: ann }],
        limits: { perTechnicianPerHour: 10, perCustomerPerHour: 20, perUserPerDay: 3, overallPerHour: 60 },
      },
    });
  });

  it('merges verification and limits key by key', () => {
    const given = { ...people, limits: { perUserPerDay: 1 }, verification: { required: false } };
    expect(readPolicy(JSON.stringify(given), undefined)).toMatchObject({
      policy: {
        limits: { perTechnicianPerHour: 10, perCustomerPerHour: 20, perUserPerDay: 1, overallPerHour: 60 },
        verification: { required: false, methods: sandboxPolicy.verification.methods },
      },
    });
  });

  it('keeps ids in lower case', () => {
    const given = {
      technicians: [ann.toUpperCase()],
      approvers: [`group:${helpDesk.toUpperCase()}`],
      auditors: [],
      customers: { [contoso.toUpperCase()]: { approval: 'always', technicians: [`group:${helpDesk}`] } },
    };
    expect(readPolicy(JSON.stringify(given), undefined)).toMatchObject({
      policy: {
        technicians: [{ kind: 'person', objectId: ann }],
        approvers: [{ kind: 'group', objectId: helpDesk }],
        auditors: [],
        customers: { [contoso]: { approval: 'always', technicians: [{ kind: 'group', objectId: helpDesk }] } },
      },
    });
  });

  it.each(['', 'no JSON', '{"technicians": ["*"],}', '// policy\n{}'])('says that %p is not JSON', (text) => {
    expect(readPolicy(text, undefined)).toEqual({
      kind: 'problems',
      problems: [{ path: 'the whole file', says: 'is not JSON' }],
    });
  });

  it.each(['null', '[]', '5', '"*"', 'true'])('says that %p is no policy', (text) => {
    expect(readPolicy(text, undefined)).toEqual({
      kind: 'problems',
      problems: [{ path: 'the whole file', says: 'has to be an object' }],
    });
  });

  it('names every problem with its path', () => {
    expect(
      problemsOf({
        technicians: ['everyone', ann, `group:`, `group: ${helpDesk}`, 5, `${ann}x`],
        approvers: '*',
        auditors: null,
        verification: { required: 'yes', methods: ['In person', ' '], method: 'x' },
        ticket: 'never',
        approval: ['always'],
        privilegedTargets: 'allow',
        synchronisedUsers: true,
        limits: {
          perTechnicianPerHour: 0,
          perCustomerPerHour: 1.5,
          perUserPerDay: '3',
          overallPerHour: null,
          perYear: 1,
        },
        customers: {
          contoso: {},
          [contoso]: { approval: 'sometimes', limits: {}, technicians: ['nobody'] },
        },
        showPasswordForMinutes: -1,
        confirmWithinMinutes: 10_081,
        approveWithinMinutes: false,
        Approval: 'always',
      }),
    ).toEqual({
      'technicians[0]': 'has to be an Entra object id, group:<object id>, tenant:<tenant id> or *',
      'technicians[2]': 'has to be an Entra object id, group:<object id>, tenant:<tenant id> or *',
      'technicians[3]': 'has to be an Entra object id, group:<object id>, tenant:<tenant id> or *',
      'technicians[4]': 'has to be a text',
      'technicians[5]': 'has to be an Entra object id, group:<object id>, tenant:<tenant id> or *',
      approvers: 'has to be a list',
      auditors: 'has to be a list',
      'verification.required': 'has to be true or false',
      'verification.methods[1]': 'is empty',
      'verification.method': 'is not a key of the policy',
      ticket: 'has to be one of "required", "optional", "off"',
      approval: 'has to be one of "always", "privileged", "never"',
      privilegedTargets: 'has to be one of "approve", "deny"',
      synchronisedUsers: 'has to be one of "deny", "warn", "writeback"',
      'limits.perTechnicianPerHour': 'has to be 1 or more',
      'limits.perCustomerPerHour': 'has to be a whole number',
      'limits.perUserPerDay': 'has to be a whole number',
      'limits.overallPerHour': 'has to be a whole number',
      'limits.perYear': 'is not a key of the policy',
      'customers.contoso': 'is not a tenant id',
      [`customers.${contoso}.approval`]: 'has to be one of "always", "privileged", "never"',
      [`customers.${contoso}.limits`]: 'is not a key of the policy',
      [`customers.${contoso}.technicians[0]`]:
        'has to be an Entra object id, group:<object id>, tenant:<tenant id> or *',
      showPasswordForMinutes: 'has to be 1 or more',
      confirmWithinMinutes: 'has to be 1440 or less',
      approveWithinMinutes: 'has to be a whole number',
      Approval: 'is not a key of the policy',
    });
  });

  it('wants a method while verification is required, and none twice', () => {
    expect(problemsOf({ ...people, verification: { methods: [] } })).toEqual({
      'verification.methods': 'needs at least one method while verification is required',
    });
    expect(problemsOf({ ...people, verification: { methods: ['In person', 'In person '] } })).toEqual({
      'verification.methods': 'names a method twice',
    });
    expect(problemsOf({ ...people, verification: { required: false, methods: [] } })).toEqual({});
  });

  it('refuses a customer who is named twice', () => {
    expect(problemsOf({ ...people, customers: { [contoso]: {}, [helpDesk]: {} } })).toEqual({});
    const twice = { [contoso]: { approval: 'always' }, [contoso.toUpperCase()]: { approval: 'never' } };
    expect(problemsOf({ ...people, customers: twice })).toEqual({ customers: 'names a customer twice' });
  });

  it('names what an object as a whole lacks beside what is wrong in it', () => {
    expect(
      problemsOf({
        ...people,
        verification: { methods: [], method: 'x' },
        customers: { [contoso]: { approval: 'sometimes' }, [contoso.toUpperCase()]: {} },
      }),
    ).toEqual({
      'verification.methods': 'needs at least one method while verification is required',
      'verification.method': 'is not a key of the policy',
      customers: 'names a customer twice',
      [`customers.${contoso}.approval`]: 'has to be one of "always", "privileged", "never"',
    });
    expect(problemsOf({ ...people, verification: { methods: null } })).toEqual({
      'verification.methods': 'has to be a list',
    });
    expect(problemsOf({ ...people, verification: null, customers: [] })).toEqual({
      verification: 'has to be an object',
      customers: 'has to be an object',
    });
  });

  it.each(['{"__proto__": {}}', '{"constructor": {}}', '{"limits": {"__proto__": {}}}'])('refuses %s', (text) => {
    expect(readPolicy(text, sandboxPolicy)).toMatchObject({ problems: [{ says: 'is not a key of the policy' }] });
  });
});

function problemsOf(policy: object): Readonly<Record<string, string>> {
  const read = readPolicy(JSON.stringify(policy), undefined);
  switch (read.kind) {
    case 'policy':
      return {};
    case 'problems':
      return Object.fromEntries(read.problems.map(({ path, says }) => [path, says]));
  }
}

const find = (schema: z.ZodType, value: unknown) => {
  const read = schema.safeParse(value, { reportInput: true });
  return read.success ? [] : formatPolicyProblems(read.error.issues);
};

describe('problems of a policy', () => {
  it('are named by the place they are in, in a list too', () => {
    expect(find(z.array(z.strictObject({ a: z.string() })), [{ a: 'x' }, { a: 5, b: 1 }])).toEqual([
      { path: '[1].a', says: 'has to be a text' },
      { path: '[1].b', says: 'is not a key of the policy' },
    ]);
    expect(find(z.string(), 5)).toEqual([{ path: 'the whole file', says: 'has to be a text' }]);
  });

  it.each<[string, z.ZodType, unknown]>([
    ['a form', z.email(), 'x'],
    ['one of several shapes', z.union([z.number(), z.string()]), null],
    ['an element', z.map(z.object({}), z.number()), new Map([[{}, 'x']])],
    ['a step', z.number().multipleOf(5), 3],
  ])('are said in words even where the policy has no such rule yet: %s', (_, schema, value) => {
    const [problem] = find(schema, value);
    expect(problem?.says).toMatch(/\w/);
  });

  it('name a type that has no name of ours by its own', () => {
    expect(find(z.date(), 'x')).toEqual([{ path: 'the whole file', says: 'has to be date' }]);
  });
});
