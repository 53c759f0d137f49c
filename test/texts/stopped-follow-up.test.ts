import { expect, it } from '@jest/globals';
import { everyRefusal } from '../../src/commands/cards/sample-requests.ts';
import { describeStoppedFollowUp } from '../../src/texts/sign-out-and-access-pass.ts';

/** These end a reset that is under way. A follow-up comes after its delivery. */
const ofTheWorkflow: ReadonlySet<string> = new Set([
  'approval-not-possible',
  'under-way',
  'no-direct-message',
  'too-old',
  'restored',
  'seal-broken',
  'no-progress',
]);

it.each(everyRefusal.filter(({ kind }) => !ofTheWorkflow.has(kind)).map((refusal) => [refusal.kind, refusal] as const))(
  'a pass that is stopped by %s asks for no second reset and does not say that nothing was reset',
  (_kind, refusal) => {
    const told = describeStoppedFollowUp(refusal, 'K7QM-3XWD');
    expect(told).not.toMatch(/nothing (?:is|was) reset|this reset|resets were confirmed|reset passwords|ask again/i);
    expect(told).toContain('(Reference: K7QM-3XWD)');
  },
);
