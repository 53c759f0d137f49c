import { passwordIn, type PressAnswer } from '../support/teams-person.ts';
import { comesToRest } from './comes-to-rest.ts';
import type { CrashHouse } from './crash-house.ts';
import type { Case } from './open-case.ts';
import type { Doing, Way } from './scenario.ts';
import type { Bot } from './start-bot.ts';

/** Presses that are answered with "not yet" before somebody gives up. */
const mostPresses = 50;

/** A technician, and who approves for them, who do one thing after the other. */
export type Technician = {
  /** Does it once; rejects where the bot dies meanwhile. */
  tries(doing: Doing, bot: Bot): Promise<unknown>;
  /** Does it, and waits until all that follows from it is done. */
  does(doing: Doing, bot: Bot): Promise<void>;
  /** Goes on after a bot has died while they did that: says again only what no one can have written down. */
  goesOnAfter(doing: Doing, bot: Bot): Promise<void>;
  /** The card that tells how it ended. */
  learnsHowItEnded(): Promise<string>;
  /** The password, as they read it first. */
  reads(bot: Bot): Promise<string>;
  /** When they have done something for the first time after that instant. */
  actedAfter(instant: number): number | undefined;
};

/** `name` says what this is about when something never happens. */
export function createTechnician(house: CrashHouse, one: Case, way: Way, name: string): Technician {
  const acts: number[] = [];
  let read: string | undefined;

  const tries = (doing: Doing, bot: Bot): Promise<unknown> => {
    acts.push(Date.now());
    switch (doing) {
      case 'asking':
        return one.ask(bot);
      case 'confirming':
        return one.confirm(bot);
      case 'waiting':
        return house.halfAnHourPasses();
      case 'approving':
        return untilTaken(() => one.approve(bot));
      case 'reading':
        return one.reveal(bot);
      case 'passing-on':
        return untilTaken(() => one.acknowledge(bot));
    }
  };

  const until = <Found>(what: string, look: () => Found | undefined): Promise<Found> =>
    house.bell.until(() => `${what} (${name}; ${lastLines()})`, look);

  const lastLines = (): string => house.bots.map(({ pid, lines }) => `${pid}: ${lines.slice(-6).join(' ')}`).join('; ');

  const reads = async (bot: Bot): Promise<string> => {
    if (read !== undefined) return read;
    if (way !== 'reveal') return (read = await until('a password is shown', one.password));
    await until('a password can be shown', () => (one.mayReveal() ? true : undefined));
    await comesToRest(house, one);
    acts.push(Date.now());
    read = passwordIn((await one.reveal(bot)).value);
    if (read === undefined) throw new Error('a press of “Show password” was answered without one');
    return read;
  };

  return {
    tries,
    reads,
    async does(doing, bot) {
      await tries(doing, bot);
      if (doing === 'asking') await until('the confirmation is shown', () => (one.hasCard() ? true : undefined));
      await comesToRest(house, one);
      if (doing === 'reading' || (doing !== 'asking' && way === 'message')) await reads(bot);
    },
    async goesOnAfter(doing, bot) {
      if (doing === 'asking') {
        if (!one.hasCard()) await tries('asking', bot);
        await tries('confirming', bot);
      }
      if (way === 'approval' && (doing === 'confirming' || doing === 'waiting')) {
        await until('a second person is asked', () =>
          one.isAsked() || one.outcome() !== undefined ? true : undefined,
        );
        if (one.isAsked()) await tries('approving', bot);
      }
    },
    learnsHowItEnded: () => until('it ends', one.outcome),
    actedAfter: (instant) => acts.find((at) => at >= instant),
  };
}

/** While others work on a request, or Teams is slow, a press is answered with a text, and is to be made again. */
async function untilTaken(press: () => Promise<PressAnswer>): Promise<PressAnswer> {
  for (let times = 1; ; times += 1) {
    const answer = await press();
    if (typeof answer.value !== 'string' || times === mostPresses) return answer;
  }
}
