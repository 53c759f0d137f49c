import { beforeEach, describe, expect, it } from '@jest/globals';
import type { QuestionAnswer } from '../../../src/reset/questions/question-runner.ts';
import { Secret } from '../../../src/base/secret.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { Confirmation } from '../../../src/reset/use-cases/confirmation.ts';
import { markOwner } from '../../../src/teams/handlers/card-owner.ts';
import { proofTexts } from '../../../src/texts/confirmation.ts';
import { verbs } from '../../../src/teams/activity/card-actions.ts';
import { answerPress, type PressVerbDependencies } from '../../../src/teams/handlers/press-verbs.ts';
import { createProgressIndicator } from '../../../src/teams/handlers/progress-indicator.ts';
import { pressTexts } from '../../../src/texts/buttons-and-labels.ts';
import { signOutTexts } from '../../../src/texts/sign-out-and-access-pass.ts';
import { decisionTexts } from '../../../src/texts/approvals.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { trouble } from '../../support/pretend-partner.ts';

type Revealed = Awaited<ReturnType<PressVerbDependencies['resets']['reveal']>>;

const request = buildResetRequest({ state: 'resetting' });
const finished: ResetRequest = { ...request, state: 'delivered' };
const question = buildOpenQuestion();
const settled = () => new Promise((resolve) => setImmediate(resolve));
const unexpected = () => Promise.reject(new Error('This use case must not be called.'));

let clock: HandClock;
let said: string[];
let remembered: string[];
let put: object[];

beforeEach(() => {
  clock = createHandClock();
  said = [];
  remembered = [];
  put = [];
});

/** Presses a button as the requester does in their own chat, with some use cases answering. */
function press(
  verb: string,
  resets: Partial<PressVerbDependencies['resets']>,
  changes: {
    readonly trigger?: 'manual' | 'automatic';
    readonly inputs?: Readonly<Record<string, string>>;
    readonly answerBy?: number;
  } = {},
) {
  const messages = {
    reply: (_conversation: unknown, text: string) => {
      said.push(text);
      return Promise.resolve();
    },
    putCard: (_address: unknown, card: object) => {
      put.push(card);
      return Promise.resolve();
    },
  };
  const dependencies: PressVerbDependencies = {
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
      freeze: unexpected,
      freezeChoices: unexpected,
      freezeChosen: unexpected,
      unfinished: unexpected,
      standingNotes: unexpected,
      openQuestions: unexpected,
      freezes: unexpected,
      references: unexpected,
      history: unexpected,
      rightsOf: unexpected,
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
  return answerPress(dependencies, {
    answerBy: clock.now() + 2500,
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
    clock.advance(2400);
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
    expect(clock.waits).toEqual([500, 400]);
    clock.advance(400);
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
    clock.advance(2400);
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

describe('a press whose work hangs before there is anything to show', () => {
  const never = () => new Promise<never>(() => undefined);

  it.each([
    [verbs.reset, { confirm: never }, pressTexts.underWay],
    [verbs.cancel, { cancel: never }, pressTexts.underWay],
    [verbs.choose, { choose: never }, pressTexts.underWay],
    [verbs.cancelQuestion, { cancelQuestion: never }, pressTexts.underWay],
    [verbs.freezeEverything, { freeze: never }, pressTexts.underWay],
    [verbs.freeze, { freezeChosen: never }, pressTexts.underWay],
    [verbs.status, { unfinished: never }, pressTexts.listLate],
    [verbs.history, { history: never }, pressTexts.listLate],
    [verbs.help, { rightsOf: never }, pressTexts.listLate],
    [verbs.cancelListed, { cancel: never }, pressTexts.listLate],
    [verbs.cancelListedQuestion, { cancelQuestion: never }, pressTexts.listLate],
    [verbs.hideListed, { acknowledge: never }, pressTexts.beingHidden],
    [verbs.passedOn, { acknowledge: never }, pressTexts.beingHidden],
    [verbs.reveal, { reveal: never }, pressTexts.showingLate],
  ] as const)('is answered within 2.5 seconds: %s', async (verb, resets, text) => {
    const until = String(clock.now() + 60_000);
    const answer = press(verb, resets, { inputs: { for: markOwner(request.technician), until, choice: 'k1' } });
    await settled();
    clock.advance(2500);
    expect(await answer).toEqual({ kind: 'message', text });
  });

  it('never calls a password hidden whose message could not be changed yet', async () => {
    const delivered = { ...request, state: 'delivered' } as const;
    const acknowledge = () => Promise.resolve({ kind: 'as-it-stands', request: delivered } as const);
    const until = String(clock.now() + 60_000);
    const inputs = { for: markOwner(request.technician), until };
    expect(await press(verbs.hideListed, { acknowledge }, { inputs })).toEqual({
      kind: 'message',
      text: pressTexts.beingHidden,
    });
  });

  it('shows on its card later what came of it', async () => {
    const { promise, resolve } = Promise.withResolvers<Confirmation>();
    const refreshed: string[] = [];
    const refreshCard = (id: string) => {
      refreshed.push(id);
      return Promise.resolve();
    };
    const answer = press(verbs.reset, { confirm: () => promise, refreshCard });
    await settled();
    clock.advance(2500);
    expect(await answer).toEqual({ kind: 'message', text: pressTexts.underWay });
    resolve({ kind: 'begun', request, done: never() });
    await settled();
    clock.advance(0);
    await settled();
    expect([refreshed, said]).toEqual([[request.id], []]);
  });

  it('says later in the chat what it lacked, and never what a password is', async () => {
    const { promise, resolve } = Promise.withResolvers<Confirmation>();
    const answer = press(verbs.reset, { confirm: () => promise });
    await settled();
    clock.advance(2500);
    await answer;
    resolve({ kind: 'proof-lacking', lack: 'verification-missing' });
    await settled();
    expect(said).toEqual([proofTexts['verification-missing']]);
    const password = new Secret('CANARY-1');
    const shown = Promise.withResolvers<Revealed>();
    const late = press(verbs.reveal, { reveal: () => shown.promise });
    await settled();
    clock.advance(2500);
    expect(await late).toEqual({ kind: 'message', text: pressTexts.showingLate });
    shown.resolve({ kind: 'revealed', request, password, accessPass: undefined });
    await settled();
    expect(JSON.stringify([said, put])).not.toContain('CANARY');
  });

  it('has only the time that the gate left', async () => {
    const answer = press(verbs.cancel, { cancel: never }, { answerBy: clock.now() + 300 });
    await settled();
    clock.advance(300);
    expect(await answer).toEqual({ kind: 'message', text: pressTexts.underWay });
  });
});

it('a press of an unknown button changes nothing', async () => {
  expect(await press('no-such-verb', {})).toEqual({ kind: 'message', text: pressTexts.unknownButton });
});
