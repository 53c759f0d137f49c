import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../src/base/log.ts';
import type { Conversation } from '../../src/reset/identity.ts';
import { logFreezes, logPartnerTroubles, logSteps } from '../../src/reset/logging.ts';
import { trouble } from '../support/pretend-partner.ts';
import {
  askedIn,
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  said,
  sam,
  target,
} from '../support/reset-world.ts';

const second = 1000;
const minute = 60 * second;
const group: Conversation = { ...askedIn, id: '19:desk@thread.v2', kind: 'group-chat' };

describe('the log of a reset', () => {
  let world: ResetWorld;
  let process: Process;
  let logged: LogEvent[];

  beforeEach(async () => {
    logged = [];
    const log = (event: LogEvent): void => void logged.push(event);
    world = await createResetWorld({
      plant: (dependencies) => ({
        ...dependencies,
        store: logSteps(dependencies.store, log),
        freezes: logFreezes(dependencies.freezes, log),
        ...logPartnerTroubles(dependencies, log),
      }),
    });
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(async () => {
    const lines = JSON.stringify(logged);
    for (const typed of ['CANARY', 'T-4711', 'In person', robin.name, target.user.displayName, target.customer.name]) {
      expect(lines).not.toContain(typed);
    }
    expect(lines).not.toContain('@');
    await world.close();
  });

  const reset = async (chat = askedIn) => {
    const { id } = await world.ask(process, robin, chat);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    return world.stands(id);
  };
  const letSamApprove = (): void => {
    world.change({ approval: 'always', approvers: [{ kind: 'person', objectId: sam.objectId }] });
  };
  /** What stands at `info` and above, by what it says of a step. */
  const read = (...names: readonly string[]) =>
    logged
      .filter(({ level }) => level !== 'debug')
      .map((event) => names.map((name) => event[name]).filter((value) => value !== undefined));

  it('tells it at `info`, step by step, with ids and codes', async () => {
    const { id, correlationId } = await reset();
    await world.pass(16 * minute);
    await world.stands(id);
    expect(read('event', 'kind', 'outcome')).toEqual([
      ['asked', 'proposed'],
      ['step', 'confirmed'],
      ['step', 'approved'],
      ['step', 'try-ended', 'applied'],
      ['step', 'delivered'],
      ['step', 'hidden'],
    ]);
    expect(new Set(logged.map((event) => event['correlationId']))).toEqual(new Set([correlationId]));
    expect(logged[0]).toMatchObject({ actor: robin.objectId, customer: target.customer.id, user: target.user.id });
  });

  it('keeps the other steps at `debug`', async () => {
    await reset();
    const kinds = logged.filter(({ level }) => level === 'debug').map((event) => event['kind']);
    expect(kinds).toEqual(expect.arrayContaining(['message-opened', 'sealed', 'try-started', 'delivery-begun']));
  });

  it('tells what Partner Center answered to each try, with its codes', async () => {
    world.partner.next('lost', 'refused');
    const { id } = await reset();
    await world.pass(20 * second);
    await world.stands(id);
    const tries = logged.filter((event) => event['kind'] === 'try-ended' || event['kind'] === 'needs-attention');
    expect(tries).toMatchObject([
      { level: 'info', try: 1, outcome: 'unknown' },
      { level: 'info', kind: 'needs-attention', why: 'unclear', httpStatus: expect.any(Number) },
    ]);
    expect(logged.filter(({ event }) => event === 'partner-center-trouble')).toMatchObject([
      { level: 'warn', doing: 'reset', outcome: 'unknown' },
      { level: 'warn', doing: 'reset', outcome: 'refused', httpStatus: expect.any(Number) },
    ]);
  });

  it('tells why it was refused, and what could not be looked up', async () => {
    const { id } = await world.ask(process);
    world.partner.answerLookUp({ kind: 'trouble', trouble: trouble('unreachable') });
    await process.resets.confirm(id, robin, said);
    await world.settle();
    const { correlationId } = await world.stands(id);
    expect(logged.find(({ event }) => event === 'partner-center-trouble')).toMatchObject({
      doing: 'look-up',
      code: 'unreachable',
      correlationId,
    });
    expect(logged.at(-2)).toMatchObject({ kind: 'refused', reason: 'partner-center', trouble: 'unreachable' });
  });

  it('tells of what is refused at once', async () => {
    world.partner.change({ domainType: 'federated' });
    const text = 'reset password for Ann Lee at Contoso Bikes';
    await process.resets.propose({ technician: robin, conversation: askedIn, activityId: 'f:refused', text });
    expect(read('event', 'kind', 'state', 'reason')).toEqual([['asked', 'refused', 'refused', 'federated']]);
  });

  it('tells of an approval by a second person', async () => {
    letSamApprove();
    const { id } = await reset(group);
    await process.resets.decideApproval(id, sam, group, 'approved');
    await world.settle();
    expect(read('kind', 'by')).toEqual([
      ['proposed'],
      ['confirmed'],
      ['approval-wanted'],
      ['approval-asked'],
      ['approval-given'],
      ['approved', 'approver'],
      ['try-ended'],
      ['delivered'],
    ]);
    expect(logged.find(({ kind }) => kind === 'approval-given')).toMatchObject({ actor: sam.objectId });
  });

  it.each(['declined', 'cancelled', 'expired'] as const)('tells that it was %s', async (end) => {
    letSamApprove();
    const { id } = await (end === 'cancelled' ? world.ask(process) : reset(group));
    if (end === 'declined') await process.resets.decideApproval(id, sam, group, 'declined');
    if (end === 'cancelled') await process.resets.cancel(id, robin);
    await world.pass(61 * minute);
    expect(read('kind').at(-1)).toEqual([end]);
  });

  it('tells of what a freeze ended', async () => {
    letSamApprove();
    const { correlationId } = await reset();
    await process.resets.freeze(sam, undefined);
    expect(logged.find((event) => event['reason'] === 'frozen')).toMatchObject({
      level: 'info',
      kind: 'refused',
      actor: sam.objectId,
      correlationId,
    });
  });
});
