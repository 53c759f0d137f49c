import { expect } from '@jest/globals';
import { type AsyncCommand, constant, constantFrom, integer, record } from 'fast-check';
import type { ResetRequest } from '../../src/reset/request.ts';
import type { Confirmation } from '../../src/reset/use-cases/confirmation.ts';
import type { PutFault } from '../support/pretend-chats.ts';
import type { TryFault } from '../support/pretend-partner.ts';
import { askedIn, type Process, type ResetWorld, robin, said, sam } from '../support/reset-world.ts';

const second = 1000;
const minute = 60 * second;

/** What a reset is, without any of what makes it last: it is open, or one thing ended that. */
export type Model = { state: 'open' | 'begun' | 'cancelled' | 'expired' };

/** The real thing: a request, the process that presses go to, and another one that may work beside it. */
export type Real = {
  readonly world: ResetWorld;
  readonly request: ResetRequest;
  process: Process;
  beside: Process | undefined;
  commands: number;
};

type Command = AsyncCommand<Model, Real>;

/** A command that is always possible and has a readable name. It finds a process that lives, and the model on time. */
function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      real.commands += 1;
      if (!real.process.power.isAlive) startAgain(real);
      if (model.state === 'open' && real.world.clock.now() >= real.request.confirmBy) model.state = 'expired';
      await run(model, real);
    },
  };
}

/** The process is gone: presses go to the one beside it, or to a new one. */
function startAgain(real: Real): void {
  real.process.power.cut();
  const { beside } = real;
  real.beside = undefined;
  real.process = beside?.power.isAlive === true ? beside : start(real);
}

function start({ world, commands }: Real): Process {
  const process = world.boot(`started before command ${commands}`);
  process.resets.start();
  return process;
}

/** Does something with the process, which may die of it: then the model learns from the store what came of a press. */
async function dare<Result>(model: Model, real: Real, act: Promise<Result>): Promise<Result | 'died'> {
  const outcome = await Promise.race([act, real.world.settle().then(() => 'died' as const)]);
  if (outcome !== 'died') return outcome;
  expect(real.process.power.isAlive).toBe(false);
  const { state, confirmedAt } = await real.world.stands(real.request.id);
  if (model.state === 'open' && state === 'cancelled') model.state = 'cancelled';
  if (model.state === 'open' && confirmedAt !== undefined) model.state = 'begun';
  return 'died';
}

/** A press that no one waits for: what it begins may fail, and is taken up again. */
async function confirm({ request, process }: Real, proof = said): Promise<Confirmation> {
  const confirmation = await process.resets.confirm(request.id, robin, proof);
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
  const answer = await dare(model, real, real.process.resets.confirm(real.request.id, sam, said));
  if (answer !== 'died') expect(answer).toStrictEqual({ kind: 'not-yours' });
});

const pressedWithoutProof = command('press without proof', async (model, real) => {
  const answer = await dare(model, real, confirm(real, { verification: '', ticket: '' }));
  if (answer !== 'died') expect(answer.kind).toBe(model.state === 'open' ? 'proof-lacking' : 'as-it-stands');
});

const cancelled = command('cancel', async (model, real) => {
  const answer = await dare(model, real, real.process.resets.cancel(real.request.id, robin));
  if (answer !== 'died' && model.state === 'open') model.state = 'cancelled';
});

const pressedTogether = command('press and cancel at once', async (model, real) => {
  const all = [confirm(real), real.process.resets.cancel(real.request.id, robin), confirm(real)];
  const answer = await dare(model, real, Promise.all<unknown>(all));
  const { state } = await real.world.stands(real.request.id);
  if (answer !== 'died' && model.state === 'open') model.state = state === 'cancelled' ? 'cancelled' : 'begun';
});

const passedOn = command('pass on', async (_model, { world, request, process }) => {
  process.resets.acknowledge(request.id, robin).catch(() => undefined);
  await world.settle();
});

const closed = command('type cancel and the reference', async (model, real) => {
  const { resets } = real.process;
  const answer = await dare(
    model,
    real,
    resets.close(robin, real.request.correlationId).catch(() => undefined),
  );
  if (answer !== 'died' && model.state === 'open') model.state = 'cancelled';
});

const wrote = command('write to the bot', async (_model, { world, process }) => {
  process.resets.onUserMessage(robin, askedIn);
  await world.settle();
});

const restarted = command('kill and start again', (_model, real) => {
  startAgain(real);
  return Promise.resolve();
});

const stopped = command('stop and start again', async (_model, real) => {
  real.process.resets.stop().catch(() => undefined);
  await real.world.pass(9 * second);
  startAgain(real);
});

const switched = command('press at another instance from now on', (_model, real) => {
  const { beside, process } = real;
  real.process = beside?.power.isAlive === true ? beside : start(real);
  real.beside = process;
  return Promise.resolve();
});

const slept = (minutes: number) =>
  command(`everything is off for ${minutes} minutes`, async (model, real) => {
    real.beside?.power.cut();
    real.beside = undefined;
    real.process.power.cut();
    await real.world.settle();
    real.world.clock.advance(minutes * minute);
    if (model.state === 'open' && real.world.clock.now() >= real.request.confirmBy) model.state = 'expired';
    startAgain(real);
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

/** What may happen, each as likely as the others; on a store for several instances there may be two. */
export function modelCommands(several: boolean) {
  const onPower = several ? [restarted, stopped, switched, switched] : [restarted, stopped];
  return [
    constantFrom(pressed, pressed, pressed, pressedByAnother, pressedWithoutProof, cancelled, pressedTogether),
    constantFrom(passedOn, closed, wrote),
    constantFrom(...onPower),
    constant(61).map(slept),
    constantFrom(61, 9 * 60).map(slept),
    record({ call: integer({ min: 1, max: 25 }), when: constantFrom('before' as const, 'after' as const) }).map(
      ({ call, when }) => diesLater(call, when),
    ),
    constantFrom(1, 3, 20, 44, 46, 90).map(passed),
    constantFrom<TryFault>('applied-unanswered', 'lost', 'refused', 'throttled', 'throws', {
      retryAfterMilliseconds: 30 * second,
    }).map(tryGoes),
    constantFrom<PutFault>('try-again', 'refused', 'gone', 'seems-gone', 'done-unanswered', 'throws').map(putGoes),
  ];
}
