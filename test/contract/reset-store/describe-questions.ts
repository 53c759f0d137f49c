import { beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type QuestionId, type TenantId, type UserId } from '../../../src/base/ids.ts';
import type { Conversation } from '../../../src/reset/identity.ts';
import type { Closed, OpenQuestion } from '../../../src/reset/questions/question.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { signAnew } from '../../support/sign-anew.ts';
import type { StoreBench } from './store-bench.ts';

const { target, askedIn } = buildResetRequest();
const elsewhere: Conversation = { ...askedIn, id: '19:elsewhere' };

/** Somebody who was deleted. */
const lynne = {
  id: asId<UserId>('e5000000-0000-4000-8000-000000000007'),
  displayName: 'Lynne Robbins',
  userPrincipalName: 'lynne.robbins@contosobikes.example',
};

/** How every store keeps questions with choices. */
export function describeQuestions(bench: StoreBench): void {
  describe('questions with choices', () => {
    let question: OpenQuestion;
    const questions = () => bench.store().questions;
    const next = (change: Partial<OpenQuestion>): OpenQuestion => ({ ...question, ...change, version: 2 });
    const numbered = (number: number, given: Partial<OpenQuestion> = {}) =>
      buildOpenQuestion({ id: asId<QuestionId>(`question-${number}`), askedBy: `f:${number}`, ...given });

    beforeEach(async () => {
      question = buildOpenQuestion();
      await expect(questions().add(question, bench.entry('asked-back'))).resolves.toBe('added');
    });

    it.each<Closed | undefined>([
      undefined,
      { kind: 'gone', target },
      { kind: 'gone', target, deleted: [lynne] },
      { kind: 'nobody', typed: 'Ann', customer: target.customer, deleted: [{ ...lynne, deletedAt: 5 }, lynne] },
      { kind: 'changed', target },
      { kind: 'nobody', typed: 'Ann', customer: target.customer },
      { kind: 'customer-gone', customer: target.customer },
      { kind: 'answered-elsewhere' },
      { kind: 'said-in-words' },
      { kind: 'not-a-technician' },
    ])('come back whole, over a restart too: %j', async (closing) => {
      const after = next({
        state: closing === undefined ? 'open' : 'closed',
        closing,
        readings: [...question.readings, { user: 'Ann', customer: undefined }],
        choices: [...question.choices, { kind: 'customer', key: 'choice-2', customer: target.customer }],
        chosen: 'choice-1',
        endedAt: bench.now,
        card: { conversation: elsewhere, activityId: 'f:card' },
        cardIsOwed: true,
        putOff: 2,
        worker: 'first',
        dueAt: undefined,
      });
      await expect(questions().swap(question, after, bench.entry('chosen'))).resolves.toBe(true);
      await bench.store().close();
      await bench.reopen();
      await expect(questions().find(question.id)).resolves.toStrictEqual(after);
    });

    it('keep what was typed, until when it may be, what was said of the caller and the customer of a missing person', async () => {
      const after = next({
        asks: { kind: 'missing-user', typed: 'Ann', more: 0, customer: target.customer },
        choices: [],
        typedAnswers: [{ activityId: 'f:2', name: 'Ann Lee' }],
        typedUntil: bench.now + 1000,
        inferredFrom: 'context',
        stated: { verification: undefined, ticket: '4711' },
      });
      await expect(questions().swap(question, after, bench.entry('chosen'))).resolves.toBe(true);
      await expect(questions().find(question.id)).resolves.toStrictEqual(after);
    });

    it('keep who of the typed name was deleted', async () => {
      const asks = { kind: 'near-user', typed: 'Ann', more: 0, deleted: [{ ...lynne, deletedAt: 5 }, lynne] } as const;
      const after = next({ asks });
      await expect(questions().swap(question, after, bench.entry('chosen'))).resolves.toBe(true);
      await expect(questions().find(question.id)).resolves.toStrictEqual(after);
    });

    it('are found for the person and the chat, the latest first, also a while after their end', async () => {
      const { technician } = question;
      const recent = async (conversation = askedIn.id, tenant = technician.tenantId) => {
        const whose = { technician: technician.objectId, tenant, conversation };
        return (await questions().recentOf(whose, bench.now - 1000)).map(({ id }) => id);
      };
      const later = question.askedAt + 1000;
      await questions().add(numbered(1, { askedAt: later, state: 'chosen' }), bench.entry('asked-back'));
      await questions().add(numbered(2, { state: 'answered', endedAt: bench.now - 2000 }), bench.entry('asked-back'));
      await questions().add(
        numbered(3, { askedAt: later + 1, state: 'answered', endedAt: bench.now - 500 }),
        bench.entry('asked-back'),
      );
      await questions().add(numbered(4, { askedIn: elsewhere }), bench.entry('asked-back'));
      await expect(recent()).resolves.toStrictEqual(['question-3', 'question-1', question.id]);
      await expect(recent(elsewhere.id)).resolves.toStrictEqual(['question-4']);
      await expect(recent(askedIn.id, asId<TenantId>('elsewhere'))).resolves.toStrictEqual([]);
    });

    it('with choices hold no field that an older program does not know, where nothing was typed or said', async () => {
      const fields = new Set(['typedAnswers', 'typedUntil', 'stated', 'inferredFrom']);
      const kept = await questions().find(question.id);
      expect(Object.keys(kept ?? {}).filter((field) => fields.has(field))).toStrictEqual([]);
    });

    it('are asked once for an activity of a chat', async () => {
      const again = { ...question, id: asId<QuestionId>('another') };
      await expect(questions().add(again, bench.entry('asked-back'))).resolves.toBe('already-there');
      const there = { ...again, askedIn: elsewhere };
      await expect(questions().add(there, bench.entry('asked-back'))).resolves.toBe('added');
      await expect(questions().find(asId<QuestionId>('nobody-asked'))).resolves.toBeUndefined();
    });

    it('are swapped by one of many at once, and only by whoever has the latest version', async () => {
      const swaps = await Promise.all(
        Array.from({ length: 8 }, (_, number) =>
          questions().swap(question, next({ state: 'chosen', chosen: `choice-${number}` }), bench.entry('chosen')),
        ),
      );
      expect(swaps.filter(Boolean)).toHaveLength(1);
      await expect(questions().swap(question, next({ state: 'expired' }), bench.entry('question-over'))).resolves.toBe(
        false,
      );
      expect((await bench.readTrail()).map(({ kind }) => kind)).toStrictEqual(['asked-back', 'chosen']);
    });

    it('never become another question, and never skip a version', async () => {
      const wrong = [next({ id: asId<QuestionId>('another') }), { ...next({}), version: 3 }];
      for (const after of wrong) {
        await expect(questions().swap(question, after, bench.entry('chosen'))).rejects.toThrow('next version');
      }
    });

    it('are due when their time has come, the longest due first, as many as asked for', async () => {
      await questions().swap(question, next({ dueAt: undefined }), bench.entry('question-over'));
      const times = [bench.now - 2000, bench.now - 3000, bench.now - 1000, bench.now + 600_000];
      for (const [index, dueAt] of times.entries()) {
        await questions().add(numbered(index, { dueAt }), bench.entry('asked-back'));
      }
      const due = async (atMost: number) => (await questions().due(bench.now, atMost)).map(({ id }) => id);
      await expect(due(10)).resolves.toStrictEqual(['question-1', 'question-0', 'question-2']);
      await expect(due(2)).resolves.toStrictEqual(['question-1', 'question-0']);
    });

    it('are found for the person they were asked of while they are open, the latest first', async () => {
      const { objectId, tenantId } = question.technician;
      const openOf = async (tenant = tenantId) => (await questions().openOf(objectId, tenant)).map(({ id }) => id);
      await questions().add(numbered(1, { dueAt: bench.now + 2000 }), bench.entry('asked-back'));
      await questions().add(numbered(2, { dueAt: bench.now + 3000 }), bench.entry('asked-back'));
      await questions().add(numbered(3, { state: 'cancelled' }), bench.entry('asked-back'));
      await expect(openOf()).resolves.toStrictEqual(['question-2', 'question-1', question.id]);
      await expect(openOf(asId<TenantId>('elsewhere'))).resolves.toStrictEqual([]);
    });

    it('are deleted when they ended long enough ago and their card shows it, a batch at a time, and their entries stay', async () => {
      const ended = (number: number, endedAt: number, dueAt?: number) =>
        questions().add(numbered(number, { state: 'cancelled', endedAt, dueAt }), bench.entry('asked-back'));
      await ended(1, bench.now - 3000);
      await ended(2, bench.now - 2000);
      await ended(3, bench.now - 1000);
      await ended(4, bench.now - 4000, bench.now);
      const left = async () =>
        (await Promise.all([1, 2, 3, 4].map((number) => questions().find(asId<QuestionId>(`question-${number}`)))))
          .flatMap((one) => one ?? [])
          .map(({ id }) => id);
      await expect(questions().deleteEnded(bench.now - 1000, 1, bench.now)).resolves.toBe(1);
      await expect(left()).resolves.toStrictEqual(['question-2', 'question-3', 'question-4']);
      await expect(questions().deleteEnded(bench.now - 1000, 10, bench.now)).resolves.toBe(1);
      await expect(questions().deleteEnded(bench.now - 1000, 10, bench.now)).resolves.toBe(0);
      await expect(left()).resolves.toStrictEqual(['question-3', 'question-4']);
      await expect(questions().find(question.id)).resolves.toStrictEqual(question);
      const kinds = (await bench.readTrail()).map(({ kind }) => kind);
      expect(kinds).toStrictEqual([...Array(5).fill('asked-back'), 'row-removed', 'row-removed']);
    });

    it('from before anybody counted how many more there are have none', async () => {
      const { more: _, ...asks } = question.asks;
      await bench
        .house()
        .tamper(`update open_questions set details = replace(details, ',"more":0', '') where id = '${question.id}'`);
      await signAnew(bench.house().url);
      await expect(questions().find(question.id)).resolves.toMatchObject({ asks: { ...asks, more: 0 } });
    });

    it('that cannot be read are refused by themselves, and keep no other from being due', async () => {
      await questions().add(numbered(1, { dueAt: bench.now - 2000 }), bench.entry('asked-back'));
      await questions().add(numbered(2, { dueAt: bench.now - 1000 }), bench.entry('asked-back'));
      await bench.house().tamper(`update open_questions set technician_id = 'somebody' where id = 'question-1'`);
      await expect(questions().find(asId<QuestionId>('question-1'))).rejects.toMatchObject({ code: 'row-altered' });
      expect((await questions().due(bench.now, 10)).map(({ id }) => id)).toContain('question-2');
      expect((await questions().due(bench.now, 10)).map(({ id }) => id)).not.toContain('question-1');
    });

    it('that cannot be read keep none from being due, also where there are as many as are asked for', async () => {
      await questions().swap(question, next({ dueAt: undefined }), bench.entry('question-over'));
      await questions().add(numbered(1, { dueAt: bench.now - 3000 }), bench.entry('asked-back'));
      await questions().add(numbered(2, { dueAt: bench.now - 2000 }), bench.entry('asked-back'));
      await questions().add(numbered(3, { dueAt: bench.now - 1000 }), bench.entry('asked-back'));
      await bench
        .house()
        .tamper(`update open_questions set technician_id = 'somebody' where id in ('question-1', 'question-2')`);
      expect((await questions().due(bench.now, 1)).map(({ id }) => id)).toStrictEqual(['question-3']);
    });
  });
}
