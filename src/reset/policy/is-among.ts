import type { ObjectId } from '../../ids.ts';
import type { Principal } from './policy.ts';

/** Whether the policy names this person, by object id, by a group they are known to be in, or as everyone. */
export function isAmong(person: ObjectId, principals: readonly Principal[], memberOf: ReadonlySet<string>): boolean {
  return principals.some((principal) => {
    switch (principal.kind) {
      case 'everyone':
        return true;
      case 'person':
        return principal.objectId.toLowerCase() === person.toLowerCase();
      case 'group':
        return memberOf.has(principal.objectId);
    }
  });
}
