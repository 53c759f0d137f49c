import { afterEach, describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { describeStandingNotes } from '../../../src/texts/standing-notes.ts';
import { reachPastTheStore } from '../../support/past-the-store.ts';
import { createPretendTickets } from '../../support/pretend-tickets.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said, sam } from '../../support/reset-world.ts';

const hour = 3_600_000;

let world: ResetWorld | undefined;

afterEach(async () => {
  await world?.close();
});

async function open() {
  const pretend = createPretendTickets();
  world = await createResetWorld({ tickets: pretend.tickets });
  return { world, pretend };
}

/** Asks, confirms with a ticket, and waits for the end of the request. */
async function reset(house: ResetWorld, bot: Process, ticket = '4711'): Promise<ResetRequest> {
  const request = await house.ask(bot);
  const pressed = await bot.resets.confirm(request.id, robin, { ...said, ticket });
  if (pressed.kind !== 'begun') throw new Error(`not begun: ${pressed.kind}`);
  return pressed.done;
}

describe('a note', () => {
  it('is written once a reset was delivered, and tells who, whom, when and how, and no secret', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    const done = await reset(house, bot);
    await house.pass(5000);
    expect(pretend.notes).toHaveLength(1);
    const [note] = pretend.notes;
    expect(note).toMatchObject({
      ticket: '4711',
      outcome: 'delivered',
      at: done.deliveredAt,
      technician: robin.name,
      verification: 'In person',
      correlationId: done.correlationId,
      user: { userPrincipalName: done.target.user.userPrincipalName },
    });
    for (const part of ['Ann Lee', robin.name, 'In person', done.correlationId, note?.id])
      expect(note?.text).toContain(part);
    for (const password of house.made) expect(JSON.stringify(note)).not.toContain(password);
    const kinds = (await house.readTrail()).map(({ kind }) => kind).filter((kind) => kind.startsWith('note-'));
    expect(kinds).toStrictEqual(['note-owed', 'note-begun', 'note-taken']);
    await bot.resets.stop();
  });

  it('is owed by the same transaction as the outcome, or not at all', async () => {
    const { world: house } = await open();
    const bot = house.boot('one');
    await reset(house, bot);
    const trail = await house.readTrail();
    const at = trail.findIndex(({ kind }) => kind === 'delivered');
    expect(trail[at + 1]).toMatchObject({ kind: 'note-owed', number: (trail[at]?.number ?? 0) + 1 });
  });

  it('is owed by nothing without a ticket, or with a number that the system cannot have', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    await reset(house, bot, '');
    await reset(house, bot, 'T-4711');
    await house.pass(5000);
    expect(pretend.tries).toStrictEqual([]);
    await bot.resets.stop();
  });

  it('is owed by a refusal after the press, and says why', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    const request = await house.ask(bot);
    house.partner.change({ state: 'deleted' });
    const pressed = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
    if (pressed.kind === 'begun') await pressed.done;
    await house.pass(5000);
    expect(pretend.notes[0]).toMatchObject({ outcome: 'refused' });
    expect(pretend.notes[0]?.text).toContain('This account is deleted.');
    await bot.resets.stop();
  });

  it('whose answer was lost is looked for before the second try, and stands there once', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.faults.push('unanswered');
    await reset(house, bot);
    await house.pass(60_000);
    expect(pretend.notes).toHaveLength(1);
    expect(pretend.tries).toHaveLength(1);
    expect(pretend.searches).toHaveLength(1);
    await bot.resets.stop();
  });

  it('waits as long as the system asks for', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.faults.push({ againAt: house.clock.now() + hour });
    await reset(house, bot);
    await house.pass(hour / 2);
    expect(pretend.tries).toHaveLength(1);
    await house.pass(hour / 2 + 60_000);
    expect(pretend.notes).toHaveLength(1);
    await bot.resets.stop();
  });

  it('outlives a day in which the system is down, in order with the others of its ticket', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.setDown(true);
    const first = await reset(house, bot);
    await house.pass(hour);
    const second = await reset(house, bot);
    expect(second.state).toBe('delivered');
    await house.pass(24 * hour);
    expect(pretend.notes).toStrictEqual([]);
    pretend.setDown(false);
    await house.pass(13 * hour);
    expect(pretend.notes.map(({ correlationId }) => correlationId)).toStrictEqual([
      first.correlationId,
      second.correlationId,
    ]);
    expect(house.alarms).toStrictEqual([]);
    await bot.resets.stop();
  });

  it('is given up after three days with an alarm, and never sent again', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.setDown(true);
    const done = await reset(house, bot);
    await house.pass(71 * hour);
    expect(house.alarms).toStrictEqual([]);
    expect(await bot.resets.standingNotes(robin)).toStrictEqual({
      waiting: [{ ticket: '4711', person: 'Ann Lee' }],
      givenUp: [],
    });
    expect(await bot.resets.standingNotes(sam)).toStrictEqual({ waiting: [], givenUp: [] });
    await house.pass(2 * hour);
    const given = await bot.resets.standingNotes(robin);
    expect(given).toStrictEqual({ waiting: [], givenUp: [{ ticket: '4711', person: 'Ann Lee' }] });
    expect(describeStandingNotes(given)).toStrictEqual([expect.stringContaining('do it yourself: 4711 (Ann Lee).')]);
    expect(house.alarms).toMatchObject([
      { kind: 'ticket-note-given-up', correlationId: done.correlationId, why: 'unavailable' },
    ]);
    const tries = pretend.tries.length + pretend.searches.length;
    pretend.setDown(false);
    await house.pass(30 * hour);
    expect(pretend.tries.length + pretend.searches.length).toBe(tries);
    expect(pretend.notes).toStrictEqual([]);
    await bot.resets.stop();
  });

  it.each(['before', 'after'] as const)(
    'stands there once, wherever its process was killed: %s a call',
    async (when) => {
      for (let call = 1; call <= 6; call += 1) {
        const { world: house, pretend } = await open();
        const first = house.boot('one');
        await reset(house, first);
        first.power.cutAt(first.power.calls + call, when);
        first.resets.start();
        await house.pass(5000);
        first.power.cut();
        const second = house.boot('two');
        second.resets.start();
        await house.pass(10 * 60_000);
        expect(pretend.notes).toHaveLength(1);
        await second.resets.stop();
        await house.close();
        world = undefined;
      }
    },
  );

  it('is sent by one of two instances alone', async () => {
    const { world: house, pretend } = await open();
    const [one, two] = [house.boot('one'), house.boot('two')];
    await reset(house, one);
    one.resets.start();
    two.resets.start();
    await house.pass(10 * 60_000);
    expect(pretend.tries).toHaveLength(1);
    expect(pretend.notes).toHaveLength(1);
    await one.resets.stop();
    await two.resets.stop();
  });

  it('is tried again after a minute without any answer, within its lease', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.faults.push('hangs');
    await reset(house, bot);
    await house.pass(62_000);
    expect(pretend.notes).toStrictEqual([]);
    await house.pass(15_000);
    expect(pretend.searches).toHaveLength(1);
    expect(pretend.notes).toHaveLength(1);
    const putOff = (await house.readTrail()).filter(({ kind }) => kind === 'note-put-off');
    expect(putOff).toMatchObject([{ facts: { why: 'timeout', tries: 1 } }]);
    await bot.resets.stop();
  });

  it('holds up no reset while the system gives no answer at all', async () => {
    const { world: house, pretend } = await open();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.faults.push('hangs');
    await reset(house, bot);
    await house.pass(5000);
    const before = house.clock.now();
    expect((await reset(house, bot, '4712')).state).toBe('delivered');
    expect(house.clock.now()).toBe(before);
    bot.power.cut();
  });
});

describe('time with a note', () => {
  const openTimed = async () => {
    const pretend = createPretendTickets();
    let timeMinutes: number | undefined = 5;
    const tickets = {
      ...pretend.tickets,
      get timeMinutes() {
        return timeMinutes;
      },
    };
    world = await createResetWorld({ tickets });
    const setMinutes = (minutes: number | undefined): void => {
      timeMinutes = minutes;
    };
    return { world, pretend, tickets, setMinutes };
  };

  it('is that of a delivered reset, the same in every try, whatever the setting is by then', async () => {
    const { world: house, pretend, setMinutes } = await openTimed();
    const bot = house.boot('one');
    bot.resets.start();
    pretend.faults.push('away');
    await reset(house, bot);
    await house.pass(5000);
    setMinutes(undefined);
    await house.pass(60_000);
    expect(pretend.notes).toMatchObject([{ outcome: 'delivered', minutes: 5 }]);
    await bot.resets.stop();
  });

  it('is none of what was refused', async () => {
    const { world: house, pretend } = await openTimed();
    const bot = house.boot('one');
    bot.resets.start();
    const request = await house.ask(bot);
    house.partner.change({ state: 'deleted' });
    const pressed = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
    if (pressed.kind === 'begun') await pressed.done;
    await house.pass(5000);
    expect(pretend.notes).toHaveLength(1);
    expect(pretend.notes[0]).not.toHaveProperty('minutes');
    await bot.resets.stop();
  });

  it('that the system refused is told in the trail, and the note is taken', async () => {
    const { world: house, pretend, tickets } = await openTimed();
    tickets.addNote = async (note) => {
      const sent = await pretend.tickets.addNote(note);
      return sent.kind === 'taken' ? { kind: 'taken', time: 'refused' } : sent;
    };
    const bot = house.boot('one');
    bot.resets.start();
    await reset(house, bot);
    await house.pass(5000);
    const taken = (await house.readTrail()).filter(({ kind }) => kind === 'note-taken');
    expect(taken).toMatchObject([{ facts: { time: 'refused' } }]);
    await bot.resets.stop();
  });
});

/** A ticket system that is HaloPSA until the test moves to another one. */
async function openMoving() {
  const pretend = createPretendTickets();
  let system: 'halopsa' | 'connectwise' = 'halopsa';
  const tickets = {
    ...pretend.tickets,
    get system() {
      return system;
    },
  };
  world = await createResetWorld({ tickets });
  const moveTo = (next: 'halopsa' | 'connectwise'): void => {
    system = next;
  };
  return { world, pretend, moveTo };
}

it('a note for a ticket of the system before goes into no ticket of the next one, and is given up', async () => {
  const { world: house, pretend, moveTo } = await openMoving();
  const before = house.boot('one');
  await reset(house, before);
  moveTo('connectwise');
  const after = house.boot('two');
  after.resets.start();
  await house.pass(74 * hour);
  expect(pretend.tries).toStrictEqual([]);
  expect(house.alarms).toMatchObject([{ kind: 'ticket-note-given-up', why: 'other-system' }]);
  await after.resets.stop();
});

/** A ticket system that the instance `off` is started without. */
async function openWithOff() {
  const pretend = createPretendTickets();
  world = await createResetWorld({
    tickets: pretend.tickets,
    plant: (dependencies, instance) => (instance === 'off' ? { ...dependencies, tickets: undefined } : dependencies),
  });
  return { world, pretend };
}

it('a note that waits when the ticket system is switched off is given up in its time, alarmed and removed as any other', async () => {
  const { world: house, pretend } = await openWithOff();
  await reset(house, house.boot('one'));
  const off = house.boot('off');
  off.resets.start();
  await house.pass(74 * hour);
  expect(house.alarms).toMatchObject([{ kind: 'ticket-note-given-up', why: 'other-system' }]);
  expect(await house.notes.summary()).toMatchObject({ waiting: 0, givenUp: 1 });
  house.clock.advance(401 * 24 * hour);
  await house.pass(2 * hour);
  expect(await house.notes.summary()).toMatchObject({ waiting: 0, givenUp: 0 });
  expect(pretend.tries).toStrictEqual([]);
  await off.resets.stop();
});

it('a note that waits when the ticket system is switched off is sent once it is on again', async () => {
  const { world: house, pretend } = await openWithOff();
  const { correlationId } = await reset(house, house.boot('one'));
  const off = house.boot('off');
  off.resets.start();
  await house.pass(hour);
  await off.resets.stop();
  const again = house.boot('two');
  again.resets.start();
  await house.pass(13 * hour);
  expect(pretend.notes).toMatchObject([{ correlationId }]);
  await again.resets.stop();
});

it('a note for a ticket of the system before keeps back none of the next system', async () => {
  const { world: house, pretend, moveTo } = await openMoving();
  await reset(house, house.boot('one'));
  moveTo('connectwise');
  const after = house.boot('two');
  after.resets.start();
  await house.pass(hour);
  const second = await reset(house, after);
  await house.pass(60_000);
  expect(pretend.notes).toMatchObject([{ correlationId: second.correlationId }]);
  await after.resets.stop();
});

it('a row that was altered keeps back no later note of its ticket, and is not sent', async () => {
  const pretend = createPretendTickets();
  world = await createResetWorld({ tickets: pretend.tickets });
  const bot = world.boot('one');
  await reset(world, bot);
  const past = await reachPastTheStore(world.url);
  await past.set('ticket_notes', { tries: 7 }, 'true');
  await world.pass(1000);
  const later = [await reset(world, bot)];
  await world.pass(1000);
  later.push(await reset(world, bot));
  bot.resets.start();
  await world.pass(60_000);
  expect(pretend.notes.map(({ correlationId }) => correlationId)).toStrictEqual(
    later.map(({ correlationId }) => correlationId),
  );
  await past.close();
  await bot.resets.stop();
});

it('a note that waited behind another is tried for three days of its own', async () => {
  const pretend = createPretendTickets();
  world = await createResetWorld({ tickets: pretend.tickets });
  const bot = world.boot('one');
  bot.resets.start();
  pretend.setDown(true);
  await reset(world, bot);
  const second = await reset(world, bot);
  await world.pass(75 * hour);
  expect(world.alarms).toHaveLength(1);
  pretend.setDown(false);
  await world.pass(13 * hour);
  expect(pretend.notes).toMatchObject([{ correlationId: second.correlationId }]);
  await bot.resets.stop();
});
