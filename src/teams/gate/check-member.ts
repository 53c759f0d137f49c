import type { Technician } from '../../reset/identity.ts';
import type { Member } from '../read-member.ts';

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
