import { z } from 'zod';
import {
  type Clock,
  isGuid,
  type Log,
  readLimitedBody,
  type Secret,
  signInTunables,
  startDeadline,
} from '../base/index.ts';
import type { Groups } from '../reset/index.ts';

/** Graph answers with 11,000 groups at most and without a second page. */
const groupsAnswer = z.object({ value: z.array(z.guid()), '@odata.nextLink': z.undefined().optional() });

type Outcome =
  | { readonly kind: 'groups'; readonly groups: ReadonlySet<string> }
  | { readonly kind: 'token-refused' }
  | { readonly kind: 'unknown'; readonly why: string; readonly httpStatus?: number };

/**
 * Looks up the groups of a person, nested ones included, by `POST /users/{id}/getMemberGroups` of Microsoft Graph.
 * The application needs `GroupMember.Read.All` and `User.ReadBasic.All`. After a 401 it tries once more with a fresh
 * token. A failure of any kind is `unknown` and logged. See https://learn.microsoft.com/graph/api/directoryobject-getmembergroups
 */
export function createGraphGroups({
  getToken,
  baseUrl,
  fetch,
  clock,
  log,
}: {
  readonly getToken: (options: { readonly fresh: boolean }) => Promise<Secret>;
  /** `https://graph.microsoft.com`. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
}): Groups {
  return {
    async memberOf(person) {
      if (!isGuid(person)) return logUnknown({ kind: 'unknown', why: 'not-an-object-id' });
      const first = await requestGroups(person, false);
      const outcome = first.kind === 'token-refused' ? await requestGroups(person, true) : first;
      switch (outcome.kind) {
        case 'groups':
          return outcome.groups;
        case 'token-refused':
          return logUnknown({ kind: 'unknown', why: 'token-refused', httpStatus: 401 });
        case 'unknown':
          return logUnknown(outcome);
      }
    },
  };

  function logUnknown({ why, httpStatus }: Extract<Outcome, { kind: 'unknown' }>): 'unknown' {
    log({ level: 'warn', event: 'groups-unknown', why, httpStatus });
    return 'unknown';
  }

  async function requestGroups(person: string, fresh: boolean): Promise<Outcome> {
    let token: Secret;
    try {
      token = await getToken({ fresh });
    } catch {
      return { kind: 'unknown', why: 'no-token' };
    }
    const deadline = startDeadline(clock, signInTunables.graphRequestTimeoutMilliseconds);
    try {
      const response = await token.reveal((value) =>
        fetch(`${baseUrl}/v1.0/users/${person}/getMemberGroups`, {
          method: 'POST',
          headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
          body: '{"securityEnabledOnly":false}',
          redirect: 'error',
          signal: deadline.signal,
        }),
      );
      const { status: httpStatus } = response;
      if (httpStatus !== 200) await response.body?.cancel();
      if (httpStatus === 401) return { kind: 'token-refused' };
      if (httpStatus !== 200) return { kind: 'unknown', why: 'not-answered', httpStatus };
      const body = await readLimitedBody(response, signInTunables.maxGraphAnswerBytes);
      if (body.kind !== 'text') throw new Error(`the answer is ${body.kind}`);
      const read = groupsAnswer.safeParse(JSON.parse(body.text));
      return read.success
        ? { kind: 'groups', groups: new Set(read.data.value.map((id) => id.toLowerCase())) }
        : { kind: 'unknown', why: 'unreadable', httpStatus };
    } catch {
      return { kind: 'unknown', why: deadline.signal.aborted ? 'late' : 'not-reached' };
    } finally {
      deadline.cancel();
    }
  }
}
