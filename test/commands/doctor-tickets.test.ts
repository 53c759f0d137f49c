import { expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { checkTickets } from '../../src/commands/doctor/check-tickets.ts';
import { createPretendHaloPsa, describePretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { connectWiseSignIn, startFakeConnectWise } from '../support/fake-connectwise.ts';
import { json } from '../support/fake-ticket-server.ts';
import { createHandClock } from '../support/hand-clock.ts';

it('doctor says of a ticket system whether it lets Locksmith in, and what a note lacks, and writes nothing', async () => {
  const pretend = createPretendHaloPsa();
  const { url } = await pretend.listen();
  const outside = { fetch: globalThis.fetch, clock: createHandClock() };
  const settings = describePretendHaloPsa(url);
  if (settings.kind !== 'halopsa') throw new Error('no HaloPSA');
  const look = (changed: Partial<typeof settings>) =>
    Promise.all(checkTickets({ ticketSystem: { ...settings, ...changed } }, outside).map((check) => check.look()));
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
  const look = (ticketTimeMinutes?: number) =>
    Promise.all(checkTickets({ ticketSystem, ticketTimeMinutes }, outside).map((check) => check.look()));
  expect((await look()).map(({ kind }) => kind)).toStrictEqual(['ok', 'ok', 'not-checked']);
  const timed = (await look(5)).at(-1);
  expect(timed).toMatchObject({ kind: 'refused', todo: expect.stringContaining('work role') });
  await fake.close();
});
