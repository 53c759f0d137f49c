import { plainId } from './plain-id.ts';
import type { Technician } from './technician.ts';

/** Every id by which somebody is known, in one spelling: Teams may name a person by an id that holds the Entra object id. */
export function idsOfPerson({
  objectId,
  teamsUserId,
}: Pick<Technician, 'objectId' | 'teamsUserId'>): readonly string[] {
  return [plainId(objectId), plainId(teamsUserId)];
}
