import type { BotSettings } from './bot-orders.ts';

/** Milliseconds in which a bot is loaded by a machine that has nothing else to do. */
const quickly = 1000;
/** A machine that is slower than this is not waited for any longer. */
const mostTimes = 6;

/**
 * Lengths and limits of a bot, longer in the measure in which this machine is slower now than one that has nothing else to
 * do: so a call that is merely slow is not taken for one without an answer. `loaded`: milliseconds since the process began.
 */
export function stretch(
  { durations, connectorLimits }: Pick<BotSettings, 'durations' | 'connectorLimits'>,
  loaded: number,
): Pick<BotSettings, 'durations' | 'connectorLimits'> {
  const times = Math.min(mostTimes, Math.max(1, loaded / quickly));
  const longer = (milliseconds: number): number => Math.round(milliseconds * times);
  return {
    durations: { ...durations, lease: longer(durations.lease), resetTry: longer(durations.resetTry) },
    connectorLimits: {
      tryMilliseconds: longer(connectorLimits.tryMilliseconds),
      retryWithinMilliseconds: longer(connectorLimits.retryWithinMilliseconds),
    },
  };
}
