import { readOwn } from './read-own.ts';

/** What the store says where it is certain that nothing was written, and so nothing done. */
const nothingWritten: ReadonlySet<unknown> = new Set(['full', 'read-only', 'locked']);

/**
 * What somebody is told when their turn failed: a sentence with a reference to the log, and nothing of the error. Only
 * where it is certain that nothing was written does it say that nothing was done.
 */
export function apologyFor(error: unknown, reference: string): string {
  if (readOwn(error, 'name') !== 'StoreError') {
    return `Something went wrong on my side. Type status to see how your requests stand before you try again; if it happens again, tell an administrator the reference ${reference}.`;
  }
  if (nothingWritten.has(readOwn(error, 'code'))) {
    return `I cannot write down what I do at the moment, and what I cannot write down I do not do: no password was changed by this. Try again in a few minutes; if it happens again, tell an administrator the reference ${reference}.`;
  }
  return `I lost touch with where I write down what I do. Look at the card, or type status, before you try again; if it happens again, tell an administrator the reference ${reference}.`;
}
