import type { Technician } from '../../reset/identity.ts';
import type { Incoming } from '../incoming.ts';
import type { TokenClaims } from './read-bearer-token.ts';

/**
 * Every rule by which something is not let in, in the order in which they are asked: what is cheap first, and nobody
 * is looked up before the token is known to be good. Rule 1, `address-limit`, is asked by the server before it reads.
 */
export const gateRules = [
  'address-limit',
  'token-form',
  'channel',
  'service-address',
  'token-claims',
  'token-address',
  'signing-key',
  'keys-unavailable',
  'signature',
  'activity',
  'tenant',
  'sender-limit',
  'overall-limit',
  'roster-silent',
  'not-a-member',
  'guest',
] as const;
export type GateRule = (typeof gateRules)[number];

/** What came to the door: the body as it is, the same body as it was read, and the `Authorization` header. */
export type Caller = {
  readonly activity: object;
  readonly incoming: Incoming;
  readonly authorization: string | undefined;
};

/** Let in, with what the roster adds to the sender; or not, by which rule. */
export type Admission =
  | {
      readonly kind: 'admitted';
      readonly incoming: Incoming;
      /** Undefined in the sandbox, where there is no token. */
      readonly claims: TokenClaims | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly rule: GateRule;
      /** Whom it concerns; undefined as long as nothing proves who it is. */
      readonly technician: Technician | undefined;
    };

/** Decides who comes in. It stores nothing and never rejects. */
export type Gate = { admit(caller: Caller): Promise<Admission> };

/** A gate that can tell by a header alone whether Bot Framework signed it, which lets nobody in. */
export type SigningGate = Gate & { isSigned(authorization: string | undefined): boolean };
