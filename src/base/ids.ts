declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A customer's Entra tenant id. Partner Center uses it as the customer id too. */
export type CustomerId = Branded<'CustomerId'>;
/** A customer's user: the Entra object id in the customer's tenant. */
export type UserId = Branded<'UserId'>;
/** A person who talks to the bot: the Entra object id in that person's own tenant. */
export type ObjectId = Branded<'ObjectId'>;
/** The tenant of a person who talks to the bot. */
export type TenantId = Branded<'TenantId'>;
/** One reset request: 128 random bits, so that a button can carry it without a meaning to anyone else. */
export type ResetRequestId = Branded<'ResetRequestId'>;
/** One question with choices that the bot asked: 128 random bits, for the same reason. */
export type QuestionId = Branded<'QuestionId'>;
/** `MS-CorrelationId`: the same for all calls that serve one reset request. */
export type CorrelationId = Branded<'CorrelationId'>;
/** `MS-RequestId`: the same for every try of one operation. */
export type OperationId = Branded<'OperationId'>;

type Id = CustomerId | UserId | ObjectId | TenantId | ResetRequestId | QuestionId | CorrelationId | OperationId;

/** Gives a checked string the type of the id that it is. Ids get their brand nowhere else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says which id it is
export function asId<Kind extends Id>(value: string): Kind {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand is nothing but this assertion
  return value as Kind;
}

const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text is a GUID: 32 hexadecimal digits of either case, with hyphens, without braces. */
export function isGuid(text: string): boolean {
  return guidPattern.test(text);
}

/** A GUID in lower case, so that two spellings of one id compare as equal. Undefined if the text is no GUID. */
export function parseGuid(text: string): string | undefined {
  return isGuid(text) ? text.toLowerCase() : undefined;
}
