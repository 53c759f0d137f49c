import { Secret } from '../../../secret.ts';
import type { UserChange } from '../data/create-user-directory.ts';
import type { Answer } from '../http/answer.ts';
import type { Json, JsonObject } from '../http/json.ts';
import { isJsonObject, readJsonObject } from '../http/read-json-object.ts';
import { refuse } from '../http/refuse.ts';

/** A change of a user as asked for. */
export type AskedChange = {
  readonly fields: UserChange;
  readonly password: Secret | undefined;
  readonly forceChangePassword: boolean;
};

type Read =
  { readonly kind: 'change'; readonly asked: AskedChange } | { readonly kind: 'refused'; readonly answer: Answer };

const textFields = ['displayName', 'firstName', 'lastName', 'usageLocation', 'userPrincipalName'] as const;

/**
 * Reads the body of a reset: a password, `forceChangePassword: true` and the object type, not a field more or less.
 * Stricter than Partner Center, which takes a missing `forceChangePassword` for false.
 */
export function readReset(body: string): Read {
  const user = readJsonObject(body);
  if (user === undefined) return bad('The body is not JSON.');
  const stray = strayField(user, ['passwordProfile', 'attributes']);
  if (stray !== undefined) return bad(`The field '${stray}' is unknown.`);
  return readFields(user, true);
}

/** Reads the body of a change of a user, in camelCase or, as the documentation shows it too, with capital first letters. */
export function readUserChange(body: string): Read {
  const sent = readJsonObject(body);
  if (sent === undefined) return bad('The body is not JSON.');
  const user = withSmallFirstLetters(sent);
  const stray = strayField(user, [...textFields, 'state', 'passwordProfile', 'attributes']);
  if (stray !== undefined) return bad(`The field '${stray}' is unknown.`);
  return readFields(user, false);
}

function readFields(user: JsonObject, needsPassword: boolean): Read {
  const { attributes, passwordProfile, state } = user;
  if (
    !isJsonObject(attributes) ||
    Object.keys(attributes).length !== 1 ||
    attributes['objectType'] !== 'CustomerUser'
  ) {
    return bad("attributes.objectType must be 'CustomerUser', alone.");
  }
  if (state !== undefined && state !== 'active') return bad("state can be set to 'active' only.");
  const fields: Record<string, string> = {};
  for (const name of textFields) {
    const value = user[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '') return bad(`The field '${name}' must be a text.`);
    fields[name] = value;
  }
  const change: UserChange = { ...fields, ...(state === undefined ? {} : { state }) };
  if (passwordProfile === undefined) {
    if (needsPassword) return bad('passwordProfile is missing.');
    return { kind: 'change', asked: { fields: change, password: undefined, forceChangePassword: false } };
  }
  if (!isJsonObject(passwordProfile)) return bad('passwordProfile must be an object.');
  const stray = strayField(passwordProfile, ['password', 'forceChangePassword']);
  if (stray !== undefined) return bad(`The field 'passwordProfile.${stray}' is unknown.`);
  const { password, forceChangePassword } = passwordProfile;
  if (forceChangePassword !== true) return bad('passwordProfile.forceChangePassword must be true.');
  if (password === undefined ? needsPassword : typeof password !== 'string') {
    return bad('passwordProfile.password must be a text.');
  }
  const secret = typeof password === 'string' ? new Secret(password) : undefined;
  return { kind: 'change', asked: { fields: change, password: secret, forceChangePassword } };
}

function strayField(object: JsonObject, known: readonly string[]): string | undefined {
  return Object.keys(object)
    .find((name) => !known.includes(name))
    ?.slice(0, 40);
}

function withSmallFirstLetters(object: JsonObject): JsonObject {
  const small = (value: Json | undefined): Json | undefined =>
    isJsonObject(value) ? withSmallFirstLetters(value) : value;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), small(value)]),
  );
}

function bad(description: string): Read {
  return { kind: 'refused', answer: refuse(400, 2000, description) };
}
