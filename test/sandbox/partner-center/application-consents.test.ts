import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Running, startPretend } from './start-pretend.ts';

const body = {
  applicationId: 'a1b2c3d4-1111-4222-8333-444455556666',
  applicationGrants: [{ enterpriseApplicationId: '00000003-0000-0000-c000-000000000000', scope: 'User.Read.All,A.B' }],
};

describe('a consent for an application', () => {
  let running: Running;
  let path: string;

  beforeAll(async () => {
    running = await startPretend();
    path = `/v1/customers/${running.pretend.data.customers[0]?.id ?? ''}/applicationconsents`;
  });

  afterAll(() => running.pretend.close());

  it.each([
    ['no application', { ...body, applicationId: 'x' }],
    ['a scope with spaces', { ...body, applicationGrants: [{ ...body.applicationGrants[0], scope: 'A B' }] }],
    ['no grant', { ...body, applicationGrants: [] }],
    ['another service', { ...body, applicationGrants: [{ enterpriseApplicationId: 'x', scope: 'A' }] }],
  ])('is not understood with %s', async (_, sent) => {
    expect((await running.send(path, { method: 'POST', body: sent })).status).toBe(400);
    expect(running.pretend.consents.size).toBe(0);
  });

  it('is made once, and there already the second time', async () => {
    expect((await running.send(path, { method: 'POST', body })).status).toBe(201);
    const second = await running.send(path, { method: 'POST', body });
    expect(second.status).toBe(409);
    expect(second.text).toContain('Permission entry already exists');
    expect([...running.pretend.consents.values()]).toEqual([['User.Read.All', 'A.B']]);
  });

  it('is for customers alone', async () => {
    const unknown = '/v1/customers/11111111-2222-4333-8444-555555555555/applicationconsents';
    expect((await running.send(unknown, { method: 'POST', body })).status).toBe(404);
    expect((await running.send(path)).status).toBe(405);
  });
});
