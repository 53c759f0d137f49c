import { afterEach, describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { concernsOf } from '../../../src/reset/ports/tickets.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { createPretendTickets, ownTicket } from '../../support/pretend-tickets.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';

let world: ResetWorld | undefined;
afterEach(async () => {
  await world?.close();
});

async function open(policy: Partial<Policy> = {}) {
  const pretend = createPretendTickets();
  world = await createResetWorld({ policy, tickets: pretend.tickets });
  return { world, pretend, bot: world.boot('one') };
}

const other = { ...ownTicket, company: { name: 'Northwind Traders', tenantIds: ['0ther'], domains: [] } };

async function press(bot: Process, { id }: ResetRequest, ticket: string): Promise<ResetRequest> {
  const pressed = await bot.resets.confirm(id, robin, { ...said, ticket });
  if (pressed.kind !== 'begun') throw new Error(`not begun: ${pressed.kind}`);
  return pressed.done;
}

describe('a ticket that the sentence names', () => {
  it('is looked up before the card is shown, once, and what it says is kept with the request', async () => {
    const { world: house, pretend, bot } = await open();
    const request = await house.ask(bot, robin, undefined, '#4711');
    expect(request.ticketFacts).toMatchObject({
      kind: 'found',
      named: '#4711',
      subject: 'Cannot sign in',
      concerns: [],
    });
    const done = await press(bot, request, '');
    expect(done.state).toBe('delivered');
    expect(done.ticketFacts).toStrictEqual(request.ticketFacts);
    expect(pretend.lookedUp).toStrictEqual(['4711']);
  });

  it('is refused on the card already where the policy denies one that does not fit', async () => {
    const { world: house, pretend, bot } = await open({ ticketMismatch: 'deny' });
    pretend.find({ kind: 'found', ticket: other });
    await expect(house.ask(bot, robin, undefined, '4711')).rejects.toThrow('not proposed: refused');
    expect((await house.readTrail()).at(-1)).toMatchObject({
      kind: 'refused',
      facts: { reason: 'ticket-mismatch', ticketCheck: 'found', ticketConcerns: 'other-customer' },
    });
  });

  it('does not hold the card up when its system gives no answer, and is asked again at the press', async () => {
    const { world: house, pretend, bot } = await open({ ticketMismatch: 'deny' });
    pretend.find('hangs');
    const asking = house.ask(bot, robin, undefined, '4711');
    await house.settle();
    await house.pass(4000);
    const request = await asking;
    expect(request.ticketFacts).toStrictEqual({ kind: 'not-checked', named: '4711', why: 'timeout' });
    pretend.find({ kind: 'missing' });
    const done = await press(bot, request, '');
    expect(done).toMatchObject({ state: 'refused', refusal: { kind: 'ticket-mismatch', concerns: ['missing'] } });
  });
});

describe('a ticket that is typed on the card', () => {
  it.each([
    ['approve', 'refused'],
    ['deny', 'refused'],
  ] as const)('and does not fit is looked up at the press, with %s', async (ticketMismatch, state) => {
    const { world: house, pretend, bot } = await open({ ticketMismatch });
    pretend.find({ kind: 'found', ticket: other });
    const request = await house.ask(bot);
    expect(request.ticketFacts).toBeUndefined();
    const done = await press(bot, request, '4711');
    expect(done.state).toBe(state);
    expect(done.ticketFacts).toMatchObject({ concerns: ['other-customer'] });
    // With nobody to ask, a reset that needs a second person is refused with that reason.
    const reasons = { approve: 'approval-not-possible', deny: 'ticket-mismatch' } as const;
    expect(done.refusal?.kind).toBe(reasons[ticketMismatch]);
    expect(house.made).toHaveLength(0);
  });

  it.each([
    ['is of another customer', { kind: 'found', ticket: other }, 'other-customer'],
    ['is closed', { kind: 'found', ticket: { ...ownTicket, state: 'closed' } }, 'closed'],
  ] as const)(
    'and %s is shown on the card first, and only the next press goes on, with warn',
    async (_, found, concern) => {
      const { world: house, pretend, bot } = await open();
      pretend.find(found);
      const request = await house.ask(bot);
      const doubted = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
      if (doubted.kind !== 'ticket-doubted') throw new Error(`not doubted: ${doubted.kind}`);
      expect(doubted.request).toMatchObject({
        state: 'proposed',
        confirmedAt: undefined,
        stated: { verification: said.verification },
      });
      expect(concernsOf(doubted.request.ticketFacts)).toStrictEqual([concern]);
      expect(house.made).toHaveLength(0);
      expect((await house.readTrail()).at(-1)).toMatchObject({
        kind: 'ticket-doubted',
        facts: { ticketConcerns: concern },
      });
      expect(await press(bot, request, '#4711')).toMatchObject({ state: 'delivered', proof: { ticket: '#4711' } });
      expect(pretend.lookedUp).toStrictEqual(['4711']);
    },
  );

  it('goes on at once, and warns on the card, where the number is not there', async () => {
    const { world: house, pretend, bot } = await open();
    pretend.find({ kind: 'missing' });
    const request = await house.ask(bot);
    expect(await press(bot, request, '4711')).toMatchObject({ state: 'delivered', ticketFacts: { kind: 'missing' } });
  });

  it('is the one that later words mean, where they name none', async () => {
    const { world: house, pretend, bot } = await open();
    pretend.find({ kind: 'found', ticket: other });
    const request = await house.ask(bot);
    await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
    const words = { technician: robin, conversation: request.askedIn, activityId: 'f:words' };
    const rest = { ticket: undefined, verification: undefined, name: '' };
    const done = await bot.resets.confirmInWords({ ...words, readRest: () => rest });
    expect(done).toMatchObject({ kind: 'confirmed', confirmation: { kind: 'begun' } });
    expect((await house.stands(request.id)).proof).toMatchObject({ ticket: '4711' });
  });

  it('warns every press that began before the warning was there, and resets nothing', async () => {
    const { world: house, pretend, bot } = await open();
    pretend.find({ kind: 'found', ticket: other });
    const request = await house.ask(bot);
    const presses = await Promise.all(
      Array.from({ length: 3 }, () => bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' })),
    );
    expect(presses.map(({ kind }) => kind)).toStrictEqual(['ticket-doubted', 'ticket-doubted', 'ticket-doubted']);
    expect(house.made).toHaveLength(0);
  });

  it('warns again for another ticket that does not fit, and goes on at once where it fits', async () => {
    const { world: house, pretend, bot } = await open();
    pretend.find({ kind: 'found', ticket: { ...ownTicket, state: 'merged' } });
    const request = await house.ask(bot);
    for (const ticket of ['4712', '4713']) {
      const doubted = await bot.resets.confirm(request.id, robin, { ...said, ticket });
      expect(doubted.kind).toBe('ticket-doubted');
    }
    pretend.find({ kind: 'found', ticket: ownTicket });
    expect(await press(bot, request, '4711')).toMatchObject({ state: 'delivered', ticketFacts: { concerns: [] } });
  });

  it('goes on at once where the system gives no answer, with warn', async () => {
    const { world: house, pretend, bot } = await open();
    pretend.find({ kind: 'failed', code: 'unavailable', httpStatus: 503, againAt: undefined });
    const done = await press(bot, await house.ask(bot), '4711');
    expect(done).toMatchObject({ state: 'delivered', ticketFacts: { kind: 'not-checked' } });
    expect(pretend.lookedUp).toStrictEqual(['4711']);
  });

  it('and fits changes nothing of what is asked for', async () => {
    const { world: house, bot } = await open();
    const request = await house.ask(bot);
    const lacking = await bot.resets.confirm(request.id, robin, { verification: '', ticket: '4711' });
    expect(lacking).toStrictEqual({ kind: 'proof-lacking', lack: 'verification-missing' });
    expect(await press(bot, request, '4711')).toMatchObject({ state: 'delivered', ticketFacts: { concerns: [] } });
  });

  it('is not looked up where the system cannot have the number', async () => {
    const { world: house, pretend, bot } = await open({ ticketMismatch: 'deny' });
    const done = await press(bot, await house.ask(bot), 'T-4711');
    expect(done.state).toBe('delivered');
    expect(done.ticketFacts).toBeUndefined();
    expect(pretend.lookedUp).toStrictEqual([]);
  });

  it('takes the place of what the sentence said', async () => {
    const { world: house, pretend, bot } = await open();
    const request = await house.ask(bot, robin, undefined, '4711');
    pretend.find({ kind: 'missing' });
    const done = await press(bot, request, '4712');
    expect(done.ticketFacts).toStrictEqual({ kind: 'missing', named: '4712' });
  });
});
