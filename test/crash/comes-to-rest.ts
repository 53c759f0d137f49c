import type { CrashHouse } from './crash-house.ts';
import type { StoredRequests } from './look-into-store.ts';
import type { Case } from './open-case.ts';

/** Waits until no one works on any request for this user, nor is to soon, and gives how they stand. */
export async function comesToRest(
  { store, bots, bell }: CrashHouse,
  { user }: Pick<Case, 'user'>,
): Promise<StoredRequests> {
  // Whatever a bot writes down it says in a line, unless it dies before.
  const heard = (): number => bots.reduce((sum, bot) => sum + bot.lines.length + (bot.isGone() ? 1 : 0), 0);
  for (;;) {
    const before = heard();
    const stored = await store.requestsFor(user.id);
    if (stored.isAtRest) return stored;
    await bell.until(
      () => `the requests for ${user.userPrincipalName} come to rest (${JSON.stringify(stored)})`,
      () => (heard() > before ? true : undefined),
    );
  }
}
