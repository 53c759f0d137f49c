import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { nameShownDoubt, type ResetRequest } from '../../../src/reset/request.ts';
import { renderRequestCard } from '../../../src/teams/cards/confirmation.ts';
import { buildGraphFinding } from '../../support/graph-findings.ts';
import type { PutFault } from '../../support/pretend-chats.ts';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';

const second = 1000;
const noProof = { verification: { required: false, methods: [] }, ticket: 'off', needsApproval: false } as const;
const here = { ...askedIn, kind: 'personal' } as const;

describe('a press at which something about the person comes up', () => {
  let world: ResetWorld;
  let process: Process;
  let words = 0;

  beforeEach(async () => {
    world = await createResetWorld();
    process = world.boot('first');
    process.resets.start();
    world.partner.tellGraph(buildGraphFinding());
  });
  afterEach(() => world.close());

  /** Presses the first card while the person is blocked, and gives the request in doubt. */
  async function doubt(...cards: readonly PutFault[]): Promise<ResetRequest> {
    const { id } = await world.ask(process, robin, here);
    world.partner.tellGraph(buildGraphFinding({ isBlocked: true }));
    await world.pass(5 * second);
    world.chats.nextCards(...cards);
    await press(id);
    const request = await world.stands(id);
    expect(request).toMatchObject({ state: 'proposed', confirmedAt: undefined });
    expect(request.doubtedAt).toBeDefined();
    return request;
  }

  async function press(id: ResetRequest['id'], doubted?: string) {
    const confirmed = await process.resets.confirm(id, robin, { ...said, doubted });
    if (confirmed.kind === 'begun') await confirmed.done;
    return confirmed.kind;
  }

  async function type() {
    words += 1;
    const typed = await process.resets.confirmInWords({
      technician: robin,
      conversation: here,
      activityId: `f:words-${words}`,
      readRest: () => ({ ...said, name: '' }),
    });
    if (typed.kind !== 'confirmed') return typed.kind;
    if (typed.confirmation.kind === 'begun') await typed.confirmation.done;
    return typed.confirmation.kind;
  }

  it('is not followed by a reset where an older copy of the card is pressed, and is by one of the card that shows it', async () => {
    const request = await doubt();
    for (const older of [undefined, '', '1']) expect(await press(request.id, older)).toBe('target-doubted');
    expect(await world.stands(request.id)).toMatchObject({ state: 'proposed', doubtedAt: request.doubtedAt });
    const card = JSON.stringify(renderRequestCard(request, noProof, world.clock.now()));
    expect(card).toContain(`"doubted":${JSON.stringify(nameShownDoubt(request))}`);
    expect(await press(request.id, nameShownDoubt(request))).toBe('begun');
    expect(await world.stands(request.id)).toMatchObject({ state: 'delivered' });
    expect(world.partner.tries).toHaveLength(1);
  });

  it('is told apart from the next one', async () => {
    const first = await doubt();
    await world.pass(5 * second);
    const changedAt = world.clock.now();
    world.partner.tellGraph(buildGraphFinding({ isBlocked: true, lastPasswordChange: changedAt }));
    expect(await press(first.id, nameShownDoubt(first))).toBe('begun');
    const again = await world.stands(first.id);
    expect(again.state).toBe('proposed');
    expect(nameShownDoubt(again)).not.toBe(nameShownDoubt(first));
    expect(await press(first.id, nameShownDoubt(first))).toBe('target-doubted');
    expect(world.partner.tries).toHaveLength(0);
  });

  it('is shown on the card until the chat takes it, and typing `confirm` weighs it from then on', async () => {
    const { id } = await doubt('try-again', 'try-again');
    expect(await type()).toBe('target-doubted');
    expect((await world.stands(id)).cardIsOwed).toBe(true);
    await world.pass(10 * second);
    expect(world.chats.shownCards()).toMatchObject([{ state: 'proposed' }]);
    expect((await world.stands(id)).cardIsOwed).toBe(false);
    expect(await type()).toBe('begun');
    expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
  });

  it.each(['gone', 'refused'] as const)('is not weighed by words where the chat says %s of the card', async (fault) => {
    const { id, confirmBy } = await doubt(fault);
    await world.pass(60 * second);
    expect(await type()).toBe('target-doubted');
    await world.pass(confirmBy - world.clock.now() + 2 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'expired' });
    expect(world.partner.tries).toHaveLength(0);
  });

  it('still takes the button of the present card while the chat does not take that card', async () => {
    const request = await doubt(...Array<'try-again'>(20).fill('try-again'));
    await world.pass(30 * second);
    expect(await press(request.id, nameShownDoubt(request))).toBe('begun');
    expect(await world.stands(request.id)).toMatchObject({ state: 'delivered' });
  });

  it('leaves the request to expire in its time', async () => {
    const { id, confirmBy } = await doubt();
    expect((await world.stands(id)).dueAt).toBe(confirmBy);
    await world.pass(confirmBy - world.clock.now() + 2 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'expired' });
  });
});
