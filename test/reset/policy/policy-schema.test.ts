import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  option,
  property,
  record,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import { policyDefaults, productionLimits } from '../../../src/reset/policy/policy-defaults.ts';
import { readPolicy } from '../../../src/reset/policy/read-policy-file.ts';

const file = new URL('../../../docs/policy.schema.json', import.meta.url);
const schema = JSON.parse(readFileSync(file, 'utf8'));
const isAccepted = new Ajv2020({ strict: false }).compile(schema);

const person = '0a1b2c3d-0000-4000-8000-00000000000a';
const least = { technicians: ['*'], approvers: [person], auditors: [`group:${person.toUpperCase()}`] };
const read = (value: unknown) => readPolicy(JSON.stringify(value), undefined).kind === 'policy';

/** What each key may be. */
const people = array(constantFrom('*', person, person.toUpperCase(), `group:${person}`, `tenant:${person}`));
const limit = constantFrom(1, 15, 100_000);
const minutes = constantFrom(1, 15, 1440);
const ticket = constantFrom('required', 'optional', 'off');
const approval = constantFrom('always', 'privileged', 'never');
const synchronisedUsers = constantFrom('deny', 'warn', 'writeback');
const good: Readonly<Record<string, Arbitrary<unknown>>> = {
  $schema: constantFrom('./docs/policy.schema.json'),
  technicians: people,
  approvers: people,
  auditors: people,
  verification: record(
    { required: boolean(), methods: uniqueArray(constantFrom('In person', 'Called back', 'Asked'), { minLength: 1 }) },
    { requiredKeys: [] },
  ),
  ticket,
  approval,
  followUps: record(
    { signOut: constantFrom('allow', 'off'), accessPass: constantFrom('allow', 'off') },
    { requiredKeys: [] },
  ),
  privilegedTargets: constantFrom('approve', 'deny'),
  synchronisedUsers,
  limits: record(
    { perTechnicianPerHour: limit, perCustomerPerHour: limit, perUserPerDay: limit, overallPerHour: limit },
    { requiredKeys: [] },
  ),
  customers: dictionary(
    constantFrom(person, '11111111-2222-4333-8444-555555555555'),
    record({ technicians: people, ticket, approval, synchronisedUsers }, { requiredKeys: [] }),
  ),
  showPasswordForMinutes: minutes,
  confirmWithinMinutes: minutes,
  approveWithinMinutes: constantFrom(1, 15, 10_080),
};
/** What a key may be, and what it may not: which of the two depends on the key. */
const anything = constantFrom<unknown>(
  null,
  '',
  'x',
  '*',
  'off',
  'deny',
  'privileged',
  0,
  -1,
  1.5,
  1,
  1441,
  10_081,
  100_001,
  true,
  [],
  {},
  ['x'],
  [' '],
  ['group:*'],
  [`${person} `],
  [person, 1],
  ['In person', 'In person'],
  { x: 1 },
  { required: true, methods: [] },
  { required: false, methods: [] },
  { methods: [] },
  { methods: [' '] },
  { required: 'yes' },
  { perUserPerDay: 0 },
  { perUserPerDay: 2 },
  { 'contoso.com': {} },
  { [person]: { ticket: 'on' } },
  { [person]: { synchronisedUsers: 'allow' } },
  { [person]: { limits: {} } },
);
const changes = option(tuple(constantFrom(...Object.keys(good), 'surprise'), anything));
const policies = record(good, { requiredKeys: ['technicians', 'approvers', 'auditors'] });

describe('docs/policy.schema.json', () => {
  it('takes what the program takes, and refuses what it refuses', () => {
    const taken = { yes: 0, no: 0 };
    assert(
      property(policies, changes, (before, change) => {
        const policy = change === null ? before : { ...before, [change[0]]: change[1] };
        const expected = read(policy);
        taken[expected ? 'yes' : 'no'] += 1;
        expect([policy, isAccepted(policy)]).toEqual([policy, expected]);
      }),
      { numRuns: 800 },
    );
    expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(80);
  });

  it.each(Object.keys({ ...least, ...policyDefaults, limits: 1 }))('says what %s is', (key) => {
    expect(schema.properties[key].description).toMatch(/\.$/);
  });

  it.each(['technicians', 'approvers', 'auditors'])('needs %s, as production does', (key) => {
    const { [key]: _, ...rest }: Record<string, unknown> = least;
    expect([isAccepted(rest), read(rest)]).toEqual([false, false]);
    expect([isAccepted(least), read(least)]).toEqual([true, true]);
  });

  it('names the defaults of the program', () => {
    const { verification, limits, followUps, customers: _, ...rest } = schema.properties;
    const { verification: method, followUps: followUp, customers: __, ...defaults } = policyDefaults;
    const defaultsOf = (properties: Readonly<Record<string, { default?: unknown }>>) =>
      Object.fromEntries(
        Object.entries(properties).flatMap(([key, one]) => ('default' in one ? [[key, one.default]] : [])),
      );
    expect(defaultsOf(rest)).toEqual(defaults);
    expect(defaultsOf(verification.properties)).toEqual(method);
    expect(defaultsOf(followUps.properties)).toEqual(followUp);
    expect(defaultsOf(limits.properties)).toEqual(productionLimits);
  });

  it('is named by a policy without being a part of it', () => {
    const named = readPolicy(JSON.stringify({ $schema: './policy.schema.json', ...least }), undefined);
    expect(named).toEqual(readPolicy(JSON.stringify(least), undefined));
    expect(named.kind).toBe('policy');
  });

  it('takes the annotated example of docs/policy.md, as the program does', () => {
    const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
    const [, printed = ''] = /```jsonc\n(.*?)```/s.exec(page) ?? [];
    const example: unknown = JSON.parse(printed.replaceAll(/^\s*\/\/.*$/gm, ''));
    expect(isAccepted(example)).toBe(true);
    expect(readPolicy(JSON.stringify(example), undefined)).toMatchObject({ kind: 'policy' });
  });
});
