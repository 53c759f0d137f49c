import { describe, expect, it } from '@jest/globals';
import { makeStep, requireAllowedStep } from '../../src/reset/step.ts';
import { isResetState, type ResetState, states, statesWhere } from '../../src/reset/states.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';

/** Written out once more, so that a change of the table is a decision. */
const steps: Record<ResetState, readonly ResetState[]> = {
  proposed: ['awaiting-approval', 'approved', 'cancelled', 'expired', 'refused'],
  'awaiting-approval': ['approved', 'declined', 'cancelled', 'expired', 'refused'],
  approved: ['message-open', 'refused'],
  'message-open': ['sealed', 'refused'],
  sealed: ['resetting', 'cancelled', 'refused', 'needs-attention'],
  resetting: ['sealed', 'reset', 'refused', 'needs-attention'],
  reset: ['delivering', 'needs-attention'],
  delivering: ['delivered', 'hidden'],
  delivered: ['hidden'],
  hidden: [],
  'needs-attention': ['delivering', 'hidden'],
  cancelled: [],
  declined: [],
  expired: [],
  refused: [],
};
const names = statesWhere(() => true);

describe('the table of states', () => {
  it.each(names)('lets %s be followed by these states alone', (state) => {
    const following = names.filter((next) => {
      try {
        const made = makeStep(
          buildResetRequest({ state }),
          { state: next },
          { at: 1, kind: 'hidden', actor: 'locksmith' },
        );
        return made.after.state !== state;
      } catch {
        return false;
      }
    });
    expect([...following].sort()).toEqual([...steps[state]].sort());
  });

  it('calls over what no state follows', () => {
    expect(statesWhere(({ phase }) => phase === 'over')).toEqual(statesWhere(({ next }) => next.length === 0));
  });

  it('has a password for what is delivered, and none that is not made for what is over', () => {
    const passwords = (phase: string) =>
      new Set(statesWhere((one) => one.phase === phase).map((one) => states[one].password));
    expect([passwords('proposed'), passwords('under-way'), passwords('delivered'), passwords('over')]).toEqual([
      new Set(['none']),
      new Set(['none', 'sealed', 'set']),
      new Set(['set']),
      new Set(['erased', 'unchanged']),
    ]);
  });

  it('never leads back to a state without a password, nor from a password that was set to a refusal', () => {
    for (const from of names) {
      for (const to of states[from].next) {
        const [before, after] = [states[from].password, states[to].password];
        if (before !== 'none') expect([from, to, after]).not.toEqual([from, to, 'none']);
        if (before === 'set') expect([from, to, after]).not.toEqual([from, to, 'unchanged']);
      }
    }
  });

  it('knows its names and nothing of an object', () => {
    expect(['proposed', 'needs-attention', 'magic', 'toString', ''].filter(isResetState)).toEqual([
      'proposed',
      'needs-attention',
    ]);
  });

  it('takes a step for a defect that is not the next version of the same request', () => {
    const before = buildResetRequest();
    expect(() => {
      requireAllowedStep(before, { ...before, version: before.version + 2 });
    }).toThrow('the next version of the same request');
  });
});
