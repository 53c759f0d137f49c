import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { Secret } from '../../src/base/index.ts';
import { asLocation } from '../../src/graph/index.ts';
import { callId, playGraph, readExamples, refusal, tenantId, userId } from './play-graph.ts';

const password = new Secret('CANARY-Maple-harbor-27');
const operation = `https://graph.microsoft.com/v1.0/users/${userId}/authentication/operations/c4a7e0b2?aadgdc=DUB02P&aadgsu=ssprprod-a`;
const refused = new Error('connect', { cause: Object.assign(new Error('x'), { syscall: 'connect' }) });

describe('a reset with write-back', () => {
  it('posts the password alone, and gives the location as it came', async () => {
    const { graph, sent } = playGraph([
      { status: 202, json: {}, headers: { Location: operation, 'Retry-After': '2.128' } },
    ]);
    const { passwordMethod } = graph.with({ correlationId: callId }).tenant(tenantId).users.byId(userId).authentication;
    expect(await passwordMethod.resetPassword(password)).toEqual({
      location: operation,
      retryAfterMilliseconds: 2128,
      clientRequestId: callId,
    });
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: `https://graph.microsoft.com/v1.0/users/${userId}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword`,
        body: '{"newPassword":"CANARY-Maple-harbor-27"}',
        headers: { 'client-request-id': callId },
      },
    ]);
  });

  it.each([
    { status: 202, json: {} },
    { status: 200, json: {}, headers: { Location: operation } },
    { status: 202, json: {}, headers: { Location: 'https://evil.example/v1.0/operations/1' } },
    { status: 202, json: {}, headers: { Location: operation.replace(userId, tenantId) } },
    { status: 202, json: {}, headers: { Location: operation.replace(/authentication.*$/, 'revokeSignInSessions') } },
    { status: 202, json: {}, headers: { Location: 'https://graph.microsoft.com/v1.0/me' } },
    { status: 202, text: '<html>', headers: { Location: operation, 'Content-Type': 'text/html' } },
    { status: 500, json: { error: { code: 'x' } } },
    { status: 302, headers: { Location: 'https://evil.example' } },
    { status: 401, text: '<html>Sign in to the proxy', headers: { 'Content-Type': 'text/html' } },
    { status: 401, text: '<html>Sign in to the proxy' },
    { status: 401, json: { message: 'Sign in to the proxy' } },
    { status: 410, text: '<html>Gone', headers: { 'Content-Type': 'text/html' } },
    { fails: new Error('socket hang up') },
  ])('has an unknown outcome where no operation of Graph can be asked: %j', async (answer) => {
    const { graph, sent } = playGraph([answer]);
    const reset = graph.tenant(tenantId).users.byId(userId).authentication.passwordMethod.resetPassword(password);
    await expect(reset).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown', tries: 1 });
    expect(sent).toHaveLength(1);
  });

  it('is tried again with the same password and id where the caller says that it may, and then a refusal proves nothing', async () => {
    const complexity = 'The specified password does not comply with password complexity requirements.';
    const { graph, sent } = playGraph([{ status: 503 }, refusal(400, 'Request_BadRequest', complexity)]);
    const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
    await expect(passwordMethod.resetPassword(password, { mayRepeat: true })).rejects.toMatchObject({
      code: 'unknown-result',
      tries: 2,
    });
    expect(sent[0]).toEqual(sent[1]);
  });

  it.each([{ status: 401 }, refusal(401, 'InvalidAuthenticationToken')])(
    'is sent once more, with a fresh token, where Graph itself refuses the token: %j',
    async (answer) => {
      const { graph, tokens } = playGraph([answer]);
      const reset = graph.tenant(tenantId).users.byId(userId).authentication.passwordMethod.resetPassword(password);
      await expect(reset).rejects.toMatchObject({ code: 'token-refused', effect: 'none', tries: 2 });
      expect(tokens).toEqual([tenantId, `${tenantId} fresh`]);
    },
  );

  it('changed nothing where no connection came about', async () => {
    const { graph } = playGraph([{ fails: refused }]);
    const reset = graph.tenant(tenantId).users.byId(userId).authentication.passwordMethod.resetPassword(password);
    await expect(reset).rejects.toMatchObject({ code: 'not-connected', effect: 'none' });
  });

  it('keeps the password out of its error', async () => {
    const { graph } = playGraph([refusal(400, 'Request_BadRequest', 'CANARY-Maple-harbor-27 does not comply')]);
    const reset = graph.tenant(tenantId).users.byId(userId).authentication.passwordMethod.resetPassword(password);
    const error = await reset.catch((failure: unknown) => failure);
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('CANARY');
  });

  const states = readExamples('graph-reset-operation.response');
  it.each([
    ['running', 200, 'running', undefined],
    ['succeeded', 200, 'succeeded', 'ResetSuccess'],
    ['succeeded', 202, 'succeeded', 'ResetSuccess'],
    ['failed', 200, 'failed', '(text not published)'],
  ])('is told as %s, with HTTP %i, by its status', async (state, status, told, detail) => {
    const { graph, sent } = playGraph([{ status, json: states[state]?.body }]);
    const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
    expect(await passwordMethod.operation(asLocation(operation))).toEqual({ status: told, detail });
    expect(sent[0]?.url).toBe(operation);
  });

  it('is still running in a state that is not known yet', async () => {
    const { graph } = playGraph([{ status: 200, json: { status: 'unknownFutureValue' } }]);
    const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
    expect(await passwordMethod.operation(asLocation(operation))).toMatchObject({ status: 'running' });
  });

  it('is never asked of another person’s operation, or of another call', async () => {
    for (const location of [operation.replace(userId, tenantId), operation.replace(/authentication.*$/, 'manager')]) {
      const { graph, sent } = playGraph([{ status: 200, json: { status: 'succeeded' } }]);
      const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
      await expect(passwordMethod.operation(asLocation(location))).rejects.toMatchObject({ code: 'unreadable-answer' });
      expect(sent).toEqual([]);
    }
  });

  it.each([
    'https://graph.microsoft.com/v1.0//users/ID/authentication/operations/1',
    'https://graph.microsoft.com/v1.0/%75sers/ID/authentication/operations/1',
    'https://graph.microsoft.com/v1.0/users(%27ID%27)/authentication/operations/1',
    'https://graph.microsoft.com/v1.0/directory/users/ID/operations/1',
    'https://graph.microsoft.com/v1.0/directory%2fusers%2fID/operations/1',
    'https://graph.microsoft.com/v1.0/me/authentication/operations/1',
    'https://graph.microsoft.com/v1.0/%/operations/1',
  ])('is never asked of somebody else, however the address writes them: %s', async (written) => {
    const { graph, sent } = playGraph([{ status: 200, json: { status: 'succeeded' } }]);
    const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
    const asked = passwordMethod.operation(asLocation(written.replace('ID', tenantId)));
    await expect(asked).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(sent).toEqual([]);
  });

  it.each(['/users/ID/authentication/operations/1', "/users('ID')/authentication/operations/1", '/operations/1'])(
    'is asked where the address is of this person, or names nobody: %s',
    async (path) => {
      const { graph, sent } = playGraph([{ status: 200, json: { id: '1', status: 'succeeded' } }]);
      const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
      await passwordMethod.operation(asLocation(`https://graph.microsoft.com/v1.0${path.replace('ID', userId)}`));
      expect(sent).toHaveLength(1);
    },
  );

  it('is never asked of another host', async () => {
    const { graph, sent } = playGraph([{ status: 200, json: { status: 'succeeded' } }]);
    const { passwordMethod } = graph.tenant(tenantId).users.byId(userId).authentication;
    const asked = passwordMethod.operation(asLocation('https://evil.example/v1.0/operations/1'));
    await expect(asked).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(sent).toEqual([]);
  });
});

describe('a Temporary Access Pass', () => {
  const example = readExamples('graph-temporary-access-pass.response');

  it.each([
    ['usable', true, 'EnabledByPolicy'],
    ['disabledByPolicy', false, 'DisabledByPolicy'],
  ])('is a secret, and tells that it is %s', async (state, isUsable, usabilityReason) => {
    const { graph, sent } = playGraph([{ status: 201, json: example[state]?.body }]);
    const { temporaryAccessPassMethods } = graph.tenant(tenantId).users.byId(userId).authentication;
    const made = await temporaryAccessPassMethods.create({ lifetimeInMinutes: 60, isUsableOnce: true });
    expect(made).toMatchObject({ isUsable, usabilityReason, lifetimeInMinutes: 60, isUsableOnce: true });
    expect(made.pass?.reveal((text) => text)).toBe('Q7+mVr2K');
    expect(inspect(made)).not.toContain('Q7+mVr2K');
    expect(sent).toMatchObject([{ method: 'POST', body: '{"lifetimeInMinutes":60,"isUsableOnce":true}' }]);
  });

  it('may have been made where the answer cannot be read', async () => {
    const { graph } = playGraph([{ status: 201, json: {} }]);
    const made = graph.tenant(tenantId).users.byId(userId).authentication.temporaryAccessPassMethods.create();
    await expect(made).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown' });
  });

  it('may have been made where a proxy has replaced the answer by its own 401, and is asked for once', async () => {
    const { graph, sent } = playGraph([{ status: 401, text: '<html>', headers: { 'Content-Type': 'text/html' } }]);
    const made = graph.tenant(tenantId).users.byId(userId).authentication.temporaryAccessPassMethods.create();
    await expect(made).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown' });
    expect(sent).toHaveLength(1);
  });

  it('is listed without its text', async () => {
    const { graph } = playGraph([
      { status: 200, json: { value: [{ id: '1', temporaryAccessPass: null, isUsable: true }] } },
    ]);
    const listed = graph.tenant(tenantId).users.byId(userId).authentication.temporaryAccessPassMethods.list();
    expect(await listed).toMatchObject([{ id: '1', pass: undefined, isUsable: true }]);
  });
});

describe('signing out everywhere', () => {
  it('posts nothing but the call', async () => {
    const { graph, sent } = playGraph([{ status: 200, json: { value: true } }]);
    await graph.tenant(tenantId).users.byId(userId).revokeSignInSessions();
    expect(sent).toMatchObject([
      { method: 'POST', url: `https://graph.microsoft.com/v1.0/users/${userId}/revokeSignInSessions`, body: null },
    ]);
  });

  it('is not done where Graph says so', async () => {
    const { graph } = playGraph([{ status: 200, json: { value: false } }]);
    const revoked = graph.tenant(tenantId).users.byId(userId).revokeSignInSessions();
    await expect(revoked).rejects.toMatchObject({ code: 'unknown-result' });
  });
});
