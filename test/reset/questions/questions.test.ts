import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type QuestionId, type UserId } from '../../../src/base/ids.ts';
import type { MessageAddress, Technician } from '../../../src/reset/identity.ts';
import type { Finding } from '../../../src/reset/ports/partner-center.ts';
import type { OpenQuestion } from '../../../src/reset/questions/question.ts';
import type { Customer } from '../../../src/reset/target.ts';
import type { Proposal } from '../../../src/reset/use-cases/propose.ts';
import { renderQuestion } from '../../../src/teams/cards/question.ts';
import { trouble } from '../../support/pretend-partner.ts';
import {
  askedIn,
  type Process,
  type ResetWorld,
  robin,
  said,
  sam,
  stranger,
  target,
} from '../../support/reset-world.ts';
import { startResetWorld } from '../../support/started-world.ts';

const minute = 60_000;
const other: Customer = {
  ...target.customer,
  id: asId<CustomerId>('c5000000-0000-4000-8000-000000000002'),
  domain: 'other.example',
};
const namesake = {
  customer: target.customer,
  user: {
    ...target.user,
    id: asId<UserId>('e5000000-0000-4000-8000-000000000002'),
    userPrincipalName: 'ann2@x.example',
  },
};
const whichUser: Extract<Finding, { kind: 'which-user' }> = {
  kind: 'which-user',
  typed: 'Ann Lee',
  customerInferred: false,
  choices: [target, namesake],
};
const whichCustomer: Finding = {
  kind: 'which-customer',
  typed: 'Contoso',
  people: ['Ann Lee'],
  choices: [target.customer, other],
};

describe('a question back', () => {
  let world: ResetWorld;
  let process: Process;
  let card: MessageAddress;
  let asked = 0;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });
  afterEach(() => world.close());

  const say = (text: string, by: Technician = robin, activityId = `f:said-${(asked += 1)}`) =>
    process.resets.propose({ technician: by, conversation: askedIn, activityId, text });
  const questionIn = (proposal: Proposal): OpenQuestion => {
    if (proposal.kind !== 'asked') throw new Error(`not asked: ${proposal.kind}`);
    return proposal.question;
  };
  const ask = async (finding: Finding): Promise<OpenQuestion> => {
    world.partner.find(finding);
    const question = questionIn(await say('reset Ann Lee at Contoso'));
    card = world.chats.postCard();
    await process.resets.rememberQuestionCard(question.id, card);
    return question;
  };
  const key = ({ choices }: OpenQuestion, index = 0) => choices[index]?.key ?? 'none';
  const choose = async (id: QuestionId, chosen: string, by: Technician = robin, process_ = process) => {
    const choosing = await process_.resets.choose(id, by, chosen);
    return choosing.kind === 'taken' ? choosing.done : choosing;
  };
  const stands = async (id: QuestionId) => {
    const question = await world.questions.find(id);
    if (question === undefined) throw new Error('no such question');
    return question;
  };
  const kinds = async () => (await world.readTrail()).map(({ kind }) => kind);

  it('becomes a proposal for the person who is chosen, on the same card, after a fresh look', async () => {
    const { id, choices, becomes } = await ask(whichUser);
    const answer = await choose(id, choices[0]?.key ?? '');
    expect(answer).toMatchObject({ kind: 'request', request: { id: becomes, state: 'proposed', target, card } });
    expect(world.partner.lookUps).toBe(1);
    expect(world.chats.shownCards()).toStrictEqual([{ state: 'proposed', password: undefined }]);
    await expect(stands(id)).resolves.toMatchObject({ state: 'answered', cardIsOwed: false, dueAt: undefined });
    await process.resets.confirm(becomes, robin, said);
    await world.pass(minute);
    expect(world.partner.tries).toHaveLength(1);
  });

  it('gives a choice pressed twice, at once or later, the same answer, and proposes once', async () => {
    const question = await ask(whichUser);
    const answers = await Promise.all([0, 0, 1, 0].map((index) => choose(question.id, key(question, index))));
    const late = await choose(question.id, key(question));
    for (const answer of [...answers, late]) {
      expect(answer).toMatchObject({ kind: 'request', request: { id: question.becomes, target } });
    }
    expect((await kinds()).filter((kind) => kind === 'proposed' || kind === 'chosen')).toStrictEqual([
      'chosen',
      'proposed',
    ]);
  });

  it('asks again at the customer who is chosen, by its id, and goes on to the person', async () => {
    const question = await ask(whichCustomer);
    world.partner.find(whichUser);
    const again = await choose(question.id, key(question, 1));
    expect(world.partner.questions.at(-1)?.asked).toMatchObject({ text: 'Ann Lee', customer: { id: other.id } });
    if (again.kind !== 'question') throw new Error(`not asked again: ${again.kind}`);
    expect(again.question).toMatchObject({ id: question.id, state: 'open', asks: { kind: 'which-user' } });
    expect(world.chats.shownQuestions().at(-1)?.asks.kind).toBe('which-user');
    await expect(choose(question.id, key(question, 1))).resolves.toMatchObject({
      kind: 'question',
      question: { state: 'open', asks: { kind: 'which-user' } },
    });
    await expect(choose(question.id, key(again.question))).resolves.toMatchObject({
      kind: 'request',
      request: { target },
    });
  });

  it('does not call a customer inferred who was chosen, and one who was left out it does', async () => {
    const question = await ask(whichCustomer);
    await expect(choose(question.id, key(question))).resolves.toMatchObject({ request: { customerInferred: false } });
    for (const customerInferred of ['context', false] as const) {
      world.partner.find({ ...whichUser, customerInferred });
      const asked = questionIn(await say('reset Ann Lee'));
      await expect(choose(asked.id, key(asked))).resolves.toMatchObject({ request: { customerInferred } });
    }
  });

  it.each<Finding>([
    {
      kind: 'no-user',
      typed: 'Ann Lea',
      customer: target.customer,
      customerInferred: false,
      near: [target.user],
      more: 0,
    },
    { kind: 'no-customer', typed: 'Contosso', people: [], near: [target.customer], more: 0 },
    {
      kind: 'unknown-domain',
      typed: 'contosso.example',
      people: [],
      elsewhere: false,
      near: [target.customer],
      more: 0,
    },
  ])('never takes a near miss by itself: $kind', async (finding) => {
    const question = await ask(finding);
    expect(question.choices).toHaveLength(1);
    expect(await kinds()).not.toContain('proposed');
  });

  it.each<Finding>([
    { kind: 'customer-missing', typed: 'Ann Lee', people: [] },
    { kind: 'no-customer', typed: 'Nowhere', people: [], near: [], more: 0 },
    { kind: 'unknown-domain', typed: 'x.example', people: [], elsewhere: true, near: [], more: 0 },
    { kind: 'no-user', typed: 'Nobody', customer: target.customer, customerInferred: false, near: [], more: 0 },
    { kind: 'trouble', trouble: trouble('unavailable') },
  ])('is asked in words where there is nothing to choose from: $kind', async (finding) => {
    world.partner.find(finding);
    await expect(say('reset x at y')).resolves.toMatchObject({ kind: 'question', finding });
  });

  it('lets nobody else choose or cancel, not even the same id of another tenant, and records that', async () => {
    const question = await ask(whichUser);
    for (const somebody of [sam, stranger]) {
      await expect(choose(question.id, key(question), somebody)).resolves.toStrictEqual({ kind: 'not-yours' });
      await expect(process.resets.cancelQuestion(question.id, somebody)).resolves.toStrictEqual({ kind: 'not-yours' });
    }
    expect((await kinds()).filter((kind) => kind === 'click-refused')).toHaveLength(4);
    await expect(stands(question.id)).resolves.toMatchObject({ state: 'open' });
  });

  it('says that nothing was chosen, and believes no key that is not its own', async () => {
    const question = await ask(whichUser);
    await expect(choose(question.id, '')).resolves.toStrictEqual({ kind: 'nothing-chosen' });
    for (const forged of [target.user.id, question.id, '0', 'constructor']) {
      await expect(choose(question.id, forged)).resolves.toMatchObject({
        kind: 'question',
        question: { state: 'open' },
      });
    }
    await expect(choose(asId<QuestionId>('unknown'), key(question))).resolves.toStrictEqual({ kind: 'unknown' });
    expect(await kinds()).not.toContain('proposed');
  });

  it('is over when it is cancelled, and its card says so', async () => {
    const question = await ask(whichUser);
    const cancelled = await process.resets.cancelQuestion(question.id, robin);
    if (cancelled.kind !== 'taken') throw new Error(cancelled.kind);
    await expect(cancelled.done).resolves.toMatchObject({ kind: 'question', question: { state: 'cancelled' } });
    expect(world.chats.shownQuestions().at(-1)?.state).toBe('cancelled');
    await expect(choose(question.id, key(question))).resolves.toMatchObject({ question: { state: 'cancelled' } });
  });

  it('expires by itself after the minutes of the policy, and its card says so; a press then changes nothing', async () => {
    const question = await ask(whichUser);
    await world.pass(10 * minute + 2000);
    expect(world.chats.shownQuestions().at(-1)?.state).toBe('expired');
    await expect(choose(question.id, key(question))).resolves.toMatchObject({ question: { state: 'expired' } });
    expect(await kinds()).not.toContain('proposed');
  });

  it('shows its end later where the chat does not take it at once', async () => {
    const question = await ask(whichUser);
    world.chats.nextQuestions('try-again');
    await process.resets.cancelQuestion(question.id, robin);
    await world.pass(minute);
    expect(world.journal.filter((did) => did === 'put question')).toHaveLength(2);
    await expect(stands(question.id)).resolves.toMatchObject({ cardIsOwed: false, dueAt: undefined });
  });

  it('says that the person who was chosen is gone or renamed, and proposes nobody', async () => {
    const gone = await ask(whichUser);
    world.partner.answerLookUp({ kind: 'gone' });
    await expect(choose(gone.id, key(gone))).resolves.toMatchObject({
      question: { closing: { kind: 'gone', target } },
    });
    const removed = await ask(whichUser);
    const { id, displayName, userPrincipalName } = target.user;
    const deleted = { id, displayName, userPrincipalName, deletedAt: Date.UTC(2026, 10, 3) };
    world.partner.answerLookUp({ kind: 'gone', deleted });
    const closed = await choose(removed.id, key(removed));
    expect(closed).toMatchObject({ question: { closing: { kind: 'gone', target, deleted: [deleted] } } });
    expect(JSON.stringify(renderQuestion(await stands(removed.id), world.clock.now()))).toContain(
      'was deleted on {{DATE(2026-11-03T00:00:00Z, SHORT)}}, and can be restored until {{DATE(2026-12-03T00:00:00Z, SHORT)}}.',
    );
    const renamed = await ask(whichUser);
    world.partner.answerLookUp({ kind: 'found', user: { ...target.user, displayName: 'Ann Bell' } });
    await expect(choose(renamed.id, key(renamed))).resolves.toMatchObject({
      question: { state: 'closed', closing: { kind: 'changed', target: { user: { displayName: 'Ann Bell' } } } },
    });
    expect(await kinds()).not.toContain('proposed');
  });

  it('shows it on the confirmation where the person who was chosen was promoted since', async () => {
    const question = await ask(whichUser);
    world.partner.change({ roles: [{ id: '62e90394-69f5-4237-9190-012177145e10', name: 'Company Administrator' }] });
    await expect(choose(question.id, key(question))).resolves.toMatchObject({
      kind: 'request',
      request: { target: { user: { roles: [{ name: 'Company Administrator' }] } } },
    });
  });

  it('refuses at once what cannot be reset', async () => {
    const question = await ask(whichUser);
    world.partner.change({ synchronised: true });
    await expect(choose(question.id, key(question))).resolves.toMatchObject({
      kind: 'request',
      request: { state: 'refused', refusal: { kind: 'synchronised' } },
    });
  });

  it('stays open when Partner Center fails, and says what failed', async () => {
    const question = await ask(whichCustomer);
    world.partner.find({ kind: 'trouble', trouble: trouble('unavailable') });
    await expect(choose(question.id, key(question))).resolves.toMatchObject({
      kind: 'trouble',
      correlationId: question.correlationId,
    });
    await expect(choose(question.id, key(question))).resolves.toMatchObject({ kind: 'request' });
  });

  it('is searched for within the customers for whom the technician may reset, and a choice of another comes to nothing', async () => {
    const question = await ask(whichCustomer);
    world.change({
      customers: { [target.customer.id]: { technicians: [{ kind: 'person', objectId: sam.objectId }] } },
    });
    await say('reset Ann Lee at Contoso');
    const reach = world.partner.questions.at(-1)?.options?.reach;
    expect([target.customer.id, other.id].map((id) => reach?.permits(id))).toStrictEqual([false, true]);
    const searches = world.partner.questions.length;
    await expect(choose(question.id, key(question))).resolves.toMatchObject({
      question: { state: 'closed', closing: { kind: 'not-a-technician' } },
    });
    expect(world.partner.questions).toHaveLength(searches);
  });

  it('is asked once when the message is delivered twice', async () => {
    world.partner.find(whichUser, whichUser);
    await expect(say('reset Ann at C', robin, 'f:twice')).resolves.toMatchObject({ kind: 'asked' });
    await expect(say('reset Ann at C', robin, 'f:twice')).resolves.toStrictEqual({
      kind: 'already-answered',
    });
  });

  it('is answered once where there is nothing to choose from and the message is delivered twice, and is in the trail', async () => {
    world.partner.find(
      { kind: 'customer-missing', typed: 'Ann', people: [] },
      { kind: 'customer-missing', typed: 'Ann', people: [] },
    );
    await expect(say('reset Ann', robin, 'f:in-words')).resolves.toMatchObject({ kind: 'question' });
    await expect(say('reset Ann', robin, 'f:in-words')).resolves.toStrictEqual({ kind: 'already-answered' });
    expect((await kinds()).filter((kind) => kind === 'asked-back')).toHaveLength(1);
    await expect(process.resets.openQuestions(robin)).resolves.toStrictEqual([]);
  });

  it('offers six of those who fit, and says how many more there are', async () => {
    const many = Array.from({ length: 9 }, (_, at) => ({
      ...namesake,
      user: { ...namesake.user, id: asId<UserId>(`e5000000-0000-4000-8000-00000000001${at}`) },
    }));
    const question = await ask({ kind: 'which-user', typed: 'Ann Lee', customerInferred: false, choices: many });
    expect(question.choices).toHaveLength(6);
    expect(question.asks.more).toBe(3);
    const near = await ask({
      kind: 'no-customer',
      typed: 'Contosso',
      people: [],
      near: [target.customer, other],
      more: 41,
    });
    expect(near.asks).toStrictEqual({ kind: 'near-customer', typed: 'Contosso', more: 41 });
  });

  it('is among those that wait for a choice until it is over', async () => {
    const first = await ask(whichUser);
    await world.pass(1000);
    const second = await ask(whichCustomer);
    const open = async (who = robin) => (await process.resets.openQuestions(who)).map(({ id }) => id);
    await expect(open()).resolves.toStrictEqual([second.id, first.id]);
    await expect(open(sam)).resolves.toStrictEqual([]);
    await process.resets.cancelQuestion(second.id, robin);
    await expect(open()).resolves.toStrictEqual([first.id]);
    await world.pass(11 * minute);
    await expect(open()).resolves.toStrictEqual([]);
  });

  it('is deleted 30 days after its end, and its entries in the trail stay', async () => {
    const question = await ask(whichUser);
    await process.resets.cancelQuestion(question.id, robin);
    await world.pass(minute);
    const before = await kinds();
    world.clock.advance(29 * 24 * 60 * minute);
    await world.pass(2 * minute);
    await expect(stands(question.id)).resolves.toMatchObject({ state: 'cancelled' });
    world.clock.advance(25 * 60 * minute);
    await world.pass(2 * minute);
    await expect(world.questions.find(question.id)).resolves.toBeUndefined();
    expect(await kinds()).toStrictEqual([...before, 'row-removed']);
  });

  it.each(
    Array.from({ length: 12 }, (_, call) => [call + 1, 'before'] as const).flatMap(([call, when]) => [
      [call, when] as const,
      [call, 'after'] as const,
    ]),
  )('becomes one request, shown on its card, when the process dies at call %i, %s it', async (call, when) => {
    const question = await ask(whichUser);
    process.power.cutAt(process.power.calls + call, when);
    void process.resets.choose(question.id, robin, key(question));
    await world.settle();
    process.power.cut();
    const second = world.boot('second');
    second.resets.start();
    await world.pass(minute);
    const { state } = await stands(question.id);
    expect(['open', 'answered']).toContain(state);
    await choose(question.id, key(question), robin, second);
    await world.pass(minute);
    await expect(stands(question.id)).resolves.toMatchObject({ state: 'answered', cardIsOwed: false });
    await expect(world.stands(question.becomes)).resolves.toMatchObject({ state: 'proposed', card });
    expect(world.chats.shownCards().at(-1)).toMatchObject({ state: 'proposed' });
    expect((await kinds()).filter((kind) => kind === 'proposed')).toHaveLength(1);
  });

  it('pressed before its address is known, is brought up to date when it is', async () => {
    world.partner.find(whichUser);
    const question = questionIn(await say('reset Ann Lee at Contoso'));
    await choose(question.id, key(question));
    const address = world.chats.postCard();
    await process.resets.rememberQuestionCard(question.id, address);
    await expect(world.stands(question.becomes)).resolves.toMatchObject({ card: address });
    expect(world.chats.shownCards().at(-1)).toMatchObject({ state: 'proposed' });
  });

  describe('and the customer of the last reset in a chat', () => {
    const inferred = () => world.partner.questions.at(-1)?.options?.inferredCustomer;
    const reset = async () => {
      const { id } = await world.ask(process);
      const confirmed = await process.resets.confirm(id, robin, said);
      if (confirmed.kind === 'begun') await confirmed.done;
    };

    it('is used for 30 minutes where none is named', async () => {
      await reset();
      await say('reset Ann Lee');
      expect(inferred()).toBe(target.customer.id);
      await world.pass(31 * minute);
      await say('reset Ann Lee');
      expect(inferred()).toBeUndefined();
    });

    it('is nothing to anybody else, and needs a reset that was confirmed', async () => {
      await world.ask(process);
      await say('reset Ann Lee');
      expect(inferred()).toBeUndefined();
      await reset();
      await say('reset Ann Lee', sam);
      expect(inferred()).toBeUndefined();
    });
  });
});
