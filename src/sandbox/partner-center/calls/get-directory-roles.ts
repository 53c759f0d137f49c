import type { PretendUser } from '../data/pretend-user.ts';
import type { Answer } from '../http/answer.ts';

/**
 * `GET …/users/{id}/directoryroles`: a collection without links, each role with its template id.
 * https://learn.microsoft.com/partner-center/developer/get-user-roles-for-a-customer
 */
export function getDirectoryRoles({ roles }: PretendUser): Answer {
  const items = roles.map(({ id, name }) => ({ name, id, attributes: { objectType: 'DirectoryRole' } }));
  const json = { totalCount: items.length, items, attributes: { objectType: 'Collection' } };
  return { status: 200, body: { kind: 'json', json } };
}
