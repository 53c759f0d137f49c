import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { checkTickets } from '../../src/commands/doctor/check-tickets.ts';
import { createPretendHaloPsa, describePretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { connectWiseSignIn, startFakeConnectWise } from '../support/fake-connectwise.ts';
import { json } from '../support/fake-ticket-server.ts';
import { createHandClock } from '../support/hand-clock.ts';
import type { Check, Finding } from '../../src/commands/doctor/checks.ts';

/** One after the other, as the doctor does. */
async function lookAtAll(checks: readonly Check[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const { look } of checks) found.push(await look());
  return found;
}

it('doctor says of a ticket system whether it lets Locksmith in, and what a note lacks, and writes nothing', async () => {
  const pretend = createPretendHaloPsa();
  const { url } = await pretend.listen();
  const outside = { fetch: globalThis.fetch, clock: createHandClock() };
  const settings = describePretendHaloPsa(url);
  if (settings.kind !== 'halopsa') throw new Error('no HaloPSA');
  const look = (changed: Partial<typeof settings>) =>
    lookAtAll(checkTickets({ ticketSystem: { ...settings, ...changed } }, outside));
  expect((await look({})).map(({ kind }) => kind)).toStrictEqual(['ok', 'ok', 'ok', 'ok']);
  expect((await look({ noteOutcomeId: 99 })).at(-1)).toMatchObject({
    kind: 'refused',
    todo: expect.stringContaining('HALOPSA_NOTE_OUTCOME_ID'),
  });
  const refused = await look({ clientSecret: new Secret('CANARY') });
  expect(refused[0]).toMatchObject({
    kind: 'refused',
    says: 'The ticket system does not let Locksmith in. (unauthorised, status 400)',
  });
  expect(refused[0]).toMatchObject({ todo: expect.stringContaining('Compare the settings') });
  expect(JSON.stringify(refused)).not.toContain('CANARY');
  expect(checkTickets({ ticketSystem: 'off' }, outside)).toStrictEqual([]);
  const timed = checkTickets({ ticketSystem: settings, ticketTimeMinutes: 5 }, outside);
  expect(await timed.at(-1)?.look()).toMatchObject({ kind: 'not-checked', says: expect.stringContaining('time') });
  expect(pretend.actions).toStrictEqual([]);
  await pretend.close();
});

it('doctor says that the API member may not read time entries, where time is entered, and asks not otherwise', async () => {
  const fake = await startFakeConnectWise();
  fake.plant(({ path }) => (path.includes('/time/') ? { kind: 'answer', answer: json(403, {}) } : undefined));
  const { privateKey, ...rest } = connectWiseSignIn;
  const url = `${fake.url}/v4_6_release`;
  const ticketSystem = { kind: 'connectwise', url, privateKey: new Secret(privateKey), ...rest } as const;
  const outside = { fetch: globalThis.fetch, clock: createHandClock() };
  const look = (ticketTimeMinutes?: number) => lookAtAll(checkTickets({ ticketSystem, ticketTimeMinutes }, outside));
  expect((await look()).map(({ kind }) => kind)).toStrictEqual(['ok', 'ok', 'not-checked']);
  const timed = (await look(5)).at(-1);
  expect(timed).toMatchObject({ kind: 'refused', todo: expect.stringContaining('work role') });
  await fake.close();
});

describe('doctor’s remedy for the ticket system', () => {
  const outside = { fetch: globalThis.fetch, clock: createHandClock() };
  const { privateKey, ...rest } = connectWiseSignIn;

  async function lookWith(answer: (path: string) => number | undefined): Promise<readonly Finding[]> {
    const fake = await startFakeConnectWise();
    fake.plant(({ path }) => {
      const status = answer(path);
      return status === undefined ? undefined : { kind: 'answer', answer: json(status, {}) };
    });
    const url = `${fake.url}/v4_6_release`;
    const ticketSystem = { kind: 'connectwise', url, privateKey: new Secret(privateKey), ...rest } as const;
    const found = await lookAtAll(checkTickets({ ticketSystem, ticketTimeMinutes: 5 }, outside));
    await fake.close();
    return found;
  }

  it.each([
    [401, 'refused', 'Compare the settings'],
    [404, 'refused', 'Compare the address'],
    [503, 'not-reachable', 'Wait'],
  ])('follows from the code, and nothing more is asked after the sign-in failed: %i', async (status, kind, todo) => {
    const [first, ...others] = await lookWith(() => status);
    expect(first).toMatchObject({ kind, todo: expect.stringContaining(todo) });
    expect(others.length).toBeGreaterThan(1);
    for (const other of others)
      expect(other).toMatchObject({ kind: 'not-checked', says: expect.stringContaining('not looked at') });
  });

  it('names the right where one is missing, and looks on', async () => {
    const found = await lookWith((path) => (path.includes('/service/tickets') ? 403 : undefined));
    expect(found.map(({ kind }) => kind)).toStrictEqual(['ok', 'refused', 'not-checked', 'ok']);
    expect(found[1]).toMatchObject({ todo: expect.stringContaining('the right to read tickets') });
  });

  it('is none where only the look itself lacks a right that a note does not need', async () => {
    const pretend = createPretendHaloPsa();
    const { url } = await pretend.listen();
    const fetch: typeof globalThis.fetch = (input, init) =>
      new Request(input).url.includes('/Outcome/')
        ? Promise.resolve(new Response('{}', { status: 403 }))
        : globalThis.fetch(input, init);
    const found = await lookAtAll(checkTickets({ ticketSystem: describePretendHaloPsa(url) }, { ...outside, fetch }));
    expect(found.at(-1)).toStrictEqual({
      kind: 'not-checked',
      says: 'only a note itself shows whether notes are taken',
    });
    await pretend.close();
  });
});
