import type { Conversation, Freezing, OwnAffected, ResetRequest } from '../reset/index.ts';
import { formatNames } from './formatting.ts';

type Affected = Pick<Extract<Freezing, { kind: 'frozen' | 'already' }>, 'ended' | 'waiting' | 'underWay' | 'own'>;

/** What a freeze does to requests, in sentences: how many, and those of the reader by name where others do not read along. */
export function formatAffectedRequests(affected: Affected, conversation: Conversation): readonly string[] {
  const { ended, waiting, underWay, own } = affected;
  if (ended + waiting + underWay === 0) return [affectedTexts.nothingOpen];
  const named = own.filter(({ request }) => mayBeNamed(request, conversation));
  return (['ended', 'waiting', 'underWay'] as const).flatMap((what) => {
    const of = named.filter((one) => one.what === what).map(({ request }) => request);
    return affected[what] === 0 ? [] : [affectedTexts[what](affected[what], formatOwn(of, affected[what]))];
  });
}

/** The end of a sentence: which of these many are the reader's. */
function formatOwn(named: readonly Named[], all: number): string {
  if (named.length === 0) return '.';
  return named.length === all ? affectedTexts.own(formatWhom(named)) : affectedTexts.amongThem(formatWhom(named));
}

/** What a lifted freeze has refused and what to do about it: by name what the reader asked for. */
export function formatStaysRefused(refused: readonly ResetRequest[], conversation: Conversation): string {
  const named = refused.filter((request) => mayBeNamed(request, conversation));
  return named.length === 0 ? staysTexts.others : staysTexts.own(formatWhom(named));
}

type Named = OwnAffected['request'];

/** Among others nothing is told of what was asked elsewhere. */
function mayBeNamed({ askedIn }: Named, { id, kind }: Conversation): boolean {
  return kind === 'personal' || askedIn.id === id;
}

function formatWhom(requests: readonly Named[]): string {
  return formatNames(requests.map(({ target }) => target.user.displayName));
}

const affectedTexts = {
  nothingOpen: 'No request was open.',
  ended: (count: number, end: string) =>
    count === 1 ? `One open request was refused${end}` : `${count} open requests were refused${end}`,
  waiting: (count: number, end: string) =>
    count === 1
      ? `One that waits for Partner Center is refused when its turn comes${end}`
      : `${count} that wait for Partner Center are refused when their turn comes${end}`,
  underWay: (count: number, end: string) =>
    count === 1
      ? `One reset is being set right now and goes on to its end${end}`
      : `${count} resets are being set right now and go on to their end${end}`,
  own: (names: string) => `: yours for ${names}.`,
  amongThem: (names: string) => `, yours for ${names} among them.`,
} as const;

const staysTexts = {
  others: 'A request that the freeze refused has to be asked for again.',
  own: (names: string) =>
    `Of what you had asked for, the freeze refused ${names}: that stays refused, so ask again if it is still needed.`,
} as const;
