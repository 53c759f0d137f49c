import type { ObjectId, QuestionId, TenantId } from '../../ids.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { OpenQuestion } from '../questions/open-question.ts';

/** Where questions with choices live until they are answered. Every method is one transaction. */
export type QuestionStore = {
  /** Adds a question at version 1 with its entry. `already-there`: the same activity was asked back before. */
  add(question: OpenQuestion, entry: AuditEntry): Promise<'added' | 'already-there'>;
  find(id: QuestionId): Promise<OpenQuestion | undefined>;
  /** Swaps `before` for `after`, its next version, and writes the entry, both or neither; false: it was moved meanwhile. */
  swap(before: OpenQuestion, after: OpenQuestion, entry: AuditEntry): Promise<boolean>;
  /** Questions of this person that are open, the latest first, at most 20. */
  openOf(technician: ObjectId, tenant: TenantId): Promise<readonly OpenQuestion[]>;
  /** Questions that are due at `now`, the longest due first. */
  due(now: number, atMost: number): Promise<readonly OpenQuestion[]>;
  /** Deletes questions that ended before `before` and whose card shows it, at most so many; says how many there were. */
  deleteEnded(before: number, atMost: number): Promise<number>;
};
