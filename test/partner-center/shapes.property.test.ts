import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { PartnerError } from '../../src/partner-center/index.ts';
import { readAll } from '../../src/partner-center/read-all.ts';
import { Secret } from '../../src/secret.ts';
import { connect } from './connect.ts';
import getCustomer from './examples/get-customer.response.json' with { type: 'json' };
import listUsers from './examples/list-users.response.json' with { type: 'json' };
import resetResponse from './examples/reset-user-password.response.json' with { type: 'json' };
import type { StrictServer } from './start-strict-server.ts';
import { startStrictServer } from './start-strict-server.ts';

const planted = 'CANARY-Word-42 "<&\'';
const password = new Secret(planted);
const runs = { numRuns: 150 };

let server: StrictServer;
let next: { status: number; text: string; retryAfter: string } = { status: 200, text: '', retryAfter: '' };
beforeAll(async () => {
  server = await startStrictServer((response) => {
    const headers = { 'Content-Type': 'application/json', 'Retry-After': next.retryAfter };
    if ([204, 205, 304].includes(next.status)) {
      response.writeHead(next.status, headers).end();
    } else {
      response.writeHead(next.status, headers).end(next.text);
    }
  });
});
afterAll(async () => {
  await server.stop();
});

/** Every way one prints an error, and the planted password in every way it may come out of one. */
function leaks(error: unknown): boolean {
  const printed = [
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: Infinity, showHidden: true, getters: true }),
    Error.isError(error) ? `${error.stack}${String(error.cause)}${Object.values(error).join()}` : '',
  ].join('\n');
  const encoded = [planted, JSON.stringify(planted).slice(1, -1), encodeURIComponent(planted), 'CANARY-Word'];
  return encoded.some((text) => printed.includes(text));
}

const names = fc.constantFrom(
  'id',
  'Id',
  'items',
  'Items',
  'links',
  'next',
  'uri',
  'headers',
  'key',
  'value',
  'code',
  'Code',
);
const moreNames = fc.constantFrom(
  'description',
  'message',
  'password',
  'passwordProfile',
  'state',
  'companyProfile',
  '__proto__',
);
const texts = fc.oneof(
  fc.constantFrom(planted, '900308', 'active', '', '/v1/customers?p=1', `{"code":"${planted}"}`, '&quot;&amp;#39;'),
  fc.string({ unit: 'binary' }),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    texts,
    fc.integer(),
    fc.constantFrom(null, true, false, 1e308),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, moreNames, fc.string()), tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** A documented body in which some values were replaced by others, or left out. */
function changed(body: object): fc.Arbitrary<string> {
  return fc.array(fc.tuple(fc.nat(), fc.option(values)), { maxLength: 4 }).map((changes) => {
    let count = 0;
    const total = JSON.stringify(body).split(/[,:[{]/).length;
    const by = new Map(changes.map(([at, value]) => [at % total, value]));
    return (
      JSON.stringify(body, (_key, value: unknown) => {
        count += 1;
        return by.has(count) ? by.get(count) : value;
      }) ?? ''
    );
  });
}

/** A fault in each known shape, the planted password in the place of one value or of all. */
const faults = fc
  .tuple(
    fc.constantFrom(
      'code',
      'Code',
      'description',
      'Description',
      'message',
      'errorName',
      'source',
      'statusCode',
      'all',
    ),
    fc.constantFrom(planted, 'CANARY-Word', JSON.stringify({ code: planted }), `&quot;${planted}&quot;`),
  )
  .map(([name, text]) => {
    const fault = { code: 900308, description: 'd', message: 'm', errorName: 'n', data: ['d'], source: 's' };
    const all = { ...fault, code: text, description: text, message: text, errorName: text, data: [text], source: text };
    return JSON.stringify(name === 'all' ? all : { ...fault, [name]: text });
  });

const bodies = fc.oneof(
  faults,
  values.map((value) => JSON.stringify(value)),
  changed(resetResponse.body),
  changed(listUsers.body),
  changed(getCustomer.body),
  changed({ code: 900308, description: `refused: ${planted}`, data: [planted], source: planted }),
  texts,
  fc.string({ unit: 'binary' }).map((text) => `\uFEFF<html>${text}${planted}`),
);
const answers = fc.record({
  status: fc.constantFrom(
    200,
    200,
    200,
    201,
    204,
    302,
    400,
    401,
    403,
    404,
    405,
    408,
    409,
    418,
    429,
    500,
    501,
    502,
    503,
    599,
  ),
  text: bodies,
  retryAfter: fc.constantFrom(
    '',
    '1',
    '0.5',
    '99999999999999',
    '-1',
    'Sun, 01 Mar 2026 12:00:09 GMT',
    planted.replaceAll(/[^ -~]/g, ''),
  ),
});

/** What a call came to: undefined for a success. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const [settled] = await Promise.allSettled([call]);
  return settled.status === 'rejected' ? settled.reason : undefined;
}

describe('whatever the service answers', () => {
  it('a read gives what was asked for or a PartnerError, and no error holds a planted password', async () => {
    const customer = connect(server).customers.byId('c');
    const reads = [
      () => customer.get(),
      () => readAll(customer.users.query()),
      () => customer.users.byId('u').get(),
      () => customer.users.byId('u').directoryRoles.get(),
    ];
    await fc.assert(
      fc.asyncProperty(answers, fc.nat(reads.length - 1), async (answer, which) => {
        next = answer;
        const error = await failureOf(reads[which]?.() ?? Promise.resolve());
        expect(error === undefined || error instanceof PartnerError).toBe(true);
        expect(leaks(error)).toBe(false);
      }),
      runs,
    );
  });

  it('a reset is applied with 2xx and a PartnerError without, and neither receipt nor error holds the password', async () => {
    const user = connect(server).customers.byId('c').users.byId('u');
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), fc.boolean(), async (answer, mayRepeat, freshConnection) => {
        next = answer;
        const call = user.resetPassword({ password, forceChangePassword: true }, { mayRepeat, freshConnection });
        const error = await failureOf(call);
        expect(error === undefined).toBe(answer.status < 300);
        expect(error === undefined || error instanceof PartnerError).toBe(true);
        expect(leaks(error)).toBe(false);
      }),
      runs,
    );
  });

  it('the documented answer to a reset gives a receipt without the password it repeats', async () => {
    const body = { ...resetResponse.body, passwordProfile: { password: planted, forceChangePassword: false } };
    next = { status: 200, text: JSON.stringify(body), retryAfter: '' };
    const user = connect(server).customers.byId('c').users.byId('u');
    const receipt = await user.resetPassword({ password, forceChangePassword: true });
    expect(receipt.user).toMatchObject({ userPrincipalName: 'aaaa4@abcdefgh1234.onmicrosoft.com', state: 'active' });
    expect(leaks(receipt)).toBe(false);
  });
});

describe('a shape not seen before', () => {
  it('is read where it means the same: PascalCase, null or missing fields, unknown words, fields that are new', async () => {
    next = {
      status: 200,
      retryAfter: '',
      text: `\uFEFF${JSON.stringify({ Id: 'u', UserDomainType: 'Federated', State: 'Frozen', DisplayName: null, New: {} })}`,
    };
    expect(await connect(server).customers.byId('c').users.byId('u').get()).toEqual({
      id: 'u',
      userPrincipalName: undefined,
      displayName: undefined,
      firstName: undefined,
      lastName: undefined,
      usageLocation: undefined,
      lastDirectorySyncTime: undefined,
      userDomainType: 'federated',
      state: 'unknown',
      softDeletionTime: undefined,
    });
  });
});
