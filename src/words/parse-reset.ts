import { chooseAction } from './choose-action.ts';
import type { Command, Reading } from './command.ts';
import { findActions } from './find-actions.ts';
import type { Action } from './find-actions.ts';
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

const mostOfFirst = 8;
const mostOfOthers = 4;

/** Reads what speaks of resetting a password. Every step goes over the tokens a fixed number of times. */
export function parseReset(tokens: readonly Token[]): Command {
  const [first, ...further] = findActions(tokens);
  if (first === undefined) {
    return tokens.some((token) => /^(?:re-?set|unlock|unblock)/.test(token.word)) && namesOtherFactor(tokens)
      ? { kind: 'not-a-reset', why: 'other-factor' }
      : { kind: 'not-understood' };
  }
  const { action, others } = chooseAction(tokens, [first, ...further]);
  const whyNot = findWhyNot(tokens, action) ?? (namesOtherFactor(tokens) ? 'other-factor' : undefined);
  if (whyNot !== undefined) {
    return { kind: 'not-a-reset', why: whyNot };
  }
  if (action.isPast || speaksOtherwise(tokens, action)) {
    return { kind: 'not-understood' };
  }
  const people = readPeople(tokens, action);
  if (people === 'several-users') {
    return { kind: 'not-a-reset', why: people };
  }
  const more = others.flatMap((other) => {
    const otherPeople = readPeople(tokens, other);
    return otherPeople === 'several-users' ? [] : otherPeople;
  });
  const readings = keepReadings([
    ...people.slice(0, mostOfFirst),
    ...more.slice(0, mostOfOthers),
    ...people.slice(mostOfFirst),
  ]);
  return readings === undefined ? { kind: 'not-a-reset', why: 'missing-user' } : { kind: 'reset-password', readings };
}

function readPeople(tokens: readonly Token[], action: Action): readonly Reading[] | 'several-users' {
  const before = readBefore(tokens.slice(0, action.from));
  const after = readAfter(tokens.slice(action.to), action.hasPassword);
  const named = [after.subject, before.isPlace ? [] : before.subject];
  const isSeveral = named.some((run) => namesSeveral(run.slice(0, findTailCuts(run)[0])));
  return isSeveral || after.isSeveral || namesAnotherReset(tokens.slice(action.to))
    ? 'several-users'
    : weighReadings(before, after);
}
