import { z } from 'zod';
import { type Clock, isGuid, type Log, type Secret, signInTunables, useCaseTunables } from '../base/index.ts';
import { exchange, nothingToPrepare, type Received, type TransportFault } from '../http/index.ts';
import type { Groups } from '../reset/index.ts';

/** One page of a group's members, users and others. */
const membersAnswer = z.object({
  value: z.array(z.object({ id: z.guid() })),
  '@odata.nextLink': z.string().optional(),
});

/** A few of them with their names. Without a further permission Graph leaves the names out. */
const namesAnswer = z.object({ value: z.array(z.object({ displayName: z.string().nullish() })) });

/** Graph answers with 11,000 groups at most and without a second page. */
const groupsAnswer = z.object({ value: z.array(z.guid()), '@odata.nextLink': z.undefined().optional() });

type Unknown = { readonly kind: 'unknown'; readonly why: string; readonly httpStatus?: number };
type Outcome<Answer> = { readonly kind: 'answer'; readonly answer: Answer } | Unknown;

/**
 * Looks up the groups of a person, nested ones included, by `POST /users/{id}/getMemberGroups` of Microsoft Graph.
 * The application needs `GroupMember.Read.All` and `User.ReadBasic.All`. After a 401 it tries once more with a fresh
 * token. A failure of any kind is `unknown` and logged. See https://learn.microsoft.com/graph/api/directoryobject-getmembergroups
 *
 * Lists the members of a group by `GET /groups/{id}/transitiveMembers`, under the same permissions, and the
 * names of a few of them in the same way. See https://learn.microsoft.com/graph/api/group-list-transitivemembers
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
}): Required<Groups> {
  const root = `${baseUrl}/v1.0`;
  return {
    async memberOf(person) {
      if (!isGuid(person)) return logUnknown({ kind: 'unknown', why: 'not-an-object-id' });
      const read = await requestTwice(
        `/users/${person}/getMemberGroups`,
        '{"securityEnabledOnly":false}',
        groupsAnswer,
      );
      return read.kind === 'answer' ? new Set(read.answer.value.map((id) => id.toLowerCase())) : logUnknown(read);
    },
    async membersOf(group) {
      if (!isGuid(group)) return logUnknown({ kind: 'unknown', why: 'not-an-object-id' });
      const members = new Set<string>();
      let path: string | undefined = `/groups/${group}/transitiveMembers?$select=id&$top=999`;
      for (let pages = 0; path !== undefined; pages += 1) {
        if (pages === signInTunables.maxMemberPages) return logUnknown({ kind: 'unknown', why: 'too-many-members' });
        const read: Outcome<z.infer<typeof membersAnswer>> = await requestTwice(path, undefined, membersAnswer);
        if (read.kind === 'unknown') return logUnknown(read);
        for (const { id } of read.answer.value) members.add(id.toLowerCase());
        const next: string | undefined = read.answer['@odata.nextLink'];
        // The token goes to Graph alone, whatever an answer names.
        if (next !== undefined && !next.startsWith(`${root}/`))
          return logUnknown({ kind: 'unknown', why: 'next-elsewhere' });
        path = next?.slice(root.length);
      }
      return members;
    },
    async namesOf(group) {
      if (!isGuid(group)) return [];
      const most = useCaseTunables.maxApproversAsked;
      const path = `/groups/${group}/transitiveMembers?$select=id,displayName&$top=${most}`;
      const read = await requestTwice(path, undefined, namesAnswer);
      if (read.kind === 'unknown') logUnknown(read);
      return read.kind === 'unknown' ? [] : read.answer.value.flatMap(({ displayName }) => displayName ?? []);
    },
  };

  function logUnknown({ why, httpStatus }: Unknown): 'unknown' {
    log({ level: 'warn', event: 'groups-unknown', why, httpStatus });
    return 'unknown';
  }

  /** Once more, with a fresh token, where the first one is refused. */
  async function requestTwice<Answer>(
    path: string,
    body: string | undefined,
    shape: z.ZodType<Answer>,
  ): Promise<Outcome<Answer>> {
    const first = await request(path, body, shape, false);
    const outcome = first.kind === 'token-refused' ? await request(path, body, shape, true) : first;
    return outcome.kind === 'token-refused' ? { kind: 'unknown', why: 'token-refused', httpStatus: 401 } : outcome;
  }

  async function request<Answer>(
    path: string,
    body: string | undefined,
    shape: z.ZodType<Answer>,
    fresh: boolean,
  ): Promise<Outcome<Answer> | { readonly kind: 'token-refused' }> {
    let token: Secret;
    try {
      token = await getToken({ fresh });
    } catch {
      return { kind: 'unknown', why: 'no-token' };
    }
    const outcome = await exchange({
      clock,
      milliseconds: signInTunables.graphRequestTimeoutMilliseconds,
      maxBytes: { success: signInTunables.maxGraphAnswerBytes, other: 0 },
      prepare: nothingToPrepare,
      send: (_ready, signal) =>
        token.reveal((value) =>
          fetch(`${root}${path}`, {
            method: body === undefined ? 'GET' : 'POST',
            headers: {
              authorization: `Bearer ${value}`,
              ...(body !== undefined && { 'content-type': 'application/json' }),
            },
            ...(body !== undefined && { body }),
            redirect: 'error',
            signal,
          }),
        ),
      read: (received) => readPage(received, shape),
    });
    if (outcome.kind === 'answered') return { kind: 'answer', answer: outcome.answer };
    const { fault } = outcome;
    if ('kind' in fault) return fault;
    return { kind: 'unknown', why: fault.code === 'timed-out' ? 'late' : 'not-reached' };
  }
}

function readPage<Answer>(
  { httpStatus, body, aborted }: Received,
  shape: z.ZodType<Answer>,
):
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly fault: Unknown | { readonly kind: 'token-refused' } | TransportFault } {
  if (httpStatus === 401) return { kind: 'failed', fault: { kind: 'token-refused' } };
  if (httpStatus !== 200) return { kind: 'failed', fault: { kind: 'unknown', why: 'not-answered', httpStatus } };
  if (aborted !== undefined) return { kind: 'failed', fault: aborted };
  if (body.kind !== 'text') return { kind: 'failed', fault: { kind: 'unknown', why: 'not-reached' } };
  const json = parseJson(body.text);
  if (json === undefined) return { kind: 'failed', fault: { kind: 'unknown', why: 'not-reached' } };
  const read = shape.safeParse(json.value);
  return read.success
    ? { kind: 'answered', answer: read.data }
    : { kind: 'failed', fault: { kind: 'unknown', why: 'unreadable', httpStatus } };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
