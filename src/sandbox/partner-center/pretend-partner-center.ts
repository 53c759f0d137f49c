import type { Clock } from '../../clock.ts';
import type { Secret } from '../../secret.ts';
import type { PartnerRole } from './calls/may-reset.ts';
import type { PretendData } from './data/create-pretend-data.ts';
import type { Faults } from './faults/create-faults.ts';
import type { PretendFault } from './faults/pretend-fault.ts';

/** A call below `/v1` as it came in; it holds neither a token nor a body. */
export type RecordedCall = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** All headers but `authorization`; names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The caller's port: the same for calls over the same connection. */
  readonly remotePort: number;
  /** Undefined while there is no answer, and for ever where none came. */
  readonly status: number | undefined;
  readonly fault: PretendFault['kind'] | undefined;
};

/** What a pretend Partner Center may be told; nothing is needed. */
export type PretendPartnerCenterOptions = {
  /** The data follow from it; default 1. */
  readonly seed?: number;
  /** The token to accept, or who judges it; default `sandbox`. */
  readonly acceptsToken?: string | ((token: Secret) => boolean);
  readonly clock?: Clock;
  /** What the partner's service account may do; default the one that may reset everybody. */
  readonly partnerRole?: PartnerRole;
  /** What becomes of a new password for somebody from a local directory; default `refuse`. */
  readonly synchronisedUsers?: 'accept' | 'refuse';
  /** Whether answers take the freedoms real ones take: a BOM, null fields left out, `/v1` in links; default true. */
  readonly quirks?: boolean;
};

/** A pretend Partner Center with a pretend sign-in beside it. */
export type PretendPartnerCenter = {
  /** Opens it on this machine only; port 0 takes any that is free. The address has no slash at its end. */
  listen(where?: { readonly port?: number; readonly host?: '127.0.0.1' }): Promise<{ readonly url: string }>;
  /** Closes it and breaks every connection. */
  close(): Promise<void>;
  /** The calls that came in, oldest first; of very many the last 10,000 or more. */
  readonly calls: readonly RecordedCall[];
  readonly faults: Faults;
  readonly data: PretendData;
  /** Whether this is the user's password now; false as long as none was set. */
  passwordMatches(customerId: string, userId: string, password: Secret): boolean;
  /** How often a password of this user was set, the same one again included. */
  resetCount(customerId: string, userId: string): number;
  /** How many different passwords this user was given. */
  distinctPasswords(customerId: string, userId: string): number;
};
