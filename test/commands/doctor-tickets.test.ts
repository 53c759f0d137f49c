import { expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { checkTickets } from '../../src/commands/doctor/check-tickets.ts';
import { createPretendHaloPsa, describePretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { createHandClock } from '../support/hand-clock.ts';

it('doctor says of a ticket system whether it lets Locksmith in, and what a note lacks, and writes nothing', async () => {
  const pretend = createPretendHaloPsa();
  const { url } = await pretend.listen();
  const outside = { fetch: globalThis.fetch, clock: createHandClock() };
  const settings = describePretendHaloPsa(url);
  if (settings.kind !== 'halopsa') throw new Error('no HaloPSA');
  const look = (changed: Partial<typeof settings>) =>
    Promise.all(checkTickets({ ...settings, ...changed }, outside).map((check) => check.look()));
  expect((await look({})).map(({ kind }) => kind)).toStrictEqual(['ok', 'ok', 'ok', 'ok']);
  expect((await look({ noteOutcomeId: 99 })).at(-1)).toMatchObject({
    kind: 'refused',
    todo: expect.stringContaining('HALOPSA_NOTE_OUTCOME_ID'),
  });
  const refused = await look({ clientSecret: new Secret('CANARY') });
  expect(refused[0]).toMatchObject({ kind: 'refused', says: 'the ticket system: unauthorised (400)' });
  expect(JSON.stringify(refused)).not.toContain('CANARY');
  expect(checkTickets('off', outside)).toStrictEqual([]);
  expect(pretend.actions).toStrictEqual([]);
  await pretend.close();
});
