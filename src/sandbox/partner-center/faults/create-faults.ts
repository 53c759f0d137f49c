import type { PretendFault } from './pretend-fault.ts';

/** Which calls a fault is for. */
export type FaultRule = {
  /** Default: every method. */
  readonly method?: 'GET' | 'PATCH';
  /** Held against path and query; default: every address. */
  readonly path?: RegExp;
  /** How many calls it strikes; default 1. */
  readonly times?: number;
  readonly fault: PretendFault;
};

/** Faults to come. */
export type Faults = {
  /** Adds a rule. Of several that fit a call the oldest strikes; a call refused for its form is struck by none. */
  next(rule: FaultRule): void;
  /** Takes all rules back. */
  clear(): void;
  /** How many rules have not struck as often as they should. */
  pending(): number;
};

/** Keeps faults, and gives the one that strikes a call. */
export function createFaults(): {
  readonly faults: Faults;
  readonly take: (method: string, address: string) => PretendFault | undefined;
} {
  let rules: { readonly rule: FaultRule; left: number }[] = [];
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
