import type { Technician } from '../../reset/index.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';

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

/** What the token of an activity was proven to say. */
export type TokenClaims = { readonly issuer: string; readonly audience: string; readonly serviceUrl: string };

/** What came to the door: the body as it is, the same body as it was read, and the `Authorization` header. */
type Caller = {
  readonly activity: object;
  readonly incoming: IncomingActivity;
  readonly authorization: string | undefined;
};

/** Let in, with what the roster adds to the sender; or not, by which rule. */
export type Admission =
  | {
      readonly kind: 'admitted';
      readonly incoming: IncomingActivity;
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

/** How a caller is turned away: by a status, or where it is safe to answer a person, by a sentence. */
type RefusalResponse = {
  readonly status: 400 | 401 | 403 | 429 | 503;
  /** Said to a person who pressed or typed something, in place of the status. */
  readonly sentence: string | undefined;
  /** Whether the sentence may be posted in the chat; a press is answered in its own answer. */
  readonly inChat: boolean;
};

const byStatus = (status: RefusalResponse['status']): RefusalResponse => ({
  status,
  sentence: undefined,
  inChat: false,
});
const tooMuch: RefusalResponse = {
  status: 429,
  sentence: 'That was a lot at once. Wait a minute, then try again.',
  inChat: false,
};
const outsider: RefusalResponse = {
  status: 403,
  sentence: 'I only work for members of this organisation. Guests cannot use me.',
  inChat: true,
};

/** What is refused before its token is known to be good is a 401 and nothing more, save where nobody can tell. */
export const refusalResponses: Readonly<Record<GateRule, RefusalResponse>> = {
  'address-limit': byStatus(429),
  'token-form': byStatus(401),
  channel: byStatus(401),
  'service-address': byStatus(401),
  'token-claims': byStatus(401),
  'token-address': byStatus(401),
  'signing-key': byStatus(401),
  'keys-unavailable': byStatus(503),
  signature: byStatus(401),
  activity: byStatus(400),
  tenant: byStatus(403),
  'sender-limit': tooMuch,
  'overall-limit': tooMuch,
  'roster-silent': {
    status: 503,
    sentence: 'Teams does not tell me right now who you are, so I cannot do anything for you. Try again in a minute.',
    inChat: true,
  },
  'not-a-member': outsider,
  guest: outsider,
};
