import type { Refusal } from '../reset/index.ts';
import type { FailureText } from './formatting.ts';

/** How an instant is shown: `formatTime` in plain text, `formatCardTime` on a card. */
export type ShowTime = (milliseconds: number) => string;

/** A sentence for every reason why nothing was reset, and one for what to do. Names in them are cleaned. */
export type RefusalTexts = {
  readonly [Kind in Refusal['kind']]: (refusal: Extract<Refusal, { kind: Kind }>, showTime: ShowTime) => FailureText;
};
