import type { Command } from './command.ts';
import { findAction } from './find-action.ts';
import type { Action } from './find-action.ts';
import { findTailCuts } from './find-tail-cuts.ts';
import { findWhyNot } from './find-why-not.ts';
import { keepReadings } from './keep-readings.ts';
import { namesAnotherReset } from './names-another-reset.ts';
import { namesOtherFactor } from './names-other-factor.ts';
import { namesSeveral } from './names-several.ts';
import { readAfter } from './read-after.ts';
import { readBefore } from './read-before.ts';
import type { Token } from './read-tokens.ts';
import { speaksOtherwise } from './speaks-otherwise.ts';
import { weighReadings } from './weigh-readings.ts';

/** Reads what speaks of resetting a password. Every step goes over the tokens a fixed number of times. */
export function parseReset(tokens: readonly Token[]): Command {
  const action = findAction(tokens);
  if (action === undefined) {
    return tokens.some((token) => /^(?:re-?set|unlock|unblock)/.test(token.word)) && namesOtherFactor(tokens)
      ? { kind: 'not-a-reset', why: 'other-factor' }
      : { kind: 'not-understood' };
  }
  const whyNot = findWhyNot(tokens, action);
  if (whyNot !== undefined) {
    return { kind: 'not-a-reset', why: whyNot };
  }
  if (namesOtherFactor(tokens)) {
    return { kind: 'not-a-reset', why: 'other-factor' };
  }
  return action.isPast || speaksOtherwise(tokens, action) ? { kind: 'not-understood' } : readPeople(tokens, action);
}

function readPeople(tokens: readonly Token[], action: Action): Command {
  const before = readBefore(tokens.slice(0, action.from));
  const after = readAfter(tokens.slice(action.to), action.hasPassword);
  const named = [after.subject, before.isPlace ? [] : before.subject];
  const isSeveral = named.some((run) => namesSeveral(run.slice(0, findTailCuts(run)[0])));
  if (isSeveral || after.isSeveral || namesAnotherReset(tokens.slice(action.to))) {
    return { kind: 'not-a-reset', why: 'several-users' };
  }
  const readings = keepReadings(weighReadings(before, after));
  return readings === undefined ? { kind: 'not-a-reset', why: 'missing-user' } : { kind: 'reset-password', readings };
}
