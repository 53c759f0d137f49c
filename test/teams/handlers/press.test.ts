import { beforeEach, describe, expect, it } from '@jest/globals';
import type { QuestionAnswer } from '../../../src/reset/questions/question-runner.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { verbs } from '../../../src/teams/activity/card-actions.ts';
import { handlePress, type PressDependencies } from '../../../src/teams/handlers/press.ts';
import { createProgressIndicator } from '../../../src/teams/handlers/progress-indicator.ts';
import { pressTexts } from '../../../src/texts/buttons-and-labels.ts';
import { signOutTexts } from '../../../src/texts/sign-out-and-access-pass.ts';
import { decisionTexts } from '../../../src/texts/approvals.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { trouble } from '../../support/pretend-partner.ts';

const request = buildResetRequest({ state: 'resetting' });
const finished: ResetRequest = { ...request, state: 'delivered' };
const question = buildOpenQuestion();
const settled = () => new Promise((resolve) => setImmediate(resolve));
const unexpected = () => Promise.reject(new Error('This use case must not be called.'));

let clock: HandClock;
let said: string[];
let remembered: string[];

beforeEach(() => {
  clock = createHandClock();
  said = [];
  remembered = [];
});

/** Presses a button as the requester does in their own chat, with some use cases answering. */
function press(
  verb: string,
  resets: Partial<PressDependencies['resets']>,
  changes: { readonly trigger?: 'manual' | 'automatic'; readonly inputs?: Readonly<Record<string, string>> } = {},
) {
  const messages = {
    reply: (_conversation: unknown, text: string) => {
      said.push(text);
      return Promise.resolve();
    },
  };
  const dependencies: PressDependencies = {
    resets: {
      confirm: unexpected,
      cancel: unexpected,
      decideApproval: unexpected,
      choose: unexpected,
      cancelQuestion: unexpected,
      acknowledge: unexpected,
      reveal: unexpected,
      signOut: unexpected,
      getAccessPass: unexpected,
      run: unexpected,
      refreshCard: () => Promise.resolve(),
      refreshStatedCard: () => Promise.resolve(),
      rememberCardAddress: ({ id }, { activityId }) => void remembered.push(`${id} ${activityId}`),
      ...resets,
    },
    messages,
    progress: createProgressIndicator({ clock, messages, newReference: () => 'R-1', log: () => undefined }),
    render: {
      card: ({ state }) => ({ request: state }),
      question: ({ state }) => ({ question: state }),
      approval: ({ state }) => ({ approval: state }),
      directMessage: ({ state }, password) => ({ message: state, password: password?.reveal((text) => text) }),
    },
    clock,
  };
  return handlePress(dependencies, {
    kind: 'press',
    technician: request.technician,
    conversation: request.askedIn,
    activityId: 'f:1',
    verb,
    inputs: { request: request.id, question: question.id },
    trigger: 'manual',
    replyToId: 'm1',
    ...changes,
  });
}

describe('a press of Reset password', () => {
  it('shows the outcome if it is there in time, and remembers the address of the card', async () => {
    const answer = await press(verbs.reset, {
      confirm: () => Promise.resolve({ kind: 'begun', request, done: Promise.resolve(finished) }),
    });
    expect(answer).toEqual({ kind: 'card', card: { request: 'delivered' } });
    expect(remembered).toEqual([`${request.id} m1`]);
  });

  it.each([
    ['takes longer than 2.5 seconds', () => new Promise<ResetRequest>(() => undefined)],
    ['fails', () => Promise.reject<ResetRequest>(new Error('broken'))],
  ])('shows the request as it was at the press if the work %s', async (_how, work) => {
    const answer = press(verbs.reset, {
      confirm: () => Promise.resolve({ kind: 'begun', request, done: work() }),
    });
    await settled();
    clock.advance(2500);
    expect(await answer).toEqual({ kind: 'card', card: { request: 'resetting' } });
  });

  it('does nothing if a client refreshed the card by itself', async () => {
    const answer = await press(verbs.reset, {}, { trigger: 'automatic' });
    expect(answer).toEqual({ kind: 'message', text: pressTexts.unknownButton });
  });
});

describe('a press of Approve', () => {
  it('is answered with a sentence if the decision is not taken within 2.5 seconds', async () => {
    const answer = press(verbs.approve, { decideApproval: () => new Promise(() => undefined) });
    clock.advance(2500);
    expect(await answer).toEqual({ kind: 'message', text: decisionTexts.late });
  });

  it('gives the work after the decision only the time that is left', async () => {
    const { promise: decided, resolve: decide } = Promise.withResolvers<void>();
    const answer = press(verbs.approve, {
      decideApproval: async () => {
        await decided;
        return { kind: 'begun', request, done: new Promise(() => undefined) };
      },
    });
    clock.advance(2000);
    decide();
    await settled();
    expect(clock.waits).toEqual([500]);
    clock.advance(500);
    expect(await answer).toEqual({ kind: 'card', card: { approval: 'resetting' } });
  });
});

describe('a press of Choose', () => {
  it('shows that the search continues, and reports later trouble in the chat', async () => {
    const { promise: done, resolve } = Promise.withResolvers<QuestionAnswer>();
    const answer = press(
      verbs.choose,
      { choose: () => Promise.resolve({ kind: 'taken', question: { ...question, state: 'chosen' }, done }) },
      { inputs: { question: question.id, choice: 'k1' } },
    );
    await settled();
    clock.advance(2500);
    expect(await answer).toEqual({ kind: 'card', card: { question: 'chosen' } });
    resolve({
      kind: 'trouble',
      trouble: trouble('timeout'),
      correlationId: request.correlationId,
    });
    await settled();
    expect(said.at(-1)).toContain(request.correlationId);
  });

  it('fails as the use case does, and leaves no notice behind', async () => {
    await expect(press(verbs.choose, { choose: () => Promise.reject(new Error('broken')) })).rejects.toThrow('broken');
    await settled();
    expect(clock.waits).toEqual([]);
    expect(said).toEqual([]);
  });
});

describe('Sign out everywhere', () => {
  it('says what came of it', async () => {
    const at = Date.UTC(2026, 11, 1, 9);
    const outcome = { at, begunAt: at, outcome: 'done', code: undefined } as const;
    const signOut = () => Promise.resolve({ kind: 'pressed', request, outcome } as const);
    expect(await press(verbs.signOut, { signOut })).toEqual({
      kind: 'message',
      text: expect.stringMatching(/^Signed out everywhere: .*Apps that are open now can work on for up to an hour/),
    });
  });

  it('says why not where nothing was sent', async () => {
    const signOut = () => Promise.resolve({ kind: 'not-now', why: 'off' } as const);
    expect(await press(verbs.signOut, { signOut })).toEqual({ kind: 'message', text: signOutTexts.notNow.off });
  });

  it('does not wait for a slow answer longer than Teams does', async () => {
    const answer = press(verbs.signOut, { signOut: () => new Promise(() => undefined) });
    await settled();
    clock.advance(2500);
    expect(await answer).toEqual({ kind: 'message', text: signOutTexts.late });
  });
});

describe.each([
  [verbs.signOut, 'signOut'],
  [verbs.accessPass, 'getAccessPass'],
  [verbs.reveal, 'reveal'],
  [verbs.passedOn, 'acknowledge'],
] as const)('a press of %s that fails', (verb, useCase) => {
  it('fails as the use case does, and is not called slow', async () => {
    const failing = { [useCase]: () => Promise.reject(new Error('the store is away')) };
    await expect(press(verb, failing)).rejects.toThrow('the store is away');
  });

  it('is reported in the chat where it fails later', async () => {
    const work = Promise.withResolvers<never>();
    const answer = press(verb, { [useCase]: () => work.promise });
    await settled();
    clock.advance(2500);
    await answer;
    work.reject(new Error('the store is away'));
    await settled();
    expect(said).toHaveLength(1);
  });
});

it('a press of an unknown button changes nothing', async () => {
  expect(await press('no-such-verb', {})).toEqual({ kind: 'message', text: pressTexts.unknownButton });
});
