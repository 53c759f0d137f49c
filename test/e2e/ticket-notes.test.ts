import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../src/reset/policy/policy.ts';
import { createPretendHaloPsa, describePretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { jsonAnswer } from '../../src/sandbox/loopback-http.ts';
import { runCommand } from '../commands/audit/audit-house.ts';
import { auditKey } from '../support/audit-key.ts';
import { createMovableClock, type MovableClock } from '../support/movable-clock.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, passwordIn, robin, type TeamsPerson } from '../support/teams-person.ts';

const sam = { name: 'Sam Second', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', id: '29:sam' };
const group = { id: '19:second-line@thread.v2', conversationType: 'groupChat' };
const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
const adele = 'adele.vance@contosobikes.onmicrosoft.com';
const sentence = `reset ${adele} at contoso bikes`;
const proof = { verification: 'In person', ticket: '#4711' };

let pretend: ReturnType<typeof createPretendHaloPsa>;
let policy: { -readonly [Key in keyof Policy]?: Policy[Key] };
let clock: MovableClock;
let house: House;

beforeEach(async () => {
  pretend = createPretendHaloPsa();
  policy = {};
  clock = createMovableClock();
  const { url } = await pretend.listen();
  const durations = { lease: 45_000, resetTry: 25_000, poll: 50 };
  house = await startHouse({
    ticketSystem: describePretendHaloPsa(url),
    policy,
    graph: 'on',
    platform: { clock, durations },
  });
  for (const { name, aadObjectId, id } of [robin, sam])
    house.connector.addMember({
      id,
      aadObjectId,
      name,
      userPrincipalName: `${id.slice(3)}@x.example`,
      tenantId: 'here',
    });
});
afterEach(async () => {
  // It also looks for passwords, tokens and keys in the database, in which notes wait.
  await house.stop();
  await pretend.close();
});

const alone = () => createTeamsPerson(house, robin, { id: 'a:robin', conversationType: 'personal' });
const until = async (isSo: () => boolean | Promise<boolean>) => {
  for (let looked = 0; looked < 400 && !(await isSo()); looked += 1) await wait(25);
};

const environment = () => ({
  DATABASE_URL: `sqlite:${house.folder}/locksmith.db`,
  AUDIT_KEY: auditKey.reveal((key) => key),
});
const notesCommand = (...args: string[]) => runCommand(['notes', ...args], environment());
/** The kinds that the trail has about notes, in order. */
const aboutNotes = async () => {
  const { output } = await runCommand(['export'], environment());
  return [...output.matchAll(/"(note-[a-z-]+)"/g)].map(([, kind]) => kind);
};
/** The notes of the ticket once there are so many, and no more a few polls later. */
const notes = async (count: number) => {
  await until(() => pretend.actions.length >= count);
  await wait(300);
  expect(pretend.actions).toHaveLength(count);
  for (const action of pretend.actions) expect(action).toMatchObject({ ticketId: 4711, isHiddenFromUser: true });
  return pretend.actions.map(({ html }) => html);
};
const reset = async (technician: TeamsPerson) => {
  await technician.say(sentence);
  await technician.press(await technician.card('confirmation'), 'Reset password', proof);
  await technician.card('outcome-reset');
  return technician.card('direct-message', technician.directChat);
};
const history = async () => {
  await alone().say('history');
  return JSON.stringify((await alone().card('history')).card);
};
const askInGroup = async () => {
  policy.approval = 'always';
  const technician = createTeamsPerson(house, robin, group);
  await technician.say(`<at>Locksmith</at> ${sentence}`, { entities: [mention] });
  await technician.press(await technician.card('confirmation'), 'Ask for approval', proof);
  return { technician, asked: await technician.card('approval'), approver: createTeamsPerson(house, sam, group) };
};

describe('a note, over HTTP', () => {
  it('of a delivered reset says who, whom, how the caller was verified and the correlation id, and not the password', async () => {
    const message = await reset(alone());
    const [note] = await notes(1);
    for (const part of [
      'Locksmith reset the password',
      'Adele Vance',
      adele,
      'Contoso Bikes',
      'Robin Tech',
      'In person',
    ])
      expect(note).toContain(part);
    const said = house.log.find((line) => line.includes('"kind":"delivered"')) ?? '';
    expect(note).toContain(/"correlationId":"([^"]+)"/.exec(said)?.[1]);
    expect(note).not.toContain(passwordIn(message.card));
    expect(await aboutNotes()).toStrictEqual(['note-owed', 'note-begun', 'note-taken']);
  });

  it('of an approved one names who approved it', async () => {
    const { technician, asked, approver } = await askInGroup();
    await approver.press(asked, 'Approve');
    await technician.card('direct-message', technician.directChat);
    expect((await notes(1))[0]).toContain('Approved by: Sam Second');
  });

  it('of a declined one says that nothing was changed, and who declined', async () => {
    const { asked, approver } = await askInGroup();
    await approver.press(asked, 'Decline');
    const [note] = await notes(1);
    expect(note).toContain('A second person declined');
    expect(note).toContain('Declined by: Sam Second');
  });

  it('of one that nobody approved in time says so', async () => {
    const { asked, approver } = await askInGroup();
    clock.advance(2 * 3_600_000);
    await approver.press(asked, 'Approve');
    expect((await notes(1))[0]).toContain('was not approved in time');
  });

  it('of one that was refused after the press says why', async () => {
    policy.limits = { perTechnicianPerHour: 9, perCustomerPerHour: 9, perUserPerDay: 1, overallPerHour: 9 };
    const technician = alone();
    await reset(technician);
    await technician.say(sentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    const [, note] = await notes(2);
    expect(note).toContain('Locksmith refused to reset the password. Nothing was changed.');
    expect(note).toContain('Because: ');
  });

  it('of a sign-out comes after that of its reset', async () => {
    const technician = alone();
    const message = await reset(technician);
    await technician.press(message, 'Sign out everywhere', {}, technician.directChat);
    const [first, second] = await notes(2);
    expect(first).toContain('Locksmith reset the password');
    expect(second).toContain('signed out everywhere');
  });

  it('that waits while the system is down holds no password, keeps no reset back, and is taken once after a restart', async () => {
    pretend.plant((call) => (call.method === 'POST' ? { kind: 'lost' } : undefined));
    const message = await reset(alone());
    const password = passwordIn(message.card) ?? 'missing';
    await until(async () => (await aboutNotes()).includes('note-put-off'));
    const kept = house.data();
    expect(kept).toContain('ticket_notes');
    expect(kept).toContain('"outcome":"delivered"');
    expect(kept).not.toContain(password);
    expect(password).not.toBe('missing');
    await alone().say('status');
    expect(JSON.stringify((await alone().card('status')).card)).toContain(
      'The note on what happened is not in ticket 4711 (Adele Vance) yet.',
    );
    expect(await history()).toContain('ticket #4711 (the note is not there yet)');
    pretend.plant(() => undefined);
    await house.restart();
    clock.advance(11_000);
    expect((await notes(1))[0]).not.toContain(password);
    await alone().say('status');
    expect(JSON.stringify((await alone().card('status')).card)).not.toContain('The note on what happened');
    expect(await history()).not.toContain('the note is not there');
  });

  it('that was given up is shown with its reason and text by a command beside the bot, and sent again once, in order', async () => {
    pretend.plant((call) => (call.method === 'POST' ? { kind: 'answer', answer: jsonAnswer(503, {}) } : undefined));
    const message = await reset(alone());
    const password = passwordIn(message.card) ?? 'missing';
    await until(async () => (await aboutNotes()).includes('note-put-off'));
    clock.advance(73 * 3_600_000);
    await until(async () => (await aboutNotes()).includes('note-given-up'));
    // The alarm is raised once the record is on the disk.
    await until(() => house.alarms.length > 0);
    expect(house.alarms).toMatchObject([{ kind: 'ticket-note-given-up', ticket: '4711', why: 'unavailable' }]);
    expect(await history()).toContain('ticket #4711 (without a note: write it yourself)');
    const shown = await notesCommand();
    expect(shown).toMatchObject({ status: 0 });
    for (const part of ['Given up: 1.', 'Ticket 4711', 'given up', '(unavailable, status 503)', 'Adele Vance'])
      expect(shown.output).toContain(part);
    expect(shown.output).not.toContain(password);
    const [, reference = ''] = / · ([A-Z\d]{4}-[A-Z\d]{4}) · /.exec(shown.output) ?? [];
    expect(await notesCommand('--resend', '4712')).toMatchObject({ status: 1 });
    expect(pretend.actions).toStrictEqual([]);
    pretend.plant(() => undefined);
    expect(await notesCommand('--resend', reference.toLowerCase())).toMatchObject({ status: 0 });
    expect((await notes(1))[0]).toContain(`Reference: ${reference}`);
    expect((await aboutNotes()).slice(-3)).toStrictEqual(['note-resent', 'note-begun', 'note-taken']);
    expect((await notesCommand()).output).toBe('Notes that wait: 0. Given up: 0.\n');
    const verified = await runCommand(['verify'], environment());
    expect(verified).toMatchObject({ status: 0 });
  });
});
