import type { CorrelationId, CustomerId, ObjectId, UserId } from '../base/index.ts';
import type { LimitKind } from './policy/policy.ts';
import type { TicketFailure } from './ports/tickets.ts';
import type { ProtectingFact, SignInPause } from './refusal.ts';
import type { ResetRequest } from './request.ts';

/** An event that an administrator should know of. Its fields are closed, and none of them holds a secret. */
export type Alarm =
  | (AlarmSubject & { readonly kind: 'limit-reached'; readonly limit: LimitKind; readonly most: number })
  | (AlarmSubject & { readonly kind: 'needs-attention'; readonly why: 'unclear' | 'seal-broken' })
  /**
   * The workflow has given a request up. `undelivered`: its password was set and no person has it. `right-ended`: the same,
   * because its requester lost the right; `not-alone`: because others would have read it.
   */
  | (AlarmSubject & {
      readonly kind: 'given-up';
      readonly why: 'seal-broken' | 'no-progress' | 'undelivered' | 'right-ended' | 'not-alone';
    })
  /** A person has frozen or thawed one customer, or every customer where none is named. */
  | { readonly kind: 'frozen' | 'thawed'; readonly technician: ObjectId; readonly customer: CustomerId | undefined }
  /** A person pressed a button of a request or question of another person. `technician` is who pressed. */
  | (Pick<AlarmSubject, 'correlationId' | 'technician'> & Partial<AlarmSubject> & { readonly kind: 'foreign-press' })
  /** The changed policy file is not valid. The policy before it stays in force. */
  | { readonly kind: 'bad-policy-file'; readonly problems: readonly string[] }
  /** The policy names tenants that are no customers of the partner. What it says of them has no effect. */
  | { readonly kind: 'policy-customers-unknown'; readonly customers: readonly string[] }
  /** No reset is possible until a person has repaired the sign-in to Partner Center. */
  | { readonly kind: 'sign-in-paused'; readonly cause: SignInPause }
  /** The bot gets no token, so it can send nothing until a person has repaired its registration or secret. */
  | { readonly kind: 'bot-sign-in-failed'; readonly cause: SignInPause }
  /** This instance lacks a sealing key that other instances may have. */
  | { readonly kind: 'sealing-key-missing'; readonly keyId: string }
  /**
   * A row of the database, or the end of the trail, is not as Locksmith wrote it. `changed`: its MAC does not hold. `not-newest`: an
   * older copy was put back. `removed`: it is gone. Nothing is done with it. `row` is its key, where that is of the form of a key.
   */
  | {
      readonly kind: 'row-altered';
      readonly table:
        | 'reset_requests'
        | 'open_questions'
        | 'freezes'
        | 'contacts'
        | 'ticket_notes'
        | 'readable_facts'
        | 'audit_records';
      readonly how: 'changed' | 'not-newest' | 'removed';
      readonly row?: string | undefined;
    }
  /** The clock of the database is ahead of this machine's by that much; negative: behind. Nothing is confirmed, and no old row removed. */
  | { readonly kind: 'clocks-disagree'; readonly milliseconds: number }
  /** The ticket system has not taken a note for three days. It is not sent any more. */
  | (Pick<AlarmSubject, 'correlationId' | 'customer' | 'user'> & {
      readonly kind: 'ticket-note-given-up';
      readonly why: TicketFailure;
      readonly reference: string;
      /** Its number; undefined where tickets cannot be read, because anything may have been typed for one. */
      readonly ticket: string | undefined;
    })
  | GraphUnreadAlarm
  /** The sign-in works, and will not much longer; `endsAt` in milliseconds. */
  | { readonly kind: 'sign-in-ending'; readonly what: 'refresh-token' | 'certificate'; readonly endsAt: number };

/**
 * Microsoft Graph tells nothing at a customer, or at all of them where none is named. `isLost`: it told what protects accounts before,
 * so that resets are refused. `code`: one of Graph's room. `entraCode`: Entra's number, where there was no token.
 */
export type GraphUnreadAlarm = {
  readonly kind: 'graph-unread';
  readonly customer: CustomerId | undefined;
  readonly code: string;
  readonly entraCode?: number | undefined;
  readonly isLost: boolean;
  /** The one fact that Graph refuses to tell, and never told, where it tells others. */
  readonly leftOut?: ProtectingFact | undefined;
};

/** Which request an alarm is about, and who is concerned. */
type AlarmSubject = {
  readonly correlationId: CorrelationId;
  readonly technician: ObjectId;
  readonly customer: CustomerId;
  readonly user: UserId;
};

/** Passes an alarm on. It returns at once and never throws, because no work may wait for it. */
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
 * The same function, except that it passes on `sealing-key-missing` only once for each key. Every request that is sealed with the
 * missing key would raise it again.
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
