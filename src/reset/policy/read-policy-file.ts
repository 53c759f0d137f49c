import { z } from 'zod';
import type { Policy, Principal } from './policy.ts';
import { policyDefaults, productionLimits } from './policy-defaults.ts';

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** People and groups. With several tenants `*` would be everybody of each of them, the second one's people too. */
function createPrincipals(severalTenants: boolean) {
  return z.array(z.string().transform((text, context) => readPrincipal(text, severalTenants, context)));
}

const ticket = z.enum(['required', 'optional', 'off']);
const approval = z.enum(['always', 'privileged', 'never']);
const synchronisedUsers = z.enum(['deny', 'warn', 'writeback']);
const followUp = z.enum(['allow', 'off']);
const atLeastOne = z.int().min(1);
/** Above this a limit limits no one, and is a slip of the pen. */
const limit = atLeastOne.max(100_000);
const day = 24 * 60;

const verification = z
  .strictObject({
    required: z.boolean().default(policyDefaults.verification.required),
    methods: z
      .array(z.string().trim().min(1))
      .refine((methods) => new Set(methods).size === methods.length, 'names a method twice')
      .default([...policyDefaults.verification.methods]),
  })
  .refine(({ required, methods }) => !required || methods?.length !== 0, {
    path: ['methods'],
    message: 'needs at least one method while verification is required',
    when: isObject,
  });

const createCustomers = (principals: ReturnType<typeof createPrincipals>) =>
  z
    .record(
      z.string().regex(guid),
      z.strictObject({
        technicians: principals.exactOptional(),
        ticket: ticket.exactOptional(),
        approval: approval.exactOptional(),
        synchronisedUsers: synchronisedUsers.exactOptional(),
      }),
    )
    .refine(
      (policies) => new Set(Object.keys(policies).map((id) => id.toLowerCase())).size === Object.keys(policies).length,
      { message: 'names a customer twice', when: isObject },
    )
    .transform((policies) =>
      Object.fromEntries(Object.entries(policies).map(([id, policy]) => [id.toLowerCase(), policy])),
    );

/** The shape of the policy file. People and limits that it leaves out are those of the built-in policy, where there is one. */
function createPolicySchema(builtIn: BuiltInPolicy | undefined, severalTenants: boolean) {
  const principals = createPrincipals(severalTenants);
  const limits = builtIn?.limits ?? productionLimits;
  const people = (key: 'technicians' | 'approvers' | 'auditors') =>
    builtIn === undefined ? principals : principals.default([...builtIn[key]]);
  return z.strictObject({
    /** Names `docs/policy.schema.json` for editors; it is no part of the policy. */
    $schema: z.string().exactOptional(),
    technicians: people('technicians'),
    approvers: people('approvers'),
    auditors: people('auditors'),
    verification: verification.prefault({}),
    ticket: ticket.default(policyDefaults.ticket),
    approval: approval.default(policyDefaults.approval),
    privilegedTargets: z.enum(['approve', 'deny']).default(policyDefaults.privilegedTargets),
    synchronisedUsers: synchronisedUsers.default(policyDefaults.synchronisedUsers),
    followUps: z
      .strictObject({
        signOut: followUp.default(policyDefaults.followUps.signOut),
        accessPass: followUp.default(policyDefaults.followUps.accessPass),
      })
      .prefault({}),
    ticketMismatch: z.enum(['warn', 'approve', 'deny']).default(policyDefaults.ticketMismatch),
    limits: z
      .strictObject({
        perTechnicianPerHour: limit.default(limits.perTechnicianPerHour),
        perCustomerPerHour: limit.default(limits.perCustomerPerHour),
        perUserPerDay: limit.default(limits.perUserPerDay),
        overallPerHour: limit.default(limits.overallPerHour),
      })
      .prefault({}),
    customers: createCustomers(principals).default({}),
    showPasswordForMinutes: atLeastOne.max(day).default(policyDefaults.showPasswordForMinutes),
    confirmWithinMinutes: atLeastOne.max(day).default(policyDefaults.confirmWithinMinutes),
    approveWithinMinutes: atLeastOne.max(7 * day).default(policyDefaults.approveWithinMinutes),
  });
}

/** When to check a whole object: even if one of its fields has a problem, so that the reader gets all problems at once. */
function isObject({ value }: { readonly value: unknown }): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readPrincipal(text: string, severalTenants: boolean, context: z.RefinementCtx): Principal {
  if (text === '*' && severalTenants) {
    context.addIssue('is everybody of every allowed tenant: name each tenant that is meant, as tenant:<tenant id>');
    return z.NEVER;
  }
  if (text === '*') {
    return { kind: 'everyone' };
  }
  const [, prefix, id = ''] = /^(?:(?<prefix>group|tenant):)?(?<id>.*)$/s.exec(text) ?? [];
  if (!guid.test(id)) {
    context.addIssue('has to be an Entra object id, group:<object id>, tenant:<tenant id> or *');
    return z.NEVER;
  }
  const known = id.toLowerCase();
  if (prefix === 'tenant') return { kind: 'tenant', tenantId: known };
  return { kind: prefix === 'group' ? 'group' : 'person', objectId: known };
}

/** What is wrong with one place of the policy file: `limits.perUserPerDay` `has to be 1 or more`. */
type PolicyProblem = { readonly path: string; readonly says: string };

/** Turns what the schema found into one problem for each place of the file. */
export function formatPolicyProblems(issues: readonly z.core.$ZodIssue[]): readonly PolicyProblem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: formatPath([...issue.path, key]), says: 'is not a key of the policy' }))
      : [{ path: formatPath(issue.path), says: formatIssue(issue) }],
  );
}

function formatIssue(issue: z.core.$ZodIssue): string {
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

function formatPath(path: readonly PropertyKey[]): string {
  return (
    path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('')
      .replace(/^\./, '') || 'the whole file'
  );
}

/** The people and limits that hold in the sandbox without a policy file. */
export type BuiltInPolicy = Pick<Policy, 'technicians' | 'approvers' | 'auditors' | 'limits'>;

/**
 * Reads the text of a policy file, as docs/policy.md describes it.
 *
 * @param json The text of the file. A byte order mark is allowed.
 * @param builtIn The sandbox's policy: its people and limits are the defaults. Undefined in production: then the file has
 *   to name technicians, approvers and auditors. The limits default to `productionLimits`.
 * @param rules `severalTenants`: people of more than one tenant may talk to the bot, so that `*` is refused.
 * @returns The whole policy, with defaults for what the file leaves out. Otherwise every problem with its path in the file. It never throws.
 */
export function readPolicy(
  json: string,
  builtIn: BuiltInPolicy | undefined,
  { severalTenants = false }: { readonly severalTenants?: boolean | undefined } = {},
):
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] } {
  const value = parseJson(json);
  if (value === undefined) {
    return { kind: 'problems', problems: [{ path: 'the whole file', says: 'is not JSON' }] };
  }
  const read = createPolicySchema(builtIn, severalTenants).safeParse(value, { reportInput: true });
  if (!read.success) return { kind: 'problems', problems: formatPolicyProblems(read.error.issues) };
  const { $schema: _, ...policy } = read.data;
  return { kind: 'policy', policy };
}

/** Windows editors begin a file with a byte order mark, which is not JSON. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
