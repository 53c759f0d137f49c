import type { Log } from '../log.ts';
import type { AggregatePartner } from '../partner-center/index.ts';
import { createUserIndex, toIndexedUser, type IndexedUser } from './create-user-index.ts';
import type { Progress } from './create-index-cache.ts';
import { domainOf } from './domain-of.ts';
import type { NameIndex } from './names/create-name-index.ts';

/**
 * Reads all users of a customer page by page into an index; deleted ones are not listed. An address has a domain of the
 * customer, whoever it belongs to, so `learnDomains` hears which there are. Nobody can be reset who has no id: they are
 * left out, and counted in the log. Throws `PartnerError`.
 */
export async function readUserIndex(
  customer: string,
  partner: AggregatePartner,
  progress: Progress,
  learnDomains: (domains: ReadonlySet<string>) => void,
  log: Log | undefined,
): Promise<NameIndex<IndexedUser>> {
  const index = createUserIndex();
  const domains = new Set<string>();
  let read = 0;
  let skipped = 0;
  for await (const page of partner.customers.byId(customer).users.query().pages({ skipUnreadable: true })) {
    for (const user of page.items) {
      index.put(toIndexedUser(user));
      const domain = domainOf(user.userPrincipalName ?? '');
      if (domain !== undefined) domains.add(domain);
    }
    skipped += page.skipped;
    read += page.items.length;
    progress(read, page.totalCount);
  }
  learnDomains(domains);
  if (skipped > 0) log?.({ level: 'warn', event: 'users-unreadable', customer, skipped });
  return index;
}
