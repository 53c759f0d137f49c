import { type Clock, createBoundedCache, type CustomerId, directoryTunables } from '../../base/index.ts';
import type { GraphUnreadAlarm } from '../../reset/index.ts';

/** At which customers Microsoft Graph is asked, as far as this process has seen. */
export type GraphSight = {
  /** Whether the customer was without consent less than an hour ago. */
  hasNoConsent(customer: CustomerId): boolean;
  rememberNoConsent(customer: CustomerId): void;
  /** Whether Graph has told something at this customer, and the customer is not without consent since. */
  isAsked(customer: CustomerId): boolean;
  rememberAsked(customer: CustomerId): void;
  /** Whether an administrator has to hear of this now: not where it was told less than a day ago. */
  mayAlarm(alarm: GraphUnreadAlarm): boolean;
};

/** Creates the memory. Beyond `directoryTunables.maxGraphCustomers` the customer that was not asked for the longest goes first. */
export function createGraphSight({ now }: Pick<Clock, 'now'>): GraphSight {
  const max = directoryTunables.maxGraphCustomers;
  const withoutConsentAt = createBoundedCache<string, number>(max);
  const alarmedAt = createBoundedCache<string, number>(max);
  const asked = createBoundedCache<string, true>(max);
  const isYounger = (at: number | undefined, milliseconds: number): boolean =>
    at !== undefined && now() >= at && now() - at < milliseconds;
  const hasNoConsent = (customer: CustomerId): boolean =>
    isYounger(withoutConsentAt.get(customer), directoryTunables.noConsentMilliseconds);
  return {
    hasNoConsent,
    isAsked: (customer) => asked.has(customer) && !hasNoConsent(customer),
    rememberNoConsent(customer) {
      withoutConsentAt.set(customer, now());
    },
    rememberAsked(customer) {
      withoutConsentAt.delete(customer);
      asked.set(customer, true);
    },
    mayAlarm({ customer, code, isLost, leftOut }) {
      const key = `${isLost} ${leftOut ?? ''} ${code} ${customer ?? ''}`;
      if (isYounger(alarmedAt.get(key), directoryTunables.graphAlarmMilliseconds)) return false;
      alarmedAt.set(key, now());
      return true;
    },
  };
}
