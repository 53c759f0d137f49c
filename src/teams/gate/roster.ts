import { callWithTimeout, type Clock, createBoundedCache, teamsTunables } from '../../base/index.ts';
import type { Conversation, Technician } from '../../reset/index.ts';
import type { Member } from '../connector/connector.ts';
import { ConnectorError } from '../connector/retries.ts';

/** A member of the chat, no member, or no answer from the roster. */
export type RosterEntry =
  { readonly kind: 'member'; readonly member: Member } | { readonly kind: 'nobody' } | { readonly kind: 'silent' };

export type Roster = { find(conversation: Conversation, teamsUserId: string): Promise<RosterEntry> };

/**
 * Looks people up in the roster of a chat. A member counts for `rosterCacheMilliseconds` from the answer on. That a person
 * is no member, or that the roster was silent, is never kept. Calls for the same person at the same time share one look-up.
 */
export function createRoster({
  member,
  clock,
  milliseconds = teamsTunables.rosterTimeoutMilliseconds,
}: {
  /** Asks the connector; rejects with a `ConnectorError`. */
  readonly member: (conversation: Conversation, teamsUserId: string) => Promise<Member>;
  readonly clock: Clock;
  /** Time limit for one look-up. */
  readonly milliseconds?: number;
}): Roster {
  // Expiry is judged here, by the given clock; `peek` and `set` make the oldest answer go first.
  const kept = createBoundedCache<string, { readonly until: number; readonly member: Member }>(
    teamsTunables.maxCachedMembers,
  );
  const asking = new Map<string, Promise<RosterEntry>>();

  async function ask(key: string, conversation: Conversation, teamsUserId: string): Promise<RosterEntry> {
    const outcome = await callWithTimeout(clock, milliseconds, () => member(conversation, teamsUserId));
    asking.delete(key);
    switch (outcome.kind) {
      case 'answered': {
        kept.set(key, { until: clock.now() + teamsTunables.rosterCacheMilliseconds, member: outcome.result });
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
      const known = kept.peek(key);
      if (known !== undefined && clock.now() < known.until) return { kind: 'member', member: known.member };
      const answer = asking.get(key) ?? ask(key, conversation, teamsUserId);
      asking.set(key, answer);
      return answer;
    },
  };
}

const outsiders = new Set(['guest', 'anonymous']);

/** Whether somebody in a chat is a guest, or has no account. */
export function isGuest({ role, userPrincipalName }: Pick<Member, 'role' | 'userPrincipalName'>): boolean {
  if (role !== undefined && outsiders.has(role.toLowerCase())) return true;
  return userPrincipalName?.toLowerCase().includes('#ext#') === true;
}

/** Whether somebody in a chat is a guest, has no account, or is of another tenant than this person. */
export function isOutsider(member: Member, { tenantId: home }: Pick<Technician, 'tenantId'>): boolean {
  const { tenantId } = member;
  if (isGuest(member)) return true;
  return tenantId !== undefined && tenantId.toLowerCase() !== home.toLowerCase();
}

/**
 * Compares a sender with the roster's answer; undefined if they match. A fact that the roster leaves out counts against
 * the sender. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context.
 */
export function checkMember(
  member: Member,
  sender: Pick<Technician, 'objectId' | 'tenantId'>,
): 'not-a-member' | 'guest' | undefined {
  const { objectId, tenantId, userPrincipalName, role } = member;
  // Rule 15: it is the person whom the activity names, of the tenant that it names.
  if (objectId?.toLowerCase() !== sender.objectId.toLowerCase()) return 'not-a-member';
  if (tenantId?.toLowerCase() !== sender.tenantId.toLowerCase()) return 'not-a-member';
  if (userPrincipalName === undefined) return 'not-a-member';
  // Rule 16: guests and people without an account are refused.
  if (userPrincipalName.toLowerCase().includes('#ext#')) return 'guest';
  return role !== undefined && outsiders.has(role.toLowerCase()) ? 'guest' : undefined;
}
