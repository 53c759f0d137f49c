import { expect } from '@jest/globals';
import { readErrorCode } from '../../src/base/errors.ts';
import { assert, asyncModelRun, asyncProperty, commands } from 'fast-check';
import type { ResetRequestId } from '../../src/base/ids.ts';
import { wasGivenUp } from '../../src/reset/request-status.ts';
import { createResetWorld, type ResetWorld } from '../support/reset-world.ts';
import { type Model, modelCommands, type Real } from './model-commands.ts';

const second = 1000;
const minute = 60 * second;

/**
 * Does so many random sequences of commands with a new request each, and holds each against the model as it goes and at
 * its end. Resolves to the number of commands that were done. `postgres` gives an empty database for each.
 */
export async function runModel({
  sequences,
  seed,
  postgres,
}: {
  readonly sequences: number;
  readonly seed: number;
  readonly postgres?: (() => Promise<string>) | undefined;
}): Promise<number> {
  let done = 0;
  const property = asyncProperty(
    commands(modelCommands(postgres !== undefined), { maxCommands: 40, size: 'max' }),
    async (given) => {
      const world = await createResetWorld({ postgres: await postgres?.() });
      try {
        const process = world.boot('process-0');
        process.resets.start();
        const model: Model = { state: 'open' };
        const real: Real = { world, request: await world.ask(process), process, beside: undefined, commands: 0 };
        await asyncModelRun(() => ({ model, real }), given);
        done += real.commands;
        await expectGoodEnd(model, real);
      } finally {
        await world.close();
      }
    },
  );
  await assert(property, { numRuns: sequences, seed });
  return done;
}

/** Gives the request all the time and all the luck it needs, and holds what became of it against the model. */
async function expectGoodEnd(model: Model, { world, request: { id }, process, beside }: Real): Promise<void> {
  beside?.power.cut();
  process.power.cut();
  world.boot('last').resets.start();
  await world.pass(80 * second);
  await world.pass(60 * minute);
  const request = await world.stands(id);
  const trail = (await world.readTrail()).filter((one) => one.requestId === id && one.kind !== 'click-refused');
  const { tries, passwordInForce, broken } = world.partner;
  const delivered = [...new Set(world.chats.delivered)];
  const ends = { open: ['expired'], expired: ['expired'], cancelled: ['cancelled'], begun: ['hidden', 'refused'] };
  expect(ends[model.state]).toContain(request.state);
  expect([...broken, ...world.chats.broken]).toStrictEqual([]);
  expect(new Set(tries.map((one) => one.password)).size).toBeLessThanOrEqual(1);
  expect(new Set(tries.map((one) => one.operationId)).size).toBeLessThanOrEqual(1);
  if (request.state !== 'hidden') {
    expect(passwordInForce).toBeUndefined();
    expect(delivered).toStrictEqual([]);
  } else if (wasGivenUp(request)) {
    const attempts = trail.filter(({ kind }) => kind === 'delivery-put-off' || kind === 'taken-over');
    expect(trail.some(({ kind }) => kind === 'closed') || attempts.length >= 4).toBe(true);
    expect(world.chats.shownCards().at(-1)?.state).toBe('hidden');
  } else {
    // A try that was written down and never left is as unclear as one without an answer.
    if (tries.length === 0) expect(request.attention?.kind).toBe('unclear');
    expect(delivered).toHaveLength(1);
    expect(world.made).toContain(delivered[0]);
    expect(tries.filter(({ password }) => password !== delivered[0])).toStrictEqual([]);
  }
  if (delivered.length > 0) {
    expect(world.journal.lastIndexOf('PATCH')).toBeLessThan(world.journal.indexOf('delivery-begun'));
  }
  // A password that a dead process may have put is hidden again later.
  const dueAt = request.latePut?.hideAgainAt;
  expect(request).toMatchObject({ sealedPassword: undefined, lease: undefined, dueAt, cardIsOwed: false });
  expect(world.chats.shown().every((message) => message?.password === undefined)).toBe(true);
  expect(trail).toHaveLength(request.version);
  expect(await world.readEverySink()).not.toContain('CANARY');
}

/** What is not as it was promised for a request that is over, each by its name: nothing where all is well. */
export async function findBrokenPromises(world: ResetWorld, id: ResetRequestId): Promise<readonly string[]> {
  const request = await world.stands(id).catch(readErrorCode);
  // The store compares a row with its newest record, and gives none that has another one.
  if (request === 'row-altered') return ['every step has its record'];
  if (request === undefined || typeof request === 'string')
    throw new Error(`the request could not be read: ${request}`);
  const { tries } = world.partner;
  const trail = (await world.readTrail()).filter((one) => one.requestId === id && one.kind !== 'click-refused');
  const promises: readonly (readonly [string, boolean])[] = [
    ['one request, one password', new Set(tries.map(({ password }) => password)).size <= 1],
    ['one operation, one id', new Set(tries.map(({ operationId }) => operationId)).size <= 1],
    ['what is delivered is in force', world.chats.delivered.every((one) => one === world.partner.passwordInForce)],
    ['no PATCH once delivery has begun', isPatchBeforeDelivery(world.journal)],
    ['no try out of turn', world.partner.broken.length === 0],
    ['no password out of turn', world.chats.broken.length === 0],
    ['every step has its record', trail.length === request.version],
    ['hidden when its time is up', world.chats.shown().every((message) => message?.password === undefined)],
    ['over', request.state === 'hidden'],
    ['no secret at rest or in a log', !(await world.readEverySink()).includes('CANARY')],
  ];
  return promises.filter(([, holds]) => !holds).map(([name]) => name);
}

function isPatchBeforeDelivery(journal: readonly string[]): boolean {
  const begun = journal.indexOf('delivery-begun');
  return begun === -1 || journal.lastIndexOf('PATCH') < begun;
}
