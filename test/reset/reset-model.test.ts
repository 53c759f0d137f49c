import { describe, expect, it } from '@jest/globals';
import {
  assert,
  asyncModelRun,
  asyncProperty,
  commands,
  constant,
  constantFrom,
  integer,
  record,
  type AsyncCommand,
} from 'fast-check';
import type { Confirmation } from '../../src/reset/confirm.ts';
import type { ResetRequest } from '../../src/reset/reset-request.ts';
import type { PutFault } from '../support/pretend-chats.ts';
import type { TryFault } from '../support/pretend-partner.ts';
import { createResetWorld, robin, said, sam, type Process, type ResetWorld } from '../support/reset-world.ts';

const runs = 80;
const second = 1000;
const minute = 60 * second;

/** What a reset is, without any of what makes it last: it is open, or one thing ended that. */
type Model = { state: 'open' | 'begun' | 'cancelled' | 'expired' };

type Real = {
  readonly world: ResetWorld;
  readonly id: ResetRequest['id'];
  readonly confirmBy: number;
  process: Process;
};

type Command = AsyncCommand<Model, Real>;

/** A command that is always possible and has a readable name. It finds a process that lives, and the model on time. */
function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      if (!real.process.power.isAlive) restart(real);
      if (model.state === 'open' && real.world.clock.now() >= real.confirmBy) model.state = 'expired';
      await run(model, real);
    },
  };
}

function restart(real: Real): void {
  real.process.power.cut();
  real.process = real.world.boot(`started at call ${real.process.power.calls} and ${real.world.clock.now()}`);
  real.process.resets.start();
}

/** Does something with the process, which may die of it: then the model learns from the store what came of a press. */
async function dare<Result>(model: Model, real: Real, act: Promise<Result>): Promise<Result | 'died'> {
  const outcome = await Promise.race([act, real.world.settle().then(() => 'died' as const)]);
  if (outcome !== 'died') return outcome;
  expect(real.process.power.isAlive).toBe(false);
  const { state, confirmedAt } = await real.world.stands(real.id);
  if (model.state === 'open' && state === 'cancelled') model.state = 'cancelled';
  if (model.state === 'open' && confirmedAt !== undefined) model.state = 'begun';
  return 'died';
}

/** A press that nobody waits for: what it begins may fail, and is taken up again. */
async function confirm({ id, process }: Real, proof = said): Promise<Confirmation> {
  const confirmation = await process.resets.confirm(id, robin, proof);
  if (confirmation.kind === 'begun') confirmation.done.catch(() => undefined);
  return confirmation;
}

const pressed = command('press', async (model, real) => {
  const confirmation = await dare(model, real, confirm(real));
  if (confirmation === 'died') return;
  expect(confirmation.kind).toBe(model.state === 'open' ? 'begun' : 'as-it-stands');
  if (model.state === 'open') model.state = 'begun';
});

const pressedByAnother = command('press by another', async (model, real) => {
  const answer = await dare(model, real, real.process.resets.confirm(real.id, sam, said));
  if (answer !== 'died') expect(answer).toStrictEqual({ kind: 'not-yours' });
});

const pressedWithoutProof = command('press without proof', async (model, real) => {
  const answer = await dare(model, real, confirm(real, { verification: '', ticket: '' }));
  if (answer !== 'died') expect(answer.kind).toBe(model.state === 'open' ? 'proof-lacking' : 'as-it-stands');
});

const cancelled = command('cancel', async (model, real) => {
  const answer = await dare(model, real, real.process.resets.cancel(real.id, robin));
  if (answer !== 'died' && model.state === 'open') model.state = 'cancelled';
});

const pressedTogether = command('press and cancel at once', async (model, real) => {
  const all = [confirm(real), real.process.resets.cancel(real.id, robin), confirm(real)];
  const answer = await dare(model, real, Promise.all<unknown>(all));
  const { state } = await real.world.stands(real.id);
  if (answer !== 'died' && model.state === 'open') model.state = state === 'cancelled' ? 'cancelled' : 'begun';
});

const passedOn = command('pass on', async (_model, { world, id, process }) => {
  process.resets.passOn(id, robin).catch(() => undefined);
  await world.settle();
});

const restarted = command('kill and start again', (_model, real) => {
  restart(real);
  return Promise.resolve();
});

const diesLater = (call: number, when: 'before' | 'after') =>
  command(`die ${when} call ${call}`, (_model, { process }) => {
    process.power.cutAt(process.power.calls + call, when);
    return Promise.resolve();
  });

const passed = (seconds: number) => command(`${seconds} s pass`, (_model, { world }) => world.pass(seconds * second));

const tryGoes = (fault: TryFault) =>
  command(`next try: ${JSON.stringify(fault)}`, (_model, { world }) => {
    world.partner.next(fault);
    return Promise.resolve();
  });

const putGoes = (fault: PutFault) =>
  command(`next put: ${JSON.stringify(fault)}`, (_model, { world }) => {
    world.chats.nextPuts(fault);
    return Promise.resolve();
  });

const sequences = commands(
  [
    constantFrom(pressed, pressed, pressedByAnother, pressedWithoutProof, cancelled, pressedTogether, passedOn),
    constant(restarted),
    record({ call: integer({ min: 1, max: 25 }), when: constantFrom('before' as const, 'after' as const) }).map(
      ({ call, when }) => diesLater(call, when),
    ),
    constantFrom(1, 3, 20, 44, 46, 90).map(passed),
    constantFrom<TryFault>('applied-unanswered', 'lost', 'refused', 'throttled', 'throws', {
      retryAfterMilliseconds: 30 * second,
    }).map(tryGoes),
    constantFrom<PutFault>('try-again', 'refused', 'gone', 'done-unanswered', 'throws').map(putGoes),
  ],
  { maxCommands: 14 },
);

/** Gives the request all the time and all the luck it needs, and holds what became of it against the model. */
async function expectGoodEnd(model: Model, { world, id, process }: Real): Promise<void> {
  process.power.cut();
  world.boot('last').resets.start();
  await world.pass(80 * second);
  await world.pass(60 * minute);
  const request = await world.stands(id);
  const { tries, passwordInForce, broken } = world.partner;
  const ends = { open: ['expired'], expired: ['expired'], cancelled: ['cancelled'], begun: ['hidden', 'refused'] };
  expect(ends[model.state]).toContain(request.state);
  expect([...broken, ...world.chats.broken]).toStrictEqual([]);
  expect(new Set(tries.map((one) => one.password)).size).toBeLessThanOrEqual(1);
  expect(new Set(tries.map((one) => one.operationId)).size).toBeLessThanOrEqual(1);
  if (request.state === 'hidden') {
    expect([...new Set(world.chats.delivered)]).toStrictEqual([tries[0]?.password]);
    expect(world.journal.lastIndexOf('PATCH')).toBeLessThan(world.journal.indexOf('delivery-begun'));
  } else {
    expect(passwordInForce).toBeUndefined();
    expect(world.chats.delivered).toStrictEqual([]);
  }
  expect(request).toMatchObject({ sealedPassword: undefined, lease: undefined, dueAt: undefined, cardIsOwed: false });
  expect(world.chats.shown().every((message) => message?.password === undefined)).toBe(true);
  const trail = (await world.readTrail()).filter((one) => one.requestId === id && one.kind !== 'click-refused');
  expect(trail).toHaveLength(request.version);
  expect(await world.readEverySink()).not.toContain('CANARY');
}

describe('whatever is pressed, fails, dies and takes its time', () => {
  it('leaves one password, delivered and hidden, or none at all', async () => {
    await assert(
      asyncProperty(sequences, async (sequence) => {
        const world = await createResetWorld();
        try {
          const process = world.boot('process-0');
          process.resets.start();
          const { id, confirmBy } = await world.ask(process);
          const model: Model = { state: 'open' };
          const real: Real = { world, id, confirmBy, process };
          await asyncModelRun(() => ({ model, real }), sequence);
          await expectGoodEnd(model, real);
        } finally {
          await world.close();
        }
      }),
      { numRuns: runs, seed: 20260701 },
    );
  });
});
