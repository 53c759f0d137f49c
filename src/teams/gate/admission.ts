import type { Technician } from '../../reset/index.ts';
import { admissionTexts } from '../../texts/index.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';

/**
 * The rules by which the gate refuses, in the order in which they are checked. Cheap ones come first, and no person is
 * looked up before the token is proven. The HTTP server checks rule 1, `address-limit`, before it reads the body.
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
  'another-tenant',
  'store-silent',
] as const;
export type GateRule = (typeof gateRules)[number];

/** What the token of an activity was proven to say. */
export type TokenClaims = { readonly issuer: string; readonly audience: string; readonly serviceUrl: string };

/** A request: the body as it was parsed from JSON, the same body as a typed activity, and the `Authorization` header. */
type GateRequest = {
  readonly activity: object;
  readonly incoming: IncomingActivity;
  readonly authorization: string | undefined;
  /** When one who has not answered yet counts as silent, in milliseconds since 1970. Left out: each has its own time limit. */
  readonly decideBy?: number | undefined;
};

/** Admitted, with what the roster adds to the sender; or refused, by which rule. */
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
      /** The sender; undefined if the refusal comes before the sender is proven. */
      readonly technician: Technician | undefined;
    };

/** Decides which activities are admitted. It stores nothing, and its promise never rejects. */
export type Gate = { admit(request: GateRequest): Promise<Admission> };

/** A gate that can also tell from the header alone whether Bot Framework signed a token. That alone admits nothing. */
export type SigningGate = Gate & {
  isSigned(authorization: string | undefined): boolean;
  /** Keeps the keys that `isSigned` needs in memory until `stop`. It fetches none itself. */
  start(): void;
  stop(): void;
};

/** How a refusal is answered: with a status or, if it is safe to answer a person, with a sentence. */
type RefusalResponse = {
  readonly status: 400 | 401 | 403 | 429 | 503;
  /** Shown to a person who pressed or typed something, in place of the status. */
  readonly sentence: string | undefined;
  /** Whether the sentence may be posted in the chat. The response to a press may show it in any case. */
  readonly inChat: boolean;
};

const byStatus = (status: RefusalResponse['status']): RefusalResponse => ({
  status,
  sentence: undefined,
  inChat: false,
});
const tooMuch: RefusalResponse = {
  status: 429,
  sentence: admissionTexts.tooMuch,
  inChat: false,
};
const outsider: RefusalResponse = {
  status: 403,
  sentence: admissionTexts.outsider,
  inChat: true,
};

/** A refusal before the token is proven is a bare 401, or 503 if Microsoft's keys are missing for the proof. */
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
    sentence: admissionTexts.rosterSilent,
    inChat: true,
  },
  'not-a-member': outsider,
  guest: outsider,
  'another-tenant': { status: 403, sentence: admissionTexts.anotherTenant, inChat: true },
  'store-silent': { status: 503, sentence: admissionTexts.storeSilent, inChat: true },
};
