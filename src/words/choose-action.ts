import type { Action } from './find-plea.ts';
import { leadsOn } from './leads-on.ts';
import type { Token } from './read-tokens.ts';

/** The action that the sentence is about, and those that may be it if `reset` turns out to be part of a name. */
export type ChosenAction = { readonly action: Action; readonly others: readonly Action[] };

/**
 * Chooses among the places that say to reset: the first, unless only courtesy parts it from the next (`Password reset. Please
 * reset …`), or it may be part of a name (`123 Reset 456 needs a new password`).
 */
export function chooseAction(tokens: readonly Token[], actions: readonly [Action, ...Action[]]): ChosenAction {
  let [action] = actions;
  const doubtful: Action[] = [];
  for (const next of actions.slice(1)) {
    const between = tokens.slice(action.to, next.from);
    if (between.every((token) => token.kind === 'mark' || leadsOn(token))) {
      action = next;
    } else if (mayBeName(tokens, action)) {
      doubtful.push(next.hasPassword ? action : next);
      action = next.hasPassword ? next : action;
    }
  }
  return { action, others: doubtful };
}

function mayBeName(tokens: readonly Token[], action: Action): boolean {
  const before = tokens[action.from - 1];
  return !action.hasPassword && before !== undefined && before.kind !== 'mark' && !leadsOn(before);
}
