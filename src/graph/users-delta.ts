import { graphTunables } from '../base/index.ts';
import { z } from 'zod';
import type { ReadOptions } from './graph-options.ts';
import { type GraphUser, readUser, type UserProperty } from './user-and-role-answers.ts';
import { addressOf, readPages, requireOwnLink, type Session } from './session.ts';

/** One page of changes. The same person may come more than once, in any order, and changes may be told again. */
export type DeltaPage = {
  /** New or changed people. Of a changed one all selected properties are there. */
  readonly changed: readonly GraphUser[];
  /** `deleted`: it can be restored for 30 days. `gone`: it cannot. */
  readonly removed: readonly { readonly id: string; readonly reason: 'deleted' | 'gone' }[];
  /** With the last page: asks for the changes from then on. Opaque. It is good for seven days. */
  readonly deltaLink: string | undefined;
};

type Change =
  | { readonly kind: 'changed'; readonly user: GraphUser }
  | { readonly kind: 'removed'; readonly id: string; readonly reason: 'deleted' | 'gone' }
  | { readonly kind: 'no-person' };

const removedShape = z.object({
  id: z.guid().toLowerCase(),
  '@removed': z.object({ reason: z.enum(['changed', 'deleted']) }),
});

/** https://learn.microsoft.com/graph/api/resources/agentuser */
const agentShape = z.object({ '@odata.type': z.literal('#microsoft.graph.agentUser') });

/**
 * Reads everybody, or with `since`, the link of an earlier reading, what has changed. Rejects with `delta-expired` where
 * that link is too old. See https://learn.microsoft.com/graph/api/user-delta.
 */
export async function* readUsersDelta(
  session: Session,
  from: { readonly select: readonly UserProperty[] } | { readonly since: string },
  options: ReadOptions | undefined,
): AsyncGenerator<DeltaPage> {
  const first =
    'since' in from
      ? requireOwnLink(session, from.since)
      : addressOf(session, `/users/delta?$select=${from.select.join(',')}`);
  for await (const { items, deltaLink } of readPages(
    session,
    first,
    readChange,
    options,
    graphTunables.maxDeltaPages,
  )) {
    yield {
      changed: items.flatMap((item) => (item.kind === 'changed' ? [item.user] : [])),
      removed: items.flatMap((item) => (item.kind === 'removed' ? [{ id: item.id, reason: item.reason }] : [])),
      deltaLink,
    };
  }
}

function readChange(value: unknown): Change | undefined {
  const { data } = removedShape.safeParse(value);
  if (data !== undefined) {
    // Graph's `changed` means that the person went to the deleted items.
    return { kind: 'removed', id: data.id, reason: data['@removed'].reason === 'changed' ? 'deleted' : 'gone' };
  }
  // An agent is a user of another type, whose password no one resets.
  if (agentShape.safeParse(value).success) return { kind: 'no-person' };
  const user = readUser(value);
  return user && { kind: 'changed', user };
}
