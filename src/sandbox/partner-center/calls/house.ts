import type { PretendData } from '../data/create-pretend-data.ts';
import type { Accounts } from '../sign-in/create-accounts.ts';
import type { PartnerRole } from './may-reset.ts';

/** What the calls of a pretend Partner Center work on. */
export type House = {
  readonly data: PretendData;
  readonly accounts: Accounts;
  /** The key of continuation tokens. */
  readonly tokenKey: string;
  readonly partnerRole: PartnerRole;
  /** What becomes of a new password for somebody from a local directory; what Partner Center does is not documented. */
  readonly synchronisedUsers: 'accept' | 'refuse';
};
