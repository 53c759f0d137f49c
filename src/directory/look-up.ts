import type { CustomerId, UserId } from '../ids.ts';
import { type AggregatePartner, PartnerError } from '../partner-center/index.ts';
import type { UserLookUp } from '../reset/ports/partner-center.ts';
import type { UserLesson } from './create-user-book.ts';
import { readUser } from './read-target.ts';
import { readTrouble } from './read-trouble.ts';

/**
 * Reads one user and their roles afresh, and says to `learn` what it saw. Roles that cannot be read, for whatever reason, are `unknown`: the reset rules
 * count that as an administrator. Follows learn.microsoft.com/partner-center/developer/get-a-user-account-by-id.
 */
export async function lookUp(
  partner: AggregatePartner,
  customer: CustomerId,
  user: UserId,
  learn: (lesson: UserLesson) => void,
): Promise<UserLookUp> {
  const operations = partner.customers.byId(customer).users.byId(user);
  const [read, roles] = await Promise.all([
    operations.get().then(
      (found) => ({ kind: 'read', found }) as const,
      (failure: unknown) => ({ kind: 'failed', failure }) as const,
    ),
    operations.directoryRoles.get().catch((failure: unknown) => {
      readTrouble(failure);
      return 'unknown' as const;
    }),
  ]);
  if (read.kind === 'read') {
    learn(read.found);
    return { kind: 'found', user: readUser(read.found, roles) };
  }
  const { failure } = read;
  const gone = failure instanceof PartnerError && (failure.code === 'user-not-found' || failure.code === 'not-found');
  if (gone) learn('gone');
  return gone ? { kind: 'gone' } : { kind: 'trouble', trouble: readTrouble(failure) };
}
