import type { AskedPlace } from '../../approval/approval.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { messageDelay } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { isAskedEverywhere } from '../../approval/is-asked-everywhere.ts';
import { refuse } from './refuse.ts';
import { swapStep } from './swap-step.ts';

/** A chat that does not take a card by then is left out. */
const mostTries = 5;

/**
 * Puts the card that asks for an approval where it is to stand and does not yet, and keeps where that is. Where it can
 * stand nowhere there is nobody to ask, and the request is refused. A process that dies in between asks again: a second
 * copy of the card does no harm.
 */
export async function askApprovers(tools: Tools, request: ResetRequest): Promise<Moved> {
  const { approval } = request;
  if (approval === undefined) throw new Error('a request waits for an approval that nobody was to give');
  const lastTry = approval.putOff + 1 >= mostTries;
  const places = await Promise.all(
    approval.places.map(async (place): Promise<AskedPlace> => {
      if (place.card !== undefined || place.isClosed) return place;
      const asked = await tools.messages.askApproval(request, place.where);
      if (asked.kind === 'asked') return { ...place, card: asked.card };
      return { ...place, isClosed: asked.kind === 'closed' || lastTry };
    }),
  );
  if (places.every(({ isClosed }) => isClosed)) return refuse(tools, request, { kind: 'approval-not-possible' });
  const now = tools.clock.now();
  const next = { ...approval, places, putOff: approval.putOff + 1 };
  const isDone = isAskedEverywhere(next);
  const cards = places.filter(({ card }) => card !== undefined).length;
  const entry = {
    at: now,
    kind: 'approval-asked',
    actor: 'locksmith',
    facts: {
      cards,
      places: places.length,
      members: places.flatMap(({ where, card }) => (where.kind === 'person' && card ? [where.member] : [])).join(' '),
    },
  } as const;
  const dueAt = isDone ? now : Math.min(now + messageDelay(approval.putOff), approval.approveBy);
  const moved = await swapStep(tools, request, makeStep(request, { approval: next, lease: undefined, dueAt }, entry));
  if (moved.kind === 'stale') await retireCards(tools, request, places);
  return moved;
}

/** Whoever ended the request meanwhile could not know of these cards: they say so now, or would ask for ever. */
async function retireCards(
  { store, messages }: Tools,
  before: ResetRequest,
  places: readonly AskedPlace[],
): Promise<void> {
  const now = await store.find(before.id);
  if (now === undefined || now.state === 'awaiting-approval') return;
  const known = new Set(before.approval?.places.map(({ card }) => card?.activityId));
  const lost = places.flatMap(({ card }) => (card === undefined || known.has(card.activityId) ? [] : card));
  await Promise.all(lost.map((card) => messages.putApproval(now, card)));
}
