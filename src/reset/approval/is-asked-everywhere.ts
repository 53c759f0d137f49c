import type { Approval } from './approval.ts';

/** Whether the card that asks stands wherever it can. */
export function isAskedEverywhere({ places }: Pick<Approval, 'places'>): boolean {
  return places.every(({ card, isClosed }) => card !== undefined || isClosed);
}
