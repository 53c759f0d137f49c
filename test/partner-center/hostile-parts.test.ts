import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import {
  buildIndexedQuery,
  type CustomerUserOperations,
  type CustomerUserPatch,
  type PartnerOptions,
} from '../../src/partner-center/index.ts';
import { connect } from './connect.ts';
import { serving, theOneAsked } from './start-strict-server.ts';

const serve = serving();
const nowhere = { baseUrl: 'https://partner.invalid' };
const profile = { password: new Secret('CANARY-hostile-1'), forceChangePassword: true } as const;

function userWith(options: Partial<PartnerOptions>): CustomerUserOperations {
  return connect(nowhere, options).customers.byId('c').users.byId('u');
}

/** A value as a caller without types may give it. */
function untyped<Value>(value: unknown, as?: Value): Value {
  return [as, value].map((each): ReturnType<typeof JSON.parse> => each)[1];
}

const throwing = (name: string): Error =>
  Object.defineProperty(new Error('x'), name, {
    get() {
      throw new Error('CANARY-getter');
    },
  });
const proxy = (): object =>
  new Proxy(new Error('x'), {
    get() {
      throw new Error('CANARY-proxy');
    },
    getOwnPropertyDescriptor() {
      throw new Error('CANARY-proxy');
    },
  });

describe('credentials', () => {
  it.each<[string, () => unknown]>([
    ['throw an error whose code throws', () => Promise.reject(throwing('code'))],
    ['throw a proxy', () => Promise.reject(untyped<Error>(proxy()))],
    ['throw null', () => Promise.reject(untyped<Error>(null))],
    ['give nothing', () => undefined],
    ['give a string', () => 'CANARY'],
    ['give an empty secret', () => new Secret('')],
    ['give a secret without text', () => new Secret(untyped<string>(undefined))],
  ])('that %s make sign-in-failed', async (_how, getToken) => {
    const fetch = (): Promise<Response> => Promise.resolve(Response.json({ id: 'u' }));
    const user = userWith({ fetch, credentials: { getToken: untyped<() => Promise<Secret>>(getToken) } });
    await expect(user.get()).rejects.toMatchObject({ code: 'sign-in-failed', signInCode: undefined, tries: 0 });
  });

  it.each<[string, string | undefined]>([
    ['invalid_grant', 'invalid_grant'],
    ['ERR_NETWORK', 'ERR_NETWORK'],
    ['AADSTS50076', 'AADSTS50076'],
    ['AADSTS5', undefined],
    ['Canary-Stapler-73', undefined],
    ['consent-needed', undefined],
    ['Stapler', undefined],
    ['stapler7', undefined],
    ['a'.repeat(41), undefined],
  ])('that throw with the code %s leave %s', async (code, signInCode) => {
    const getToken = (): Promise<Secret> => Promise.reject(Object.assign(new Error('x'), { code }));
    await expect(userWith({ credentials: { getToken } }).get()).rejects.toMatchObject({
      code: 'sign-in-failed',
      signInCode,
    });
  });
});

describe('a fetch', () => {
  it.each<[string, () => unknown]>([
    ['gives nothing', () => Promise.resolve()],
    ['gives an object that is no answer', () => Promise.resolve({})],
    ['throws at once', () => untyped<() => never>(null)()],
    ['throws an error whose cause throws', () => Promise.reject(throwing('cause'))],
    ['throws a proxy', () => Promise.reject(untyped<Error>(proxy()))],
    ['causes a proxy', () => Promise.reject(new Error('x', { cause: proxy() }))],
    ['throws errors that cannot be read', () => Promise.reject(Object.assign(new Error('x'), { errors: [proxy()] }))],
  ])('that %s leaves a write unknown and a read without an answer', async (_how, act) => {
    const user = userWith({ fetch: untyped<() => Promise<Response>>(act) });
    await expect(user.resetPassword(profile)).rejects.toMatchObject({ code: 'unknown-result', tries: 1 });
    await expect(user.get()).rejects.toMatchObject({ code: 'no-answer', effect: 'none' });
  });
});

describe('an argument without types', () => {
  it.each<[string, () => string]>([
    [
      'that throws',
      () => {
        throw new Error('CANARY');
      },
    ],
    ['that gives no GUID', () => 'a\r\nb'],
  ])('is invalid-argument as a newId %s', async (_how, newId) => {
    const user = userWith({ newId });
    await expect(user.get()).rejects.toMatchObject({ code: 'invalid-argument', tries: 0 });
    await expect(user.resetPassword(profile)).rejects.toMatchObject({ code: 'invalid-argument', effect: 'none' });
    await expect(Array.fromAsync(connect(nowhere, { newId }).customers.query())).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it('may be null where options are left out', async () => {
    const server = await serve({ json: { id: 'u' } });
    const user = connect(server).customers.byId('c').users.byId('u');
    expect(await user.get(untyped(null))).toMatchObject({ id: 'u' });
    expect(await user.resetPassword(profile, untyped(null))).toMatchObject({ tries: 1 });
  });

  it('is invalid-argument as a signal that is none', async () => {
    await expect(userWith({}).get({ signal: untyped('soon') })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(userWith({}).patch({}, { signal: untyped({}) })).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('is invalid-argument as half a character in an order', () => {
    const query = buildIndexedQuery({ size: 1, sort: { field: '\uD800', direction: 'ascending' } });
    expect(() => connect(nowhere).customers.query(query)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it('is invalid-argument as a token made by hand that breaks the line', () => {
    expect(() => connect(nowhere).customers.query({ kind: 'seek', operation: 'Next', token: 'a\r\nb' })).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });

  it.each([10n, 7, {}, new Secret('CANARY')])(
    'is invalid-argument as the name %p, and nothing is sent',
    async (name) => {
      const server = await serve({ json: { id: 'u' } });
      const patch: CustomerUserPatch = { displayName: untyped<string>(name) };
      await expect(connect(server).customers.byId('c').users.byId('u').patch(patch)).rejects.toMatchObject({
        code: 'invalid-argument',
        effect: 'none',
        tries: 0,
      });
      expect(server.received).toHaveLength(0);
    },
  );

  it.each([new Secret(''), new Secret(untyped<string>(undefined)), new Secret(untyped<string>(7))])(
    'is invalid-argument as a password without text',
    async (password) => {
      const reset = userWith({}).resetPassword({ password, forceChangePassword: true });
      await expect(reset).rejects.toMatchObject({ code: 'invalid-argument', effect: 'none', tries: 0 });
    },
  );

  it.each([NaN, -1, 0, 1.5, Infinity, 2 ** 31, '5'])('is invalid-argument as a limit of %p', (limit) => {
    const milliseconds = untyped<number>(limit);
    expect(() => connect(nowhere, { timeouts: { perTry: milliseconds } })).toThrow('perTry must be a whole number');
    expect(() => connect(nowhere, { timeouts: { whole: milliseconds } })).toThrow('whole must be a whole number');
  });

  it('adds no header by the back door', async () => {
    const server = await serve(theOneAsked);
    const options = { headers: { cookie: 'planted=1', 'ms-continuationtoken': 'planted' } };
    await connect(server).customers.byId('c').get(untyped(options));
    expect(inspect(server.received[0]?.headers)).not.toContain('planted');
  });
});
