/** Which calls a fault is for. */
export type FaultRule<Fault = PretendFault> = {
  /** Default: every method. */
  readonly method?: 'GET' | 'PATCH' | 'POST';
  /** Held against path and query; default: every address. */
  readonly path?: RegExp;
  /** How many calls it strikes; default 1. */
  readonly times?: number;
  readonly fault: Fault;
};

/** Faults to come. */
export type Faults<Fault = PretendFault> = {
  /** Adds a rule. Of several that fit a call the oldest strikes; a call refused for its form is struck by none. */
  next(rule: FaultRule<Fault>): void;
  /** Takes all rules back. */
  clear(): void;
  /** How many rules have not struck as often as they should. */
  pending(): number;
};

/** Keeps faults, and gives the one that strikes a call. */
export function createFaults<Fault = PretendFault>(): {
  readonly faults: Faults<Fault>;
  readonly take: (method: string, address: string) => Fault | undefined;
} {
  let rules: { readonly rule: FaultRule<Fault>; left: number }[] = [];
  return {
    faults: {
      next(rule) {
        rules.push({ rule, left: rule.times ?? 1 });
      },
      clear() {
        rules = [];
      },
      pending: () => rules.length,
    },
    take(method, address) {
      const struck = rules.find(
        ({ rule }) =>
          (rule.method === undefined || rule.method === method) &&
          (rule.path === undefined || address.search(rule.path) !== -1),
      );
      if (struck === undefined) return undefined;
      struck.left -= 1;
      rules = rules.filter(({ left }) => left > 0);
      return struck.rule.fault;
    },
  };
}

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
  /** A page of something between us and Partner Center; with 200 it may be the page of a sign-in. */
  | { readonly kind: 'proxy-page'; readonly status: number; readonly effect: FaultEffect }
  | { readonly kind: 'plain-text'; readonly status: number; readonly text: string; readonly effect: FaultEffect }
  | { readonly kind: 'empty'; readonly status: number; readonly effect: FaultEffect }
  /** A 200 after the effect, whose body calls itself JSON and is none. */
  | { readonly kind: 'not-json' }
  /** The true answer, in a list: a shape that no answer has. */
  | { readonly kind: 'as-list' }
  /** The true answer, about somebody else: with another id. */
  | { readonly kind: 'another-id' }
  /** A redirect, 302 unless it says otherwise, without an effect. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
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

/** An error that Partner Center documents or was seen to answer with. */
export type PartnerErrorRow = {
  readonly status: number;
  readonly code: number;
  readonly description: string;
};

/** Every documented error that has a code. https://learn.microsoft.com/partner-center/developer/error-codes */
export const partnerErrorRows: readonly PartnerErrorRow[] = [
  { status: 401, code: 900_421, description: 'The token was not issued with multi-factor authentication.' },
  { status: 401, code: 900_420, description: 'The audience of the token is not valid.' },
  { status: 401, code: 400, description: 'Access denied' },
  { status: 401, code: 800_001, description: 'Partner Token missing in request context' },
  { status: 403, code: 900_329, description: 'The resource doesn&#39;t support application-only authentication' },
  { status: 403, code: 900_308, description: 'Insufficient privileges to complete the operation' },
  { status: 403, code: 900_309, description: 'Access was blocked by Conditional Access' },
  { status: 403, code: 90_000, description: 'Microsoft Entra returned an error during token issuance' },
  { status: 403, code: 2032, description: 'Access denied' },
  { status: 403, code: 20_002, description: 'The partner id has no commerce relationship with the customer id' },
  {
    status: 403,
    code: 900_150,
    description: 'The supplied role does not have the rights to perform the requested operation',
  },
  { status: 404, code: 1000, description: 'Not found' },
  { status: 404, code: 3000, description: 'Not found' },
  { status: 404, code: 60_002, description: 'User object Id is not found' },
  { status: 404, code: 60_003, description: 'Tenant not found' },
  { status: 400, code: 3000, description: 'Invalid property' },
  { status: 400, code: 2000, description: 'Customer search only allows starts with and equals operation.' },
  { status: 400, code: 2001, description: 'Missing input' },
  { status: 400, code: 900_118, description: 'Invalid Customer Id' },
  { status: 400, code: 2055, description: 'Etag is no longer valid' },
  { status: 500, code: 800_003, description: 'Unexpected service error' },
];
