import { readOwn } from './read-own.ts';

/**
 * What somebody is told when their turn failed: a sentence with a reference to the log, and nothing of the error. Where
 * the store could not write down what was to be done, nothing was done: that is said, so that nobody asks around whether it was.
 */
export function apologyFor(error: unknown, reference: string): string {
  if (readOwn(error, 'name') === 'StoreError') {
    return `I cannot write down what I do at the moment, and what I cannot write down I do not do: no password was changed by this. Try again in a few minutes; if it happens again, tell an administrator the reference ${reference}.`;
  }
  return `Something went wrong on my side. Try again; if it happens again, tell an administrator the reference ${reference}.`;
}
