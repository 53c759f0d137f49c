import type { AccountFacts, GraphFinding } from '../../src/reset/ports/graph-facts.ts';

type Asked = Extract<GraphFinding, { kind: 'asked' }>;

export const plainAccount: AccountFacts = {
  isBlocked: false,
  isGuest: false,
  isSynchronised: false,
  isRestricted: false,
  lastPasswordChange: undefined,
  numbers: [],
};

/** What Graph tells of an ordinary person, with what a test is about. */
export function buildGraphFinding(
  account: Partial<AccountFacts> = {},
  facts: Partial<Omit<Asked, 'kind'>> = {},
): Asked {
  return {
    kind: 'asked',
    account: { kind: 'read', value: { ...plainAccount, ...account } },
    memberships: { kind: 'read', value: [] },
    eligibleRoles: { kind: 'read', value: [] },
    methods: { kind: 'read', value: [] },
    ...facts,
  };
}
