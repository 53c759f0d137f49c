import { afterEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { concernsOf, nameShownTicket } from '../../../src/reset/ports/tickets.ts';
import { renderRequestCard } from '../../../src/teams/cards/confirmation.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { describeTicketFacts } from '../../../src/texts/tickets.ts';
import { createPretendTickets, ownTicket } from '../../support/pretend-tickets.ts';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';

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

/** Presses the button of the card that shows this request as it stands. */
async function press(bot: Process, request: ResetRequest, ticket: string): Promise<ResetRequest> {
  const shown = nameShownTicket(request.ticketFacts);
  const pressed = await bot.resets.confirm(request.id, robin, { ...said, ticket, shown });
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

describe('a ticket of another customer', () => {
  const northwind = '0e000000-0000-4000-8000-000000000001';
  const theirs = {
    ...other,
    company: { ...other.company, tenantIds: [northwind] },
    contact: { name: 'Nora Hill', address: undefined, objectId: undefined },
  };
  const nobody: Policy['technicians'] = [];

  it.each([
    ['says no more than its state to somebody without a right for that customer', nobody, undefined, false],
    ['says so, too, where its tenant is not known', nobody, [], false],
    ['is shown to somebody who has a right for it', sandboxPolicy.technicians, undefined, true],
  ] as const)('%s', async (_, technicians, tenantIds, isShown) => {
    const { world: house, pretend, bot } = await open({ customers: { [northwind]: { technicians } } });
    const company = { ...theirs.company, ...(tenantIds && { tenantIds }) };
    pretend.find({ kind: 'found', ticket: { ...theirs, company } });
    const asked = await house.ask(bot, robin, undefined, '4711');
    const typed = await bot.resets.confirm(asked.id, robin, { ...said, ticket: '4712' });
    if (typed.kind !== 'ticket-doubted') throw new Error(`not doubted: ${typed.kind}`);
    for (const { ticketFacts } of [asked, typed.request]) {
      expect(concernsOf(ticketFacts)).toStrictEqual(['other-customer']);
      expect(describeTicketFacts(ticketFacts)).toBe(
        isShown ? 'Cannot sign in · Northwind Traders · Nora Hill · open' : 'open',
      );
    }
  });
});

describe('a ticket that is typed on the card', () => {
  it.each(['personal', 'group-chat'] as const)(
    'and does not fit is told whole in the own chat, where others read the card (%s)',
    async (kind) => {
      const { world: house, pretend, bot } = await open();
      pretend.find({ kind: 'found', ticket: other });
      const request = await house.ask(bot, robin, { ...askedIn, kind });
      const before = house.chats.privateDetails.length;
      const typed = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
      expect(typed.kind).toBe('ticket-doubted');
      const told = house.chats.privateDetails.slice(before).map((one) => one.request);
      expect(told).toStrictEqual(kind === 'personal' ? [] : [request.id]);
    },
  );

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
    // With no one to ask, a reset that needs a second person is refused with that reason.
    const reasons = { approve: 'approval-not-possible', deny: 'ticket-mismatch' } as const;
    expect(done.refusal?.kind).toBe(reasons[ticketMismatch]);
    expect(house.made).toHaveLength(0);
  });

  it.each([
    ['is of another customer', { kind: 'found', ticket: other }, 'other-customer'],
    ['is not there', { kind: 'missing' }, 'missing'],
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
      expect(await press(bot, doubted.request, '#4711')).toMatchObject({
        state: 'delivered',
        proof: { ticket: '#4711' },
      });
      expect(pretend.lookedUp).toStrictEqual(['4711']);
    },
  );

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

  it('lets no press go on that is of a card without the warning: one that waited for an answer, or a double click', async () => {
    const { world: house, pretend, bot } = await open();
    const request = await house.ask(bot);
    pretend.find('hangs');
    const early = bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' });
    await house.settle();
    await house.pass(1500);
    pretend.find({ kind: 'found', ticket: other });
    expect(await bot.resets.confirm(request.id, robin, { ...said, ticket: '4711' })).toMatchObject({
      kind: 'ticket-doubted',
    });
    await house.pass(600);
    expect(await early).toMatchObject({ kind: 'ticket-doubted' });
    for (const ticket of ['4711', '']) {
      const again = await bot.resets.confirm(request.id, robin, { ...said, ticket });
      expect(again).toMatchObject({
        kind: 'ticket-doubted',
        request: { ticketFacts: { concerns: ['other-customer'] } },
      });
    }
    expect(house.made).toHaveLength(0);
    expect(await press(bot, await house.stands(request.id), '4711')).toMatchObject({ state: 'delivered' });
  });

  it('takes the place of the one that the sentence named when it is doubted, and the button means it', async () => {
    const { world: house, pretend, bot } = await open();
    const request = await house.ask(bot, robin, undefined, '4711');
    pretend.find({ kind: 'found', ticket: other });
    const doubted = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4715' });
    if (doubted.kind !== 'ticket-doubted') throw new Error(`not doubted: ${doubted.kind}`);
    expect(doubted.request).toMatchObject({ stated: { ticket: undefined }, ticketFacts: { named: '4715' } });
    const card = JSON.stringify(
      renderRequestCard(
        doubted.request,
        { verification: { required: false, methods: [] }, ticket: 'optional', needsApproval: false },
        request.proposedAt,
      ),
    );
    expect(card).toContain('"value":"4715"');
    expect(card).not.toContain('4711');
    expect(card).toContain(JSON.stringify(nameShownTicket(doubted.request.ticketFacts)));
    expect(await press(bot, doubted.request, '4715')).toMatchObject({ proof: { ticket: '4715' } });
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
    const doubted = await bot.resets.confirm(request.id, robin, { ...said, ticket: '4712' });
    expect(doubted).toMatchObject({
      kind: 'ticket-doubted',
      request: { ticketFacts: { kind: 'missing', named: '4712' } },
    });
  });
});
