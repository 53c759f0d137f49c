import type { PartnerErrorRow } from './partner-error-rows.ts';

/** Whether a call has its effect before the fault strikes. */
export type FaultEffect = 'none' | 'applied';

/** What can go wrong with a call that is well formed. */
export type PretendFault =
  /** An error of Partner Center, in one of the shapes it was seen in. */
  | {
      readonly kind: 'partner-error';
      readonly row: PartnerErrorRow;
      /** `documented` is `{code, description, data, source}` with a number for a code. */
      readonly shape?: 'documented' | 'code-as-text' | 'pascal-case' | 'named' | 'nested-json' | 'plain-text';
      readonly effect?: FaultEffect;
    }
  /** 429 from the gateway; `at` is an instant in milliseconds since 1970. */
  | {
      readonly kind: 'throttled';
      readonly retryAfter: 'absent' | { readonly seconds: number } | { readonly at: number };
    }
  | {
      readonly kind: 'server-fault';
      readonly status: 408 | 500 | 502 | 503 | 504;
      readonly effect: FaultEffect;
    }
  /** No answer, ever; the connection stays open. */
  | { readonly kind: 'hang'; readonly effect: FaultEffect }
  /** The connection breaks: before anything happened, or with the answer lost. */
  | { readonly kind: 'disconnect'; readonly effect: FaultEffect }
  /** The true answer, but the connection breaks in the middle of it. */
  | { readonly kind: 'cut-off' }
  /** The true answer, late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The true answer when `until` is over; the call has its effect before or after that. */
  | { readonly kind: 'held'; readonly until: Promise<void>; readonly effect: 'before' | 'after' }
  /** A page of something between us and Partner Center. */
  | { readonly kind: 'proxy-page'; readonly status: number; readonly effect: FaultEffect }
  | { readonly kind: 'plain-text'; readonly status: number; readonly text: string; readonly effect: FaultEffect }
  | { readonly kind: 'empty'; readonly status: number; readonly effect: FaultEffect }
  /** A 200 after the effect, whose body calls itself JSON and is none. */
  | { readonly kind: 'not-json' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** The true answer with a BOM before it. */
  | { readonly kind: 'bom' }
  /** The true answer with capital first letters in all its keys. */
  | { readonly kind: 'pascal-case' }
  /** A page whose `next` leads to itself. */
  | { readonly kind: 'next-repeats' }
  /** A page whose `next` leads to another origin, such as `http://127.0.0.1:9`. */
  | { readonly kind: 'next-elsewhere'; readonly origin: string }
  /** The address is not known here: 404 without a code of Partner Center's, 405 or 501. */
  | { readonly kind: 'route-unknown'; readonly status: 404 | 405 | 501 };
