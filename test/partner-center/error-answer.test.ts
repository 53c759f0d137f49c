import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { readNetworkFault } from '../../src/http/exchange.ts';
import { PartnerError, type PartnerErrorCode, partnerErrorCodes } from '../../src/partner-center/index.ts';
import { documentedCodes } from '../contract/partner-center-faults.ts';
import { connect } from './connect.ts';
import errorCodes from './examples/error-codes.json' with { type: 'json' };
import { serving } from './start-strict-server.ts';

const serve = serving();
const profile = { password: new Secret('CANARY-errors-1'), forceChangePassword: true } as const;

describe('a documented refusal', () => {
  it.each(Object.entries(documentedCodes))(
    '%s is %s, for a read and a write, and a write changed nothing',
    async (row, code) => {
      const [status = '', partnerCode = ''] = row.split(' ');
      const httpStatus = Number(status);
      const server = await serve({ status: httpStatus, json: { code: partnerCode, description: 'said so', data: [] } });
      const user = connect(server).customers.byId('customer').users.byId('user');
      await expect(user.get()).rejects.toMatchObject({ code, httpStatus, partnerCode, effect: 'none' });
      await expect(user.resetPassword(profile)).rejects.toMatchObject({
        code,
        httpStatus,
        partnerCode,
        effect: 'none',
      });
    },
  );

  it('is in the table for every row of the published list', () => {
    const rows = errorCodes.rows.filter((row) => row.code !== null && row.httpStatus < 500);
    expect(rows.map((row) => `${row.httpStatus} ${row.code}`).filter((row) => !(row in documentedCodes))).toEqual([]);
  });

  it.each([
    ['a number', JSON.stringify({ code: 900308, description: 'x' })],
    ['PascalCase', JSON.stringify({ Code: '900308', Description: 'x' })],
    ['a byte order mark', `\uFEFF${JSON.stringify({ code: 900308 })}`],
    [
      'JSON with HTML entities inside the description',
      JSON.stringify({ description: '{&quot;code&quot;:&quot;900308&quot;}' }),
    ],
    ['the newer shape', JSON.stringify({ code: '900308', message: 'm', errorName: 'n', isRetryable: false })],
  ])('is understood with its code as %s', async (_shape, text) => {
    const server = await serve({ status: 403, text });
    await expect(connect(server).customers.byId('customer').get()).rejects.toMatchObject({
      code: 'missing-privilege',
      partnerCode: '900308',
    });
  });

  it.each(['', 'The supplied role does not have the rights to perform', '[]', 'null', '{"code":{}}'])(
    'is understood by its status where its body is %j',
    async (text) => {
      const server = await serve({ status: 403, text });
      const answer = connect(server).customers.byId('customer').get();
      await expect(answer).rejects.toMatchObject({ code: 'missing-role', partnerCode: undefined });
    },
  );
});

describe('a refusal that is not documented', () => {
  it.each<[number, string, PartnerErrorCode]>([
    [400, '{"code":4711,"description":"x"}', 'not-accepted'],
    [400, '{"code":"Request_BadRequest"}', 'not-accepted'],
    [400, '{"code":20008,"description":"The password does not meet the requirements"}', 'not-accepted'],
    [400, '', 'not-accepted'],
    [422, '{"message":"Unprocessable"}', 'not-accepted'],
    [406, '', 'bad-request'],
    [413, '{}', 'bad-request'],
    [415, '{"code":3000}', 'bad-request'],
    [410, '{"code":60002}', 'not-found'],
    [423, '{}', 'conflict'],
    [402, '{}', 'refused'],
  ])('%i with %s is %s, with what numbers it has, and a write changed nothing', async (status, text, code) => {
    const server = await serve({ status, text });
    const user = connect(server).customers.byId('customer').users.byId('user');
    await expect(user.get()).rejects.toMatchObject({ code, httpStatus: status });
    await expect(user.resetPassword(profile)).rejects.toMatchObject({ code, httpStatus: status, effect: 'none' });
  });

  it.each([400, 409, 403])(
    '%i is already-exists where its words say so, as nothing else of it is documented',
    async (status) => {
      const server = await serve({ status, json: { code: 600_001, description: 'Permission entry already exists.' } });
      const { applicationConsents } = connect(server).customers.byId('customer');
      const consent = applicationConsents.create({ applicationId: 'a', applicationGrants: [] });
      await expect(consent).rejects.toMatchObject({ code: 'already-exists', effect: 'none' });
    },
  );

  it('is known to be there after a try whose answer was lost, but a reset stays unknown after one', async () => {
    const lost = { status: 503 } as const;
    const there = { status: 409, json: { description: 'Permission entry already exists.' } } as const;
    const { applicationConsents } = connect(await serve(lost, there)).customers.byId('customer');
    const consent = applicationConsents.create({ applicationId: 'a', applicationGrants: [] }, { mayRepeat: true });
    await expect(consent).rejects.toMatchObject({ code: 'already-exists', tries: 2 });
    const user = connect(await serve(lost, there))
      .customers.byId('customer')
      .users.byId('user');
    await expect(user.resetPassword(profile, { mayRepeat: true })).rejects.toMatchObject({ code: 'unknown-result' });
  });

  it('is of a proxy with 407, whatever its form', async () => {
    const server = await serve({ status: 407, text: '{"code":3000}' });
    const user = connect(server).customers.byId('customer').users.byId('user');
    // Native fetch gives no answer with 407 out.
    await expect(user.get()).rejects.toMatchObject({ code: 'no-answer' });
    await expect(user.resetPassword(profile, { freshConnection: true })).rejects.toMatchObject({
      code: 'unknown-result',
      effect: 'unknown',
      httpStatus: 407,
    });
  });
});

describe('a page of something in between', () => {
  it.each([400, 403, 404, 405, 451, 501])('is foreign-answer for a read, with %i', async (status) => {
    const server = await serve({ status, text: '\uFEFF \n<html>proxy</html>' });
    const read = connect(server).customers.byId('customer').get();
    await expect(read).rejects.toMatchObject({ code: 'foreign-answer', httpStatus: status, effect: 'none', tries: 1 });
  });
});

describe('an address that the service does not know', () => {
  it.each([
    [405, '{"code":"1000"}'],
    [501, ''],
    [404, ''],
    [404, '{"statusCode":404,"message":"Resource not found"}'],
    [404, '{"Message":"No HTTP resource was found that matches the request URI"}'],
  ])('is route-unknown for %i %s, and nothing was changed', async (status, text) => {
    const server = await serve({ status, text });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({ code: 'route-unknown', effect: 'none' });
  });

  it.each([
    '{"code":"ResourceNotFound","description":"User does not exist"}',
    '{"error":{"code":"Request_ResourceNotFound","message":"Resource does not exist"}}',
    '{"description":"{&quot;odata.error&quot;:{&quot;code&quot;:&quot;Request_ResourceNotFound&quot;}}"}',
    '{"code":"User60002","message":"m","errorName":"UserNotFound","isRetryable":false}',
  ])('is not assumed where a 404 has a code that is no number: %s', async (text) => {
    const server = await serve({ status: 404, text });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({ code: 'not-found', partnerCode: undefined, effect: 'none' });
  });

  it('is not assumed where a 404 breaks off before it says its code', async () => {
    const server = await serve((response) => {
      response.writeHead(404, { 'Content-Length': '1000' });
      response.write('{"cod', () => response.destroy());
    });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({ code: 'not-found', effect: 'none' });
  });
});

describe('the message of an error', () => {
  it('says for every code what happened, in a whole sentence', () => {
    for (const code of partnerErrorCodes) expect(new PartnerError({ code }).message).toMatch(/^[A-Z].*\.$/);
  });

  it('is that of its code', async () => {
    const server = await serve({ status: 403, json: { code: 900309 } });
    const read = connect(server).customers.byId('customer').get();
    await expect(read).rejects.toThrow("The customer's Conditional Access policy blocked the partner.");
  });
});

function failure(facts: object, cause?: unknown): Error {
  return Object.assign(new TypeError('fetch failed', { cause }), facts);
}

const refused = failure({ code: 'ECONNREFUSED', syscall: 'connect' });
const reset = failure({ code: 'ECONNRESET', syscall: 'read' });
const circle = failure({});
circle.cause = circle;

describe('what fetch threw', () => {
  it.each([
    ['a refused connection', refused],
    ['no such host', failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['every address refused', failure({}, new AggregateError([refused, refused]))],
    ['a connection that did not come about in time', failure({}, failure({ code: 'UND_ERR_CONNECT_TIMEOUT' }))],
    ['a certificate for another host', failure({}, failure({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }))],
  ])('says of %s that nothing was sent', (_name, error) => {
    expect(readNetworkFault(error)).toMatchObject({ code: 'not-connected', effect: 'none' });
    expect(readNetworkFault(failure({}, error))).toMatchObject({ code: 'not-connected', effect: 'none' });
  });

  it.each([
    ['a reset', reset],
    ['no error at all', 'ECONNREFUSED'],
    ['nothing', undefined],
    ['an error without a code', failure({})],
    ['an error that causes itself', circle],
    ['one address refused and one reset', failure({}, new AggregateError([refused, reset]))],
    ['an aggregate of nothing', new AggregateError([])],
    ['a host that became unreachable while it answered', failure({ code: 'EHOSTUNREACH', syscall: 'read' })],
    ['a connection the other side closed', failure({}, failure({ code: 'UND_ERR_SOCKET' }))],
  ])('says of %s that a write may have been applied', (_name, error) => {
    expect(readNetworkFault(error)).toMatchObject({ code: 'no-answer', effect: 'unknown' });
  });
});
