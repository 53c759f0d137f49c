import type { Answer } from '../http/answer.ts';

/** How a call ends on the wire. */
export type Delivery =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly bom?: boolean }
  | { readonly kind: 'cut-off'; readonly answer: Answer }
  | { readonly kind: 'silence' }
  | { readonly kind: 'disconnect' };
