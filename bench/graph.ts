import { realPlatform } from '../src/app/platform.ts';
import { findPerson } from '../src/sandbox/partner-center/index.ts';
import { startHouse } from '../test/support/start-house.ts';
import { createTeamsPerson, passwordIn } from '../test/support/teams-person.ts';
import { median, type Report } from './figures.ts';

const trip = 50;
const rounds = 15;
const contoso = 'contosobikes.onmicrosoft.com';
const proof = { verification: 'In person', ticket: 'INC-7' };

/**
 * The time from click to direct message with Microsoft Graph over the one without, where each call of Partner Center and of Graph
 * takes 50 ms. Both bots run beside each other, and take turns.
 */
export async function benchGraph({ say, figure }: Report): Promise<void> {
  const [off, on] = [await openBot(undefined), await openBot('on')];
  const times: { readonly off: number[]; readonly on: number[] } = { off: [], on: [] };
  for (let round = -2; round < rounds; round += 1) {
    const [without, beside] = [await off.resetOne(round), await on.resetOne(round)];
    // The first rounds are there to warm up.
    if (round < 0) continue;
    times.off.push(without);
    times.on.push(beside);
  }
  await off.stop();
  await on.stop();
  const [ours, beside] = [median(times.on), median(times.off)];
  figure({
    name: `click to direct message with Microsoft Graph over without, ${trip} ms a call`,
    unit: 'ms',
    ours,
    beside,
    goal: { is: 'at-most', value: 1.1 },
  });
  say(`click to direct message: ${ours.toFixed(1)} ms with Graph, ${beside.toFixed(1)} ms without`);
}

async function openBot(graph: 'on' | undefined) {
  const slow = async (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    await new Promise((resolve) => setTimeout(resolve, trip));
    return realPlatform.fetch(input, init);
  };
  const house = await startHouse({ graph, platform: { fetch: slow } });
  const { customer } = findPerson(house.partnerCenter.data, `adele.vance@${contoso}`);
  const people = house.partnerCenter.data
    .users(customer.id)
    ?.slice('active', undefined, 0, 400)
    .filter(({ roles, userDomainType, lastDirectorySyncTime, inEntra, userPrincipalName }) => {
      const isPlain = roles.length === 0 && userDomainType !== 'federated' && lastDirectorySyncTime === null;
      return isPlain && inEntra === undefined && /^[a-z.]+@/.test(userPrincipalName);
    });
  return {
    stop: () => house.stop(),
    /** Asks, presses, and gives the milliseconds from the press until the password stands in the direct message. */
    async resetOne(round: number): Promise<number> {
      const id = `29:tech${round + 2}`;
      const aadObjectId = `0a1b2c3d-0000-4000-8000-${String(round + 100).padStart(12, '0')}`;
      const technician = createTeamsPerson(
        house,
        { name: 'Robin Tech', aadObjectId, id },
        { id: `a:chat-${round + 2}`, conversationType: 'personal' },
      );
      await technician.say(`reset password for ${people?.[round + 2]?.userPrincipalName ?? ''}`);
      const confirmation = await technician.card('confirmation');
      const pressed = performance.now();
      await technician.press(confirmation, 'Reset password', proof);
      const message = await technician.card('direct-message', technician.directChat);
      if (passwordIn(message.card) === undefined) throw new Error('The direct message has no password.');
      return performance.now() - pressed;
    },
  };
}
