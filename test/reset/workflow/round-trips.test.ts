import { expect, it } from '@jest/globals';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';
import { startHoldingProxy } from '../../support/holding-proxy.ts';
import { createResetWorld, robin, said } from '../../support/reset-world.ts';

describeOnPostgres('a reset from the press to its last commit', (server) => {
  it('takes two round trips a commit to PostgreSQL, and five for what is read beside', async () => {
    const url = new URL(await server.createDatabase());
    const proxy = await startHoldingProxy(Number(url.port));
    url.port = String(proxy.port);
    const world = await createResetWorld({ postgres: url.href });
    const process = world.boot('first');
    const { id } = await world.ask(process);
    // The connections stand: what is asked from here on is asked for the reset.
    await Promise.all(Array.from({ length: 4 }, () => world.stands(id)));
    const [commits, trips] = [world.commits.length, proxy.roundTrips()];
    await process.resets.confirm(id, robin, said);
    await world.settle();
    const counted = { commits: world.commits.length - commits, roundTrips: proxy.roundTrips() - trips };
    expect((await world.stands(id)).state).toBe('delivered');
    expect(counted).toEqual({ commits: 6, roundTrips: 17 });
    await world.close();
    proxy.close();
  });
});
