import type { z } from 'zod';

/** What is wrong with one place of the policy file: `limits.perUserPerDay` `has to be 1 or more`. */
export type PolicyProblem = { readonly path: string; readonly says: string };

/** Turns what the schema found into one problem for each place of the file. */
export function policyProblems(issues: readonly z.core.$ZodIssue[]): readonly PolicyProblem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: writePath([...issue.path, key]), says: 'is not a key of the policy' }))
      : [{ path: writePath(issue.path), says: say(issue) }],
  );
}

function say(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `has to be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `has to be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_key':
      return 'is not a tenant id';
    case 'too_small':
      return issue.origin === 'string' ? 'is empty' : `has to be ${issue.minimum} or more`;
    case 'too_big':
      return `has to be ${issue.maximum} or less`;
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return issue.message;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a whole number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function writePath(path: readonly PropertyKey[]): string {
  return (
    path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('')
      .replace(/^\./, '') || 'the whole file'
  );
}
