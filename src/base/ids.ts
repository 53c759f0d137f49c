declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A customer's Entra tenant id, which is its Partner Center customer id too. */
export type CustomerId = Branded<'CustomerId'>;
/** A customer's user: the Entra object id in the customer's tenant. */
export type UserId = Branded<'UserId'>;
/** The Entra object id of somebody who talks to the bot. */
export type ObjectId = Branded<'ObjectId'>;
/** The tenant of somebody who talks to the bot. */
export type TenantId = Branded<'TenantId'>;
/** One request of a technician: 128 random bits, so that it can stand on a button and mean nothing to anybody else. */
export type ResetRequestId = Branded<'ResetRequestId'>;
/** One question back with choices: 128 random bits, for the same reason. */
export type QuestionId = Branded<'QuestionId'>;
/** `MS-CorrelationId`: the same for everything done for one request of a technician. */
export type CorrelationId = Branded<'CorrelationId'>;
/** `MS-RequestId`: the same for every try of one operation. */
export type OperationId = Branded<'OperationId'>;

type Id = CustomerId | UserId | ObjectId | TenantId | ResetRequestId | QuestionId | CorrelationId | OperationId;

/** Names what a checked string stands for; the only place where an id gets its brand. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says which id it is
export function asId<Kind extends Id>(value: string): Kind {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand is nothing but this assertion
  return value as Kind;
}
