import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ticketTunables } from '../../src/base/every-duration-and-limit.ts';
import { createTickets } from '../../src/tickets/create-tickets.ts';
import { json, text } from '../support/fake-ticket-server.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { buildNote, houses, openTicketHouse } from './ticket-houses.ts';

const systems = ['halopsa', 'connectwise', 'autotask', 'webhook'] as const satisfies (keyof typeof houses)[];
const readable = ['halopsa', 'connectwise', 'autotask'] as const;

const { fetch } = globalThis;
let clock = createHandClock();
let close: () => Promise<void> = () => Promise.resolve();
beforeEach(() => {
  clock = createHandClock();
});
afterEach(() => close());

async function open(system: keyof typeof houses) {
  const house = await openTicketHouse(system, clock);
  close = house.close;
  return house;
}

async function lookUp({ tickets }: Awaited<ReturnType<typeof open>>, number: string) {
  return tickets.lookUp?.(number, new AbortController().signal);
}

describe.each(readable)('a ticket of %s', (system) => {
  it('is read with its subject, its company, its contact and its state', async () => {
    const house = await open(system);
    const found = await lookUp(house, house.openTicket);
    expect(found).toMatchObject({
      kind: 'found',
      ticket: {
        number: house.openTicket,
        subject: expect.stringContaining('cannot sign in'),
        state: 'open',
        company: { name: 'Contoso Bikes' },
        contact: { address: expect.stringMatching(/^(?:adele\.vance|ann)@/) },
      },
    });
    expect(await lookUp(house, house.closedTicket)).toMatchObject({ kind: 'found', ticket: { state: 'closed' } });
  });

  it('that is not there is told as missing', async () => {
    const house = await open(system);
    expect(await lookUp(house, house.missingTicket)).toStrictEqual({ kind: 'missing' });
  });

  it('that nobody asked for is not taken for the one that was named', async () => {
    const house = await open(system);
    house.plant(({ path }) => {
      if (/\/(?:Tickets|tickets)\/\d+$/.test(path))
        return { kind: 'answer', answer: json(200, { id: 1, summary: 'other' }) };
      if (path.endsWith('/Tickets/query'))
        return { kind: 'answer', answer: json(200, { items: [{ id: 1, ticketNumber: 'T20200101.0001' }] }) };
      return undefined;
    });
    expect(await lookUp(house, house.openTicket)).toMatchObject({ kind: 'failed', code: 'unexpected-answer' });
  });

  it('is not waited for longer than the caller waits', async () => {
    const house = await open(system);
    const controller = new AbortController();
    house.plant(() => {
      controller.abort();
      return { kind: 'silence' };
    });
    expect(await house.tickets.lookUp?.(house.openTicket, controller.signal)).toMatchObject({ code: 'lost' });
  });
});

describe.each(systems)('a note to %s', (system) => {
  it('is there once it was taken, for nobody but the partner, with its id in it', async () => {
    const house = await open(system);
    const note = buildNote(house.openTicket);
    expect(await house.tickets.findNote?.(note)).toStrictEqual(
      system === 'webhook' ? undefined : { kind: 'not-there' },
    );
    expect(await house.tickets.addNote(note)).toStrictEqual({ kind: 'taken' });
    expect(await house.tickets.findNote?.(note)).toStrictEqual(system === 'webhook' ? undefined : { kind: 'there' });
    const { texts, areInternal } = house.notes();
    expect(areInternal).toBe(true);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(note.id);
  });

  it('whose answer was lost is told as lost, and can be found', async () => {
    const house = await open(system);
    house.plant(({ method, path }) =>
      method === 'POST' && /(?:Actions|notes|Notes|hook)$/.test(path) ? { kind: 'after' } : undefined,
    );
    const note = buildNote(house.openTicket);
    expect(await house.tickets.addNote(note)).toMatchObject({ kind: 'failed', code: 'lost' });
    house.plant(() => undefined);
    expect(house.notes().texts).toHaveLength(1);
    if (house.tickets.findNote !== undefined)
      expect(await house.tickets.findNote(note)).toStrictEqual({ kind: 'there' });
  });

  it.each([
    ['401 without a body', () => text(401, ''), 'unauthorised'],
    ['403', () => json(403, { code: 'Forbidden' }), 'forbidden'],
    ['400 with a sentence', () => text(400, 'An Outcome must be entered for this Action'), 'refused'],
    [
      '400 with errors of fields',
      () =>
        json(400, {
          code: 'InvalidObject',
          message: 'CANARY',
          errors: [{ code: 'MissingRequiredField', field: 'text' }],
        }),
      'refused',
    ],
    ['500 with errors', () => json(500, { errors: ['Value cannot be null: CANARY'] }), 'unavailable'],
    ['503 as a page', () => text(503, '<html>maintenance</html>'), 'unavailable'],
    ['a redirect', () => text(302, '', { Location: 'http://127.0.0.1:9/elsewhere' }), 'unexpected-answer'],
  ] as const)('that is answered with %s failed with a code and nothing else', async (_name, answer, code) => {
    const house = await open(system);
    house.plant(() => ({ kind: 'answer', answer: answer() }));
    const sent = await house.tickets.addNote(buildNote(house.openTicket));
    const isTokenRefusal = system === 'halopsa' && code === 'refused';
    expect(sent).toMatchObject({ kind: 'failed', code: isTokenRefusal ? 'unauthorised' : code });
    expect(JSON.stringify(sent)).not.toContain('CANARY');
    expect(house.notes().texts).toStrictEqual([]);
  });

  it('waits as long as a 429 asks for, and no call is made before', async () => {
    const house = await open(system);
    house.plant(() => ({ kind: 'answer', answer: text(429, '', { 'Retry-After': '120' }) }));
    const note = buildNote(house.openTicket);
    const againAt = clock.now() + 120_000;
    expect(await house.tickets.addNote(note)).toStrictEqual({
      kind: 'failed',
      code: 'throttled',
      httpStatus: 429,
      againAt,
    });
    house.plant(() => undefined);
    const calls = house.calls();
    clock.advance(119_000);
    expect(await house.tickets.addNote(note)).toMatchObject({ code: 'throttled', againAt });
    expect(house.calls()).toBe(calls);
    clock.advance(1000);
    expect(await house.tickets.addNote(note)).toStrictEqual({ kind: 'taken' });
  });

  it('counts a 429 that names a date, and one that names none', async () => {
    const house = await open(system);
    const note = buildNote(house.openTicket);
    house.plant(() => ({
      kind: 'answer',
      answer: text(429, '', { 'Retry-After': new Date(clock.now() + 30_000).toUTCString() }),
    }));
    const dated = await house.tickets.addNote(note);
    expect(dated).toMatchObject({ code: 'throttled' });
    clock.advance(31_000);
    house.plant(() => ({ kind: 'answer', answer: text(429, '') }));
    expect(await house.tickets.addNote(note)).toMatchObject({
      againAt: clock.now() + ticketTunables.throttleMilliseconds,
    });
  });
});

describe.each(['halopsa', 'connectwise'] as const)('a note with time to %s', (system) => {
  const post = /POST .*(?:Actions|notes|entries)$/;

  it('is one write of both, for nobody but the partner, and is found again', async () => {
    const house = await open(system);
    const note = buildNote(house.openTicket, { minutes: 7 });
    let writes = 0;
    house.plant(({ method, path }) => {
      if (post.test(`${method} ${path}`)) writes += 1;
      return undefined;
    });
    expect(await house.tickets.findNote?.(note)).toStrictEqual({ kind: 'not-there' });
    expect(await house.tickets.addNote(note)).toStrictEqual({ kind: 'taken', time: 'entered' });
    expect(writes).toBe(1);
    expect(house.notes()).toMatchObject({ texts: [expect.stringContaining(note.id)], areInternal: true });
    expect(house.minutes?.()).toStrictEqual([7]);
    expect(await house.tickets.findNote?.(note)).toStrictEqual({ kind: 'there' });
  });

  it('whose answer was lost is found, whatever the setting is now', async () => {
    const house = await open(system);
    house.plant(({ method, path }) => (post.test(`${method} ${path}`) ? { kind: 'after' } : undefined));
    const note = buildNote(house.openTicket, { minutes: 7 });
    expect(await house.tickets.addNote(note)).toMatchObject({ kind: 'failed', code: 'lost' });
    house.plant(() => undefined);
    const later = createTickets(house.settings, { fetch, clock });
    expect(await later.findNote?.(note)).toStrictEqual({ kind: 'there' });
  });

  it('whose time is refused stands there without it, once', async () => {
    const house = await open(system);
    house.refuseTime?.();
    const note = buildNote(house.openTicket, { minutes: 7 });
    expect(await house.tickets.addNote(note)).toStrictEqual({ kind: 'taken', time: 'refused' });
    expect(house.notes()).toMatchObject({ texts: [expect.stringContaining(note.id)], areInternal: true });
    expect(house.minutes?.()).toStrictEqual([]);
    expect(await house.tickets.findNote?.(note)).toStrictEqual({ kind: 'there' });
  });

  it.each([
    ['503', () => text(503, ''), 'unavailable'],
    ['429', () => text(429, ''), 'throttled'],
    ['an error within success', () => json(200, { errors: ['CANARY'] }), 'refused'],
    ['a page', () => text(200, '<html>'), 'unexpected-answer'],
    ['a page of a proxy that refuses', () => text(403, ' <html>Blocked'), 'forbidden'],
    ['a page of a proxy that understands nothing', () => text(400, '<!doctype html>'), 'refused'],
  ] as const)('that is answered with %s is not written a second time without its time', async (_name, answer, code) => {
    const house = await open(system);
    let writes = 0;
    house.plant(({ method, path }) => {
      if (!post.test(`${method} ${path}`)) return undefined;
      writes += 1;
      return { kind: 'answer', answer: answer() };
    });
    expect(await house.tickets.addNote(buildNote(house.openTicket, { minutes: 7 }))).toMatchObject({ code });
    expect(writes).toBe(1);
  });
});

describe.each(systems)('what doctor looks at in %s', (system) => {
  it('is good in a system that is set up, and writes nothing', async () => {
    const { adapter, notes } = await open(system);
    const looked = await Promise.all(adapter.checks.map(async ({ what, look }) => [what, await look()] as const));
    const blind = { halopsa: 'time', connectwise: 'note', autotask: undefined, webhook: 'note' }[system];
    expect(looked.every(([what, found]) => found === (what === blind ? 'not-checkable' : 'good'))).toBe(true);
    expect(notes().texts).toStrictEqual([]);
  });
});

describe('the number of a ticket', () => {
  it.each([
    ['halopsa', '4711', '4711'],
    ['halopsa', ' #4711 ', '4711'],
    ['halopsa', '[ID:0004711]', '4711'],
    ['halopsa', 'ticket 4711', '4711'],
    ['halopsa', 'INC0012345', undefined],
    ['halopsa', 'ABC-123', undefined],
    ['halopsa', '4711 or 1=1', undefined],
    ['halopsa', '4711/../Users/1', undefined],
    ['halopsa', '0', undefined],
    ['halopsa', '99999999999', undefined],
    ['connectwise', '#4711', '4711'],
    ['connectwise', '4711 or closedFlag=true', undefined],
    ['autotask', 't20261130.0012', 'T20261130.0012'],
    ['autotask', '4711', undefined],
    ['autotask', 'T20261130.0012"}]', undefined],
    ['webhook', 'whatever it is', 'whatever it is'],
    ['webhook', ' #4711 ', '#4711'],
    ['webhook', '  ', undefined],
  ] as const)('is read for %s from "%s" as %s', async (system, typed, number) => {
    const { tickets } = await open(system);
    expect(tickets.readNumber(typed)).toBe(number);
  });
});
