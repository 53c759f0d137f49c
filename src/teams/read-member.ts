import { readOwnText } from './read-own-text.ts';

/** Somebody in the roster of a chat. What the roster does not tell is undefined. */
export type Member = {
  readonly name: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly objectId: string | undefined;
  readonly tenantId: string | undefined;
  /** `user`, `guest` or `anonymous`, as far as the roster says. */
  readonly role: string | undefined;
};

/** Reads one member; Teams calls the Entra id `aadObjectId` or `objectId`, depending on the call. */
export function readMember(answer: unknown): Member {
  return {
    name: readOwnText(answer, 'name', 256),
    userPrincipalName: readOwnText(answer, 'userPrincipalName', 320),
    objectId: readOwnText(answer, 'aadObjectId', 128) ?? readOwnText(answer, 'objectId', 128),
    tenantId: readOwnText(answer, 'tenantId', 128),
    role: readOwnText(answer, 'userRole', 64),
  };
}
