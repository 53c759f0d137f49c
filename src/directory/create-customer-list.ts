import type { AggregatePartner } from '../partner-center/index.ts';
import type { Clock } from '../clock.ts';
import type { Customer } from '../reset/target.ts';
import { readCustomer } from './read-target.ts';

/** How long the list of customers is taken as it was read: `GET /v1/customers` is throttled. */
const keptForMilliseconds = 60_000;

/** The partner's customers, read page by page once a minute at most; questions at the same time share one reading. */
export function createCustomerList(clock: Clock): (partner: AggregatePartner) => Promise<readonly Customer[]> {
  let kept: { readonly until: number; readonly customers: Promise<readonly Customer[]> } | undefined;
  return async (partner) => {
    if (kept === undefined || kept.until <= clock.now()) {
      kept = { until: clock.now() + keptForMilliseconds, customers: readAll(partner) };
    }
    try {
      return await kept.customers;
    } catch (failure) {
      kept = undefined;
      throw failure;
    }
  };
}

async function readAll(partner: AggregatePartner): Promise<readonly Customer[]> {
  const customers: Customer[] = [];
  for await (const customer of partner.customers.query()) customers.push(readCustomer(customer));
  return customers;
}
