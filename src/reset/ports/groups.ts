import type { ObjectId } from '../../ids.ts';

/** Which groups somebody is in. It may fail or hang: whoever asks does so through `createCachedGroups`, which closes then. */
export type Groups = {
  /** Object ids of the groups, nested ones included; `unknown` where nobody can say, which counts as in none. */
  /** `fresh`: what was heard before does not count. */
  memberOf(person: ObjectId, how?: { readonly fresh: boolean }): Promise<ReadonlySet<string> | 'unknown'>;
};
