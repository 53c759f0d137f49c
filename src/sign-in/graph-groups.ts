import { z } from 'zod';
import { type Clock, isGuid, type Log, type Secret } from '../base/index.ts';
import type { Groups } from '../reset/index.ts';
import { readLimitedText } from './msal-client.ts';

const askMilliseconds = 10_000;
const longestAnswer = 4 * 1024 * 1024;
/** Graph answers with at most 11,000 groups and no second page; a person in more cannot sign in anywhere either. */
const groupsAnswer = z.object({ value: z.array(z.guid()), '@odata.nextLink': z.undefined().optional() });

type Outcome =
  | { readonly kind: 'groups'; readonly groups: ReadonlySet<string> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly why: string; readonly httpStatus?: number };

/**
 * The groups of a person, nested ones included, by `POST /users/{id}/getMemberGroups` of Microsoft Graph; the application
 * needs `GroupMember.Read.All` and `User.ReadBasic.All`. A 401 is answered with one fresh token. Whatever fails is
 * `unknown`, and a line in the log. https://learn.microsoft.com/graph/api/directoryobject-getmembergroups
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
      if (!isGuid(person)) return unknown({ kind: 'unknown', why: 'not-an-object-id' });
      const first = await ask(person, false);
      const outcome = first.kind === 'refused' ? await ask(person, true) : first;
      switch (outcome.kind) {
        case 'groups':
          return outcome.groups;
        case 'refused':
          return unknown({ kind: 'unknown', why: 'token-refused', httpStatus: 401 });
        case 'unknown':
          return unknown(outcome);
      }
    },
  };

  function unknown({ why, httpStatus }: Extract<Outcome, { kind: 'unknown' }>): 'unknown' {
    log({ level: 'warn', event: 'groups-unknown', why, httpStatus });
    return 'unknown';
  }

  async function ask(person: string, fresh: boolean): Promise<Outcome> {
    let token: Secret;
    try {
      token = await getToken({ fresh });
    } catch {
      return { kind: 'unknown', why: 'no-token' };
    }
    const late = new AbortController();
    const cancel = clock.after(askMilliseconds, () => {
      late.abort();
    });
    try {
      const response = await token.reveal((value) =>
        fetch(`${baseUrl}/v1.0/users/${person}/getMemberGroups`, {
          method: 'POST',
          headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
          body: '{"securityEnabledOnly":false}',
          redirect: 'error',
          signal: late.signal,
        }),
      );
      const { status: httpStatus } = response;
      if (httpStatus !== 200) await response.body?.cancel();
      if (httpStatus === 401) return { kind: 'refused' };
      if (httpStatus !== 200) return { kind: 'unknown', why: 'not-answered', httpStatus };
      const read = groupsAnswer.safeParse(JSON.parse(await readLimitedText(response, longestAnswer)));
      return read.success
        ? { kind: 'groups', groups: new Set(read.data.value.map((id) => id.toLowerCase())) }
        : { kind: 'unknown', why: 'unreadable', httpStatus };
    } catch {
      return { kind: 'unknown', why: late.signal.aborted ? 'late' : 'not-reached' };
    } finally {
      cancel();
    }
  }
}
