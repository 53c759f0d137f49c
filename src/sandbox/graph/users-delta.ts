import { createHash } from 'node:crypto';
import type { Clock } from '../../base/index.ts';
import type { Answer, JsonObject } from '../loopback-http.ts';
import { answerList, refuseAs } from './answers-and-faults.ts';

const week = 7 * 24 * 60 * 60_000;
const pageSize = 200;

/** What a delta link or a link to a next page stands for. */
type Reading = {
  readonly tenantId: string;
  readonly at: number;
  readonly select: readonly string[];
  /** What was told before, by id; empty in a first reading. */
  readonly known: ReadonlyMap<string, string>;
  /** What is still to be told, with a next page. */
  readonly left: readonly JsonObject[] | undefined;
  /** What is known once everything has been told. */
  readonly knownThen: ReadonlyMap<string, string>;
};

/**
 * Answers `users/delta`: everybody, and from then on what has changed. A link is good for seven days; then it is 410.
 * https://learn.microsoft.com/graph/delta-query-overview
 */
export function createUsersDelta(clock: Clock, newToken: () => string) {
  const readings = new Map<string, Reading>();
  return {
    read(
      tenantId: string,
      root: string,
      query: URLSearchParams,
      everybody: () => readonly { readonly properties: JsonObject; readonly isDeleted: boolean }[],
    ): Answer {
      const token = query.get('$deltatoken') ?? query.get('$skiptoken');
      const before = token === null ? undefined : readings.get(token);
      if (token !== null && before?.tenantId !== tenantId) {
        return refuseAs(400, 'syncStateNotFound', 'The sync state generation is not found.');
      }
      if (before !== undefined && clock.now() - before.at > week) {
        return { status: 410, headers: { Location: `${root}/users/delta` }, body: { kind: 'none' } };
      }
      const select = before?.select ?? (query.get('$select') ?? 'displayName,userPrincipalName').split(',');
      const { changes, knownThen } =
        before?.left === undefined ? compare() : { changes: before.left, knownThen: before.knownThen };
      const rest = changes.slice(pageSize);
      const next = newToken();
      const shared = { tenantId, at: clock.now(), select, knownThen };
      readings.set(
        next,
        rest.length > 0
          ? { ...shared, known: new Map(), left: rest }
          : { ...shared, known: knownThen, left: undefined },
      );
      return answerList(
        changes.slice(0, pageSize),
        rest.length > 0
          ? { '@odata.nextLink': `${root}/users/delta?$skiptoken=${next}` }
          : { '@odata.deltaLink': `${root}/users/delta?$deltatoken=${next}` },
      );

      function compare(): { readonly changes: readonly JsonObject[]; readonly knownThen: ReadonlyMap<string, string> } {
        const known = before?.known ?? new Map<string, string>();
        const found = new Map<string, string>();
        const told: JsonObject[] = [];
        for (const { properties, isDeleted } of everybody()) {
          const { id } = properties;
          if (typeof id !== 'string') continue;
          const chosen = Object.fromEntries(['id', ...select].map((name) => [name, properties[name] ?? null]));
          const digest = createHash('sha256').update(JSON.stringify(chosen)).digest('base64');
          if (!isDeleted) found.set(id, digest);
          if (isDeleted && known.has(id)) told.push({ id, '@removed': { reason: 'changed' } });
          else if (!isDeleted && known.get(id) !== digest) told.push(chosen);
        }
        return { changes: told, knownThen: found };
      }
    },
  };
}
