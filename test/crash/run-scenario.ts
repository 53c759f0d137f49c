import { complaints } from './come-about.ts';
import { comesToRest } from './comes-to-rest.ts';
import type { CrashHouse } from './crash-house.ts';
import { createTechnician } from './create-technician.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { findWhatIsLeft } from './find-what-is-left.ts';
import { openCase } from './open-case.ts';
import type { Doing, Fault, Scenario, Way } from './scenario.ts';
import type { Bot } from './start-bot.ts';

/** What came of one death. */
export type Outcome = {
  /** In words; nothing where all is well. */
  readonly broken: readonly string[];
  /** Every password that was sent or read. */
  readonly passwords: readonly string[];
  /** The card that told how it ended. */
  readonly ended: string;
  readonly patches: number;
  /** Milliseconds until somebody else went on, and how many it may have taken; undefined where nothing was left to do. */
  readonly takenOver: { readonly after: number; readonly atMost: number } | undefined;
};

/** What is done on each way, in order. */
const course: Readonly<Record<Way, readonly Doing[]>> = {
  message: ['asking', 'confirming', 'passing-on'],
  reveal: ['asking', 'confirming', 'reading', 'passing-on'],
  approval: ['asking', 'confirming', 'approving', 'passing-on'],
};

/** Milliseconds in which somebody goes on once the lease has ended. */
const takesOverWithin = 5000;

/**
 * Lets a technician do their work, kills a bot on the way, and lets another one go on. The first bot is spoken to, by the
 * second person the last one; whichever makes the fatal step or call dies of it. The technician presses again only where
 * the death came before their press was written down, or took the answer that they need.
 */
export async function runScenario(
  house: CrashHouse,
  scenario: Scenario,
  { bots, survive }: { readonly bots: readonly [Bot, ...Bot[]]; readonly survive: () => Promise<Bot> },
): Promise<Outcome> {
  const { way, death, fault, name } = scenario;
  const one = openCase(house, way === 'approval' ? 'in-a-group' : 'alone');
  const technician = createTechnician(house, one, way, name);
  const speaker = (doing: Doing): Bot => (doing === 'approving' ? (bots.at(-1) ?? bots[0]) : bots[0]);
  const strikesWhile = whileStruck(scenario);
  // People only wait where a bot is to die of it.
  const next = death.while === 'waiting' ? 'approving' : death.while;
  for (const doing of course[way].slice(0, course[way].indexOf(next))) {
    if (doing === strikesWhile) fault.strike(house);
    await technician.does(doing, speaker(doing));
  }
  if (death.while === strikesWhile) fault.strike(house);
  await arm(house, scenario, bots);
  // A bot dies while it answers, so no one counts on an answer; one that lives on says what went wrong.
  let acted = '';
  const acting = technician.tries(death.while, speaker(death.while)).then(
    (answer) => (acted = `answered: ${JSON.stringify(answer)}`),
    (failure: unknown) => (acted = `failed: ${String(failure)}`),
  );
  const dead = await house.bell.until(
    () => `a bot dies (${name}; ${acted}; ${bots.map(({ lines }) => lines.slice(-12).join(' ')).join('; ')})`,
    () => bots.find((bot) => bot.isGone()),
  );
  const died = Date.now();
  await disarm(house, bots);
  const survivor = await survive();
  await acting;

  await technician.goesOnAfter(death.while, survivor);
  const ended = await technician.learnsHowItEnded();
  const password = ended === 'outcome-refused' ? undefined : await technician.reads(survivor);
  const promised = { isUnclear: ended === 'outcome-attention', inNoMessage: way === 'reveal' };
  const secrets = [...new Set([...one.sent(), ...(password === undefined ? [] : [password])])];
  const living = house.bots.filter((bot) => !bot.isGone());
  const broken = [
    ...(mayEnd(fault, ended) ? [] : [complaints.endedWith(ended)]),
    ...findBrokenPromises(house, one, password, promised),
    ...(await house.findFreshLeaks(secrets, [dead, ...living])),
  ];
  await comesToRest(house, one);
  if (password !== undefined && death.while !== 'passing-on') await technician.tries('passing-on', survivor);
  broken.push(
    ...(await findWhatIsLeft(house, one, { survivor, way, password })),
    ...findBrokenPromises(house, one, password, promised),
    ...(await house.findFreshLeaks(secrets, living)),
    ...(await house.checkTrail()),
    ...forgive(house),
  );
  const step = house.stepsSince(died).find(({ by }) => by !== dead.pid);
  const isTakenOver = step !== undefined && step.at < (technician.actedAfter(died) ?? Infinity);
  return {
    broken: [...new Set(broken)],
    passwords: secrets,
    ended,
    patches: one.patches(),
    takenOver: isTakenOver
      ? {
          after: Math.max(0, step.at - Math.max(died, survivor.since)),
          atMost: dead.lease + takesOverWithin + survivor.startedIn,
        }
      : undefined,
  };
}

/** A fault is set up right before what it can strike, and in time for the death. */
function whileStruck({ death, fault }: Scenario): Doing {
  if (death.while === 'asking') return 'asking';
  if (death.while === 'approving' && fault.strikes === 'post') return 'approving';
  return death.while === 'passing-on' && fault.mayStrikeHiding ? 'passing-on' : 'confirming';
}

async function arm(house: CrashHouse, { death: { kill } }: Scenario, bots: readonly Bot[]): Promise<void> {
  switch (kill.kind) {
    case 'step':
      for (const bot of bots) await bot.order({ at: { step: kill.step, nth: kill.nth }, act: 'kill' });
      return;
    case 'call': {
      const at = kill.to === 'connector' ? house.toConnector : house.toPartnerCenter;
      at.once({
        when: kill.when,
        fits: kill.fits,
        act: async ({ process }) => bots.find(({ pid }) => pid === process)?.signal('SIGKILL'),
      });
    }
  }
}

async function disarm(house: CrashHouse, bots: readonly Bot[]): Promise<void> {
  house.toConnector.forget();
  house.toPartnerCenter.forget();
  for (const bot of bots) if (!bot.isGone()) await bot.order({ at: undefined, act: 'forget-orders' });
}

/** A refusal may be lost with the bot that heard it; then it depends on the next answer, and the card has to be true. */
function mayEnd({ leads }: Fault, ended: string): boolean {
  switch (leads) {
    case 'nowhere':
      return ended === 'outcome-reset';
    case 'unclear':
      return ended === 'outcome-attention';
    case 'unclear-if-heard':
      return ['outcome-reset', 'outcome-attention'].includes(ended);
    case 'refused':
      return ['outcome-reset', 'outcome-refused', 'outcome-attention'].includes(ended);
  }
}

/** A fault that has not struck would make the run say less than its name. */
function forgive({ connector, partnerCenter }: CrashHouse): readonly string[] {
  const left = connector.faultsLeft() + partnerCenter.faults.pending();
  connector.forgive();
  partnerCenter.faults.clear();
  return left === 0 ? [] : [complaints.neverStruck(left)];
}
