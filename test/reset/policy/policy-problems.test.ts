import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { policyProblems } from '../../../src/reset/policy/policy-problems.ts';

const find = (schema: z.ZodType, value: unknown) => {
  const read = schema.safeParse(value, { reportInput: true });
  return read.success ? [] : policyProblems(read.error.issues);
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
