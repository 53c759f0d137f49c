import type { CorrelationId, CustomerId, ObjectId, UserId } from '../base/index.ts';
import type { LimitKind } from './policy/policy.ts';
import type { SignInPause } from './refusal.ts';
import type { ResetRequest } from './request.ts';

/** Something that whoever looks after Locksmith should hear of. Its fields are closed, and none of them holds a secret. */
export type Alarm =
  | (AlarmSubject & { readonly kind: 'limit-reached'; readonly limit: LimitKind; readonly most: number })
  | (AlarmSubject & { readonly kind: 'needs-attention'; readonly why: 'unclear' | 'seal-broken' })
  /** Nothing more is done for a request; `undelivered`: its password was set, and nobody has it. */
  | (AlarmSubject & { readonly kind: 'given-up'; readonly why: 'seal-broken' | 'no-progress' | 'undelivered' })
  /** Somebody stopped every reset of a customer, or of all where none is named; or let them begin again. */
  | { readonly kind: 'frozen' | 'thawed'; readonly technician: ObjectId; readonly customer: CustomerId | undefined }
  /** Somebody pressed a button of somebody else's request or question; `technician` is who pressed. */
  | (Pick<AlarmSubject, 'correlationId' | 'technician'> & Partial<AlarmSubject> & { readonly kind: 'foreign-press' })
  /** The policy file was changed into one that cannot be used; the policy before it stays in force. */
  | { readonly kind: 'bad-policy-file'; readonly problems: readonly string[] }
  /** No reset is possible until a person has mended the sign-in to Partner Center. */
  | { readonly kind: 'sign-in-paused'; readonly cause: SignInPause }
  /** The bot itself gets no token, so it can send nothing, until a person has mended its registration or its secret. */
  | { readonly kind: 'bot-sign-in-failed'; readonly cause: SignInPause }
  /** Something is sealed with a key that this instance does not have; others may. Told of once for each key. */
  | { readonly kind: 'sealing-key-missing'; readonly keyId: string }
  /** The sign-in works, and will not much longer; `endsAt` in milliseconds. */
  | { readonly kind: 'sign-in-ending'; readonly what: 'refresh-token' | 'certificate'; readonly endsAt: number };

/** Which request an alarm is about, and who is concerned. */
type AlarmSubject = {
  readonly correlationId: CorrelationId;
  readonly technician: ObjectId;
  readonly customer: CustomerId;
  readonly user: UserId;
};

/** Hands an alarm on. It returns at once and never fails, because nothing may wait for it. */
export type RaiseAlarm = (alarm: Alarm) => void;

/** What an alarm says of the request it is about: ids, and no names. */
export function identifyRequest({ correlationId, technician, target }: ResetRequest) {
  return {
    correlationId,
    technician: technician.objectId,
    customer: target.customer.id,
    user: target.user.id,
  } as const;
}

/**
 * The same way to raise alarms, on which a sealing key that is missing is told of once: every request that is sealed with
 * it would say the same.
 */
export function raiseOncePerSealingKey(raise: RaiseAlarm): RaiseAlarm {
  const told = new Set<string>();
  return (alarm) => {
    if (alarm.kind === 'sealing-key-missing') {
      if (told.has(alarm.keyId)) return;
      told.add(alarm.keyId);
    }
    raise(alarm);
  };
}
