import { type Clock, createBoundedCache, teamsTunables } from '../../base/index.ts';
import type { Conversation, ResetRequest, Technician } from '../../reset/index.ts';
import type { Connector, RosterMember } from './connector.ts';
import { ConnectorError } from './retries.ts';

/** Who reads a direct message: its requester alone, or `others`. */
type ReaderSearch = (request: Pick<ResetRequest, 'technician' | 'directMessage'>) => Promise<'requester' | 'others'>;

/**
 * Makes the function that asks the roster of a direct message's chat who is in it. An answer counts for
 * `readersValidMilliseconds`, so that it can be asked for while Partner Center sets the password. A failure counts for no one.
 * Rejects with a `ConnectorError`.
 */
export function createReaderSearch({
  connector,
  clock,
  sandbox,
}: {
  readonly connector: Pick<Connector, 'members' | 'member'>;
  readonly clock: Clock;
  /** Whether the chats are those of the Playground, which may have no list of their members. */
  readonly sandbox: boolean;
}): ReaderSearch {
  const listMembers = createMemberList(connector, sandbox);
  const asked = createBoundedCache<string, { readonly at: number; readonly answer: ReturnType<ReaderSearch> }>(
    teamsTunables.maxCachedMembers,
  );
  return (request) => {
    const { technician, directMessage } = request;
    const now = clock.now();
    const key = JSON.stringify([directMessage?.conversation.id, technician.tenantId, technician.objectId]);
    const before = asked.get(key);
    if (before !== undefined && now - before.at < teamsTunables.readersValidMilliseconds) return before.answer;
    const answer = ask(request);
    asked.set(key, { at: now, answer });
    // Who waits for it hears of a failure; the next one asks anew.
    answer.catch(() => asked.delete(key));
    return answer;
  };

  async function ask({ technician, directMessage }: Parameters<ReaderSearch>[0]): ReturnType<ReaderSearch> {
    if (directMessage === undefined) throw new ConnectorError('gone', undefined);
    const members = await listMembers(directMessage.conversation, technician.teamsUserId);
    // The requester is in every such chat, so an empty roster tells nothing.
    if (members.length === 0) throw new ConnectorError('unavailable', undefined);
    const isAlone = members.every((member) => isRequester(member, technician));
    return isAlone ? 'requester' : 'others';
  }
}

/**
 * A chat without a list of its members tells nothing of who reads it, so it counts as one that does not answer. In the sandbox
 * the requester's own entry is enough, and a chat that is gone has neither.
 */
function createMemberList(connector: Pick<Connector, 'members' | 'member'>, sandbox: boolean) {
  return async (chat: Conversation, requester: string): Promise<readonly RosterMember[]> => {
    try {
      return await connector.members(chat);
    } catch (failure) {
      if (!(failure instanceof ConnectorError) || failure.code !== 'gone') throw failure;
      const own = { ...(await connector.member(chat, requester)), id: requester };
      if (!sandbox) throw new ConnectorError('unavailable', failure.status);
      return [own];
    }
  };
}

/** By the Entra object id. The channel's own id counts where the roster has no other. */
function isRequester({ id, objectId }: RosterMember, technician: Technician): boolean {
  if (objectId !== undefined) return objectId.toLowerCase() === technician.objectId.toLowerCase();
  return id === technician.teamsUserId;
}
