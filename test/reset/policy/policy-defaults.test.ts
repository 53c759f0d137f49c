import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { policyDefaults, productionLimits } from '../../../src/reset/policy/policy-defaults.ts';
import { readPolicy } from '../../../src/reset/policy/read-policy-file.ts';

const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
const [, printed = ''] = /## The sandbox's policy\n.*?```json\n(.*?)```/s.exec(page) ?? [];
const documented: Record<string, unknown> = JSON.parse(printed);
const documentedLimits = /limits default to (\d+), (\d+), (\d+) and (\d+)/.exec(page)?.slice(1).map(Number) ?? [];
const peopleKeys = ['technicians', 'approvers', 'auditors'];
const everyone = [{ kind: 'everyone' }];

function without(given: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([key]) => !keys.includes(key)));
}

describe('docs/policy.md', () => {
  it('has the defaults of every key but people and limits', () => {
    expect(without(documented, [...peopleKeys, 'limits'])).toStrictEqual(policyDefaults);
  });

  it('has the policy of the sandbox', () => {
    expect(peopleKeys.map((key) => documented[key])).toStrictEqual([['*'], ['*'], ['*']]);
    expect(sandboxPolicy).toStrictEqual({
      ...without(documented, peopleKeys),
      technicians: everyone,
      approvers: everyone,
      auditors: everyone,
    });
    expect(readPolicy(printed, sandboxPolicy)).toStrictEqual({ kind: 'policy', policy: sandboxPolicy });
  });

  it('has the limits of production', () => {
    const [perTechnicianPerHour, perCustomerPerHour, perUserPerDay, overallPerHour] = documentedLimits;
    const limits = { perTechnicianPerHour, perCustomerPerHour, perUserPerDay, overallPerHour };
    expect(productionLimits).toStrictEqual(limits);
  });

  it('has what a production policy is that names people only', () => {
    const read = readPolicy(JSON.stringify({ technicians: ['*'], approvers: [], auditors: [] }), undefined);
    expect(read).toStrictEqual({
      kind: 'policy',
      policy: { ...policyDefaults, limits: productionLimits, technicians: everyone, approvers: [], auditors: [] },
    });
  });
});
