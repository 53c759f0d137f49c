import { Secret } from '../../base/index.ts';
import type { PretendCustomer } from '../data/customers.ts';
import { globalAdministrator, mayReset } from '../data/directory-roles.ts';
import type { UserChange } from '../data/pretend-data.ts';
import type { PretendUser } from '../data/users.ts';
import { type Answer, isJsonObject, type Json, type JsonObject, readJsonObject } from '../loopback-http.ts';
import { customerNotFound, refuse, userNotFound } from './answers-and-faults.ts';
import { findPasswordProblem } from './password-rules.ts';
import type { PartnerCenterState } from './queries.ts';
import { type Quirks, writeUser } from './resources.ts';

/**
 * Carries a change out, a new password included, and answers with the whole user. A deleted user can only be restored.
 * https://learn.microsoft.com/partner-center/developer/reset-user-password-for-a-customer
 */
export function changeUser(
  house: PartnerCenterState,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
  asked: RequestedChange,
  quirks: Quirks,
): Answer {
  const customer = house.data.customer(customerId);
  if (customer === undefined) return customerNotFound(customerId);
  const user = house.data.user(customerId, userId);
  if (user === undefined) return userNotFound(userId);
  if (user.state === 'inactive' && asked.fields.state !== 'active') return userNotFound(userId);
  const refusal = findRefusal(house, customer, user, asked);
  if (refusal !== undefined) return refusal;
  const changed = house.data.users(customer.id)?.change(user.id, asked.fields) ?? user;
  if (asked.password !== undefined) house.accounts.setPassword(customer.id, user.id, asked.password);
  else if (asked.forceChangePassword) house.accounts.requireChange(customer.id, user.id);
  return { status: 200, body: { kind: 'json', json: writeUser(customer.id, changed, quirks, asked.password) } };
}

function findRefusal(
  house: PartnerCenterState,
  customer: PretendCustomer,
  user: PretendUser,
  { fields, password, forceChangePassword }: RequestedChange,
): Answer | undefined {
  const domain = fields.userPrincipalName?.split('@').at(-1)?.toLowerCase();
  if (domain !== undefined && domain !== customer.domain && domain !== customer.federatedDomain) {
    return refuse(400, 3000, 'The domain portion of the userPrincipalName property is invalid.', ['userPrincipalName']);
  }
  if (password === undefined && !forceChangePassword) return undefined;
  if (user.userDomainType === 'federated') {
    return refuse(400, 3000, 'The password of a federated user cannot be set.', ['passwordProfile']);
  }
  if (user.userPrincipalName.includes('#EXT#')) {
    return refuse(400, 3000, 'A guest&#39;s password cannot be set.', ['passwordProfile']);
  }
  if (user.lastDirectorySyncTime !== null && house.synchronisedUsers === 'refuse') {
    const words = 'Unable to update the specified properties for on-premises mastered Directory Sync objects.';
    return refuse(400, 3000, words, ['passwordProfile']);
  }
  // Not even a Global Administrator may, and Partner Center does not say why. A role by a group needs the highest one.
  if (user.inEntra === 'restricted') return refuse(403, 900_308, 'Insufficient privileges to complete the operation.');
  const roles = user.inEntra === 'role-by-group' ? [...user.roles, globalAdministrator] : user.roles;
  if (!mayReset(house.partnerRole, roles)) {
    return refuse(403, 900_308, 'Insufficient privileges to complete the operation.');
  }
  if (password === undefined) return undefined;
  const names = [user.userPrincipalName.split('@')[0] ?? '', user.firstName ?? '', user.lastName ?? ''];
  const tenant = [customer.name, customer.domain.split('.')[0] ?? ''];
  if (findPasswordProblem(password, [...names, user.displayName, ...tenant]) === undefined) return undefined;
  const words =
    'The specified password does not comply with your company&#39;s password complexity requirements. ' +
    'Please provide a different password.';
  return refuse(400, 3000, words, ['passwordProfile']);
}

/** A change of a user as asked for. */
type RequestedChange = {
  readonly fields: UserChange;
  readonly password: Secret | undefined;
  readonly forceChangePassword: boolean;
};

type ReadChange =
  { readonly kind: 'change'; readonly asked: RequestedChange } | { readonly kind: 'refused'; readonly answer: Answer };

const textFields = ['displayName', 'firstName', 'lastName', 'usageLocation', 'userPrincipalName'] as const;

/**
 * Reads the body of a reset: a password, `forceChangePassword: true` and the object type, not a field more or less.
 * Stricter than Partner Center, which takes a missing `forceChangePassword` for false.
 */
export function readPasswordReset(body: string): ReadChange {
  const user = readJsonObject(body);
  if (user === undefined) return refuseChange('The body is not JSON.');
  const stray = findUnknownField(user, ['passwordProfile', 'attributes']);
  if (stray !== undefined) return refuseChange(`The field '${stray}' is unknown.`);
  return readFields(user, true);
}

/** Reads the body of a change of a user, in camelCase or, as the documentation shows it too, with capital first letters. */
export function readUserChange(body: string): ReadChange {
  const sent = readJsonObject(body);
  if (sent === undefined) return refuseChange('The body is not JSON.');
  const user = toCamelCaseKeys(sent);
  const stray = findUnknownField(user, [...textFields, 'state', 'passwordProfile', 'attributes']);
  if (stray !== undefined) return refuseChange(`The field '${stray}' is unknown.`);
  return readFields(user, false);
}

function readFields(user: JsonObject, needsPassword: boolean): ReadChange {
  const { attributes, passwordProfile, state } = user;
  if (
    !isJsonObject(attributes) ||
    Object.keys(attributes).length !== 1 ||
    attributes['objectType'] !== 'CustomerUser'
  ) {
    return refuseChange("attributes.objectType must be 'CustomerUser', alone.");
  }
  if (state !== undefined && state !== 'active') return refuseChange("state can be set to 'active' only.");
  const fields: Record<string, string> = {};
  for (const name of textFields) {
    const value = user[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '') return refuseChange(`The field '${name}' must be a text.`);
    fields[name] = value;
  }
  const change: UserChange = { ...fields, ...(state === undefined ? {} : { state }) };
  if (passwordProfile === undefined) {
    if (needsPassword) return refuseChange('passwordProfile is missing.');
    return { kind: 'change', asked: { fields: change, password: undefined, forceChangePassword: false } };
  }
  if (!isJsonObject(passwordProfile)) return refuseChange('passwordProfile must be an object.');
  const stray = findUnknownField(passwordProfile, ['password', 'forceChangePassword']);
  if (stray !== undefined) return refuseChange(`The field 'passwordProfile.${stray}' is unknown.`);
  const { password, forceChangePassword } = passwordProfile;
  if (forceChangePassword !== true) return refuseChange('passwordProfile.forceChangePassword must be true.');
  if (password === undefined ? needsPassword : typeof password !== 'string') {
    return refuseChange('passwordProfile.password must be a text.');
  }
  const secret = typeof password === 'string' ? new Secret(password) : undefined;
  return { kind: 'change', asked: { fields: change, password: secret, forceChangePassword } };
}

function findUnknownField(object: JsonObject, known: readonly string[]): string | undefined {
  return Object.keys(object)
    .find((name) => !known.includes(name))
    ?.slice(0, 40);
}

function toCamelCaseKeys(object: JsonObject): JsonObject {
  const small = (value: Json | undefined): Json | undefined => (isJsonObject(value) ? toCamelCaseKeys(value) : value);
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), small(value)]),
  );
}

function refuseChange(description: string): ReadChange {
  return { kind: 'refused', answer: refuse(400, 2000, description) };
}
