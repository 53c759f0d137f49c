import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Secret } from '../../src/base/secret.ts';
import { PartnerError } from '../../src/partner-center/index.ts';
import { connect } from './connect.ts';
import resetResponse from './examples/reset-user-password.response.json' with { type: 'json' };
import { generatedAnswers, planted } from './generated-answers.ts';
import { startStrictServer, type StrictServer } from './start-strict-server.ts';

const password = new Secret(planted);
const runs = { numRuns: 150 };

let server: StrictServer;
let next: { status: number; text: string; retryAfter: string } = { status: 200, text: '', retryAfter: '' };
beforeAll(async () => {
  server = await startStrictServer((response) => {
    const headers = { 'Content-Type': 'application/json', 'Retry-After': next.retryAfter };
    if ([204, 205, 304].includes(next.status)) {
      response.writeHead(next.status, headers);
      response.end();
    } else {
      response.writeHead(next.status, headers);
      response.end(next.text);
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

/** Whether an answer is the user who was to be changed, and so proves the change. */
function isTheUser({ status, text }: typeof next): boolean {
  if (status === 204) return false;
  try {
    const body: { readonly id?: unknown; readonly Id?: unknown } | null = JSON.parse(text.replace(/^\uFEFF/, ''));
    return (body?.id ?? body?.Id) === resetResponse.body.id;
  } catch {
    return false;
  }
}

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
      () => Array.fromAsync(customer.users.query()),
      () => customer.users.byId('u').get(),
      () => customer.users.byId('u').directoryRoles.get(),
    ];
    await fc.assert(
      fc.asyncProperty(generatedAnswers, fc.nat(reads.length - 1), async (answer, which) => {
        next = answer;
        const error = await failureOf(reads[which]?.() ?? Promise.resolve());
        expect(error === undefined || error instanceof PartnerError).toBe(true);
        expect(leaks(error)).toBe(false);
      }),
      runs,
    );
  });

  it('a reset is applied with 2xx and the user in it, and a PartnerError without, and nothing holds the password', async () => {
    const user = connect(server).customers.byId('c').users.byId(resetResponse.body.id);
    await fc.assert(
      fc.asyncProperty(generatedAnswers, fc.boolean(), fc.boolean(), async (answer, mayRepeat, freshConnection) => {
        next = answer;
        const call = user.resetPassword({ password, forceChangePassword: true }, { mayRepeat, freshConnection });
        const error = await failureOf(call);
        expect(error === undefined).toBe(answer.status < 300 && isTheUser(answer));
        expect(error === undefined || error instanceof PartnerError).toBe(true);
        if (error instanceof PartnerError && answer.status < 400) {
          expect(error).toMatchObject({ code: 'unknown-result', effect: 'unknown' });
        }
        expect(leaks(error)).toBe(false);
      }),
      runs,
    );
  });

  it('the documented answer to a reset gives a receipt without the password it repeats', async () => {
    const body = { ...resetResponse.body, passwordProfile: { password: planted, forceChangePassword: false } };
    next = { status: 200, text: JSON.stringify(body), retryAfter: '' };
    const user = connect(server).customers.byId('c').users.byId(resetResponse.body.id);
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
