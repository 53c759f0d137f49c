import { callWithTimeout, type Clock } from '../../base/index.ts';
import type { Conversation, Technician } from '../../reset/index.ts';
import type { Member } from '../connector/connector.ts';
import { ConnectorError } from '../connector/retries.ts';

/** Who somebody is in a chat; nobody; or the roster does not answer. */
export type RosterEntry =
  { readonly kind: 'member'; readonly member: Member } | { readonly kind: 'nobody' } | { readonly kind: 'silent' };

export type Roster = { find(conversation: Conversation, teamsUserId: string): Promise<RosterEntry> };

const keepMilliseconds = 60_000;
const mostKept = 10_000;

/**
 * Looks people up in the roster of a chat, within `milliseconds`. What it tells of somebody holds for a minute; that
 * somebody is not in it, or that it does not answer, holds for nothing. Those who ask for the same at once share a call.
 */
export function createRoster({
  member,
  clock,
  milliseconds = 3000,
}: {
  /** Asks the connector; rejects with a `ConnectorError`. */
  readonly member: (conversation: Conversation, teamsUserId: string) => Promise<Member>;
  readonly clock: Clock;
  readonly milliseconds?: number;
}): Roster {
  const kept = new Map<string, { readonly until: number; readonly member: Member }>();
  const asking = new Map<string, Promise<RosterEntry>>();

  async function ask(key: string, conversation: Conversation, teamsUserId: string): Promise<RosterEntry> {
    const outcome = await callWithTimeout(clock, milliseconds, () => member(conversation, teamsUserId));
    asking.delete(key);
    switch (outcome.kind) {
      case 'answered': {
        kept.delete(key);
        kept.set(key, { until: clock.now() + keepMilliseconds, member: outcome.result });
        for (const oldest of kept.keys()) {
          if (kept.size <= mostKept) break;
          kept.delete(oldest);
        }
        return { kind: 'member', member: outcome.result };
      }
      case 'failed': {
        const isGone = outcome.error instanceof ConnectorError && outcome.error.code === 'gone';
        return { kind: isGone ? 'nobody' : 'silent' };
      }
      case 'timeout':
        return { kind: 'silent' };
    }
  }

  return {
    async find(conversation, teamsUserId) {
      const { tenantId, serviceUrl, id } = conversation;
      const key = JSON.stringify([tenantId, serviceUrl, id, teamsUserId]);
      const known = kept.get(key);
      if (known !== undefined && clock.now() < known.until) return { kind: 'member', member: known.member };
      const answer = asking.get(key) ?? ask(key, conversation, teamsUserId);
      asking.set(key, answer);
      return answer;
    },
  };
}

const outsiders = new Set(['guest', 'anonymous']);

/**
 * Holds a sender against what the roster of the chat tells of them; undefined where they belong. What the roster leaves
 * out speaks against them. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context.
 */
export function checkMember(
  member: Member,
  sender: Pick<Technician, 'objectId' | 'tenantId'>,
): 'not-a-member' | 'guest' | undefined {
  const { objectId, tenantId, userPrincipalName, role } = member;
  // Rule 15: the person whom the activity names, of the tenant it names.
  if (objectId?.toLowerCase() !== sender.objectId.toLowerCase()) return 'not-a-member';
  if (tenantId?.toLowerCase() !== sender.tenantId.toLowerCase()) return 'not-a-member';
  if (userPrincipalName === undefined) return 'not-a-member';
  // Rule 16: no guest, and nobody without an account.
  if (userPrincipalName.toLowerCase().includes('#ext#')) return 'guest';
  return role !== undefined && outsiders.has(role.toLowerCase()) ? 'guest' : undefined;
}
