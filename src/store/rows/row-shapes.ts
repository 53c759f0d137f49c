import { z } from 'zod';
import { asId, type CustomerId, type ObjectId, type TenantId, type UserId } from '../../base/index.ts';
import {
  type Conversation,
  type Customer,
  type CustomerUser,
  type DeletedUser,
  type DirectoryRole,
  type MessageAddress,
  protectingFacts,
  signInTroubles,
  type Target,
  type Technician,
} from '../../reset/index.ts';
import { StoreError } from '../database/store-error.ts';

const instant = z.int().nonnegative();

/** What is undefined is written as `null`; a field that an older program did not know is missing, and undefined too. */
function perhaps<Value>(type: z.ZodType<Value>) {
  return type.nullish().transform((value) => value ?? undefined);
}

const conversation: z.ZodType<Conversation> = z.strictObject({
  id: z.string(),
  kind: oneOf<Conversation['kind']>({ personal: true, 'group-chat': true, channel: true }),
  serviceUrl: z.string(),
  channelId: z.string(),
  tenantId: z.string().transform(asId<TenantId>),
  botId: z.string(),
});

const messageAddress: z.ZodType<MessageAddress> = z.strictObject({ conversation, activityId: z.string() });

const technician: z.ZodType<Technician> = z.strictObject({
  objectId: z.string().transform(asId<ObjectId>),
  tenantId: z.string().transform(asId<TenantId>),
  teamsUserId: z.string(),
  name: z.string(),
  userPrincipalName: perhaps(z.string()),
});

const customer: z.ZodType<Customer> = z.strictObject({
  id: z.string().transform(asId<CustomerId>),
  name: z.string(),
  domain: z.string(),
});

/** The codes of what went wrong at Partner Center. */
const troubleCodes = {
  code: z.string(),
  signInCode: perhaps(z.literal(signInTroubles)),
  httpStatus: perhaps(z.int()),
  partnerCode: perhaps(z.string()),
};

/** `by` is written only where Microsoft Graph told of the role, so that an older program can read every other row. */
const role: z.ZodType<DirectoryRole> = z.strictObject({
  id: z.string(),
  name: z.string(),
  by: z.enum(['group', 'role-assignable-group', 'eligible']).optional(),
});

const lostProtection = {
  facts: z.array(z.enum(protectingFacts)),
  code: z.string(),
  httpStatus: perhaps(z.int()),
};

const graphMarks: z.ZodType<NonNullable<CustomerUser['graph']>> = z.strictObject({
  isBlocked: z.literal(true).exactOptional(),
  canWriteBack: z.literal(true).exactOptional(),
  isGuest: z.literal(true).exactOptional(),
  isRestricted: z.literal(true).exactOptional(),
  lost: z.strictObject(lostProtection).optional(),
  closed: z.strictObject({ code: z.string(), httpStatus: perhaps(z.int()) }).optional(),
});

const user: z.ZodType<CustomerUser> = z.strictObject({
  id: z.string().transform(asId<UserId>),
  displayName: z.string(),
  userPrincipalName: z.string(),
  state: oneOf<CustomerUser['state']>({ active: true, deleted: true, unknown: true }),
  domainType: oneOf<CustomerUser['domainType']>({ managed: true, federated: true, none: true, unknown: true }),
  synchronised: z.boolean(),
  roles: z.union([z.literal('unknown'), z.array(role)]),
  // A row is written without it where the roles were read, so that an older program can read it.
  rolesTrouble: z.strictObject(troubleCodes).optional(),
  // Written only where there is one, for the same reason.
  deletedAt: instant.optional(),
  graph: graphMarks.optional(),
});

const deletedUser: z.ZodType<DeletedUser> = z.strictObject({
  id: z.string().transform(asId<UserId>),
  displayName: z.string(),
  userPrincipalName: z.string(),
  deletedAt: instant.optional(),
});

const target: z.ZodType<Target> = z.strictObject({ customer, user });

/** Reads a JSON column. Text that is no JSON or of another shape is a `StoreError` `row-unreadable`: nothing is guessed. */
export function readJsonColumn<Value>(shape: z.ZodType<Value>, text: string): Value {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StoreError('row-unreadable');
  }
}

/** Formats a JSON column. An undefined member is written as `null`, so that every row names every member. */
export function formatJsonColumn(value: object): string {
  return JSON.stringify(value, (_key, member: unknown) => (member === undefined ? null : member));
}

/** The shapes of what stands in JSON columns. Anything that is missing, misshapen or too much does not fit. */
export const shapes = {
  instant,
  perhaps,
  conversation,
  messageAddress,
  technician,
  customer,
  target,
  deletedUser,
  troubleCodes,
  lostProtection,
} as const;

/** Names exactly the words of a union: the compiler misses one that is forgotten. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, true>>) {
  return z.custom<Word>((value) => typeof value === 'string' && Object.hasOwn(words, value));
}
