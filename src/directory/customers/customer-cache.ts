import {
  asId,
  type Clock,
  createBoundedCache,
  type CustomerId,
  directoryTunables,
  isGuid,
  isLegalForm,
  type Log,
} from '../../base/index.ts';
import type { AggregatePartner, Customer as PartnerCenterCustomer } from '../../partner-center/index.ts';
import type { Customer } from '../../reset/index.ts';
import type { Sentence, Span, Token, Vocabulary } from '../../understanding/index.ts';
import { askIndex, type DirectoryQuestion, isWithinReach, reportForeign, withinReach } from '../directory-question.ts';
import { createIndexCache } from '../index-cache.ts';
import type { NameIndex } from '../names/name-index.ts';
import { isGone, readCustomer } from '../partner-center-mapping.ts';
import { type Judged, judgeTyped } from '../search/exact-match.ts';
import { type Link, linkNames, mayBeName } from '../search/names-in-sentence.ts';
import { addLonger, createCustomerIndex, findMeant, judgeCompany, linkRespelled } from './customer-names.ts';
import { createDomainList, createDomainSearch, readDomain, type TenantOfDomain } from './domains.ts';

/** The customer that was meant. `elsewhere`: the typed text is the domain of a tenant that is no customer. */
export type JudgedCustomer =
  | Exclude<Judged<Customer>, { kind: 'none' }>
  | (Extract<Judged<Customer>, { kind: 'none' }> & { readonly elsewhere: boolean });

/** The partner's customers. A customer out of the reach of a question is never found, read or near. */
export type CustomerCache = {
  /** Finds the customer that has exactly this name, domain or tenant id. Rejects with `PartnerError`. */
  find(typed: string, question: DirectoryQuestion): Promise<JudgedCustomer>;
  /** Finds the customer that owns a domain; `domain` comes from `readDomain`. Rejects with `PartnerError`. */
  findByDomain(domain: string, question: DirectoryQuestion): Promise<Exclude<JudgedCustomer, { kind: 'several' }>>;
  /** Finds the customer that owns a domain, by the index alone. Rejects with `PartnerError`. */
  findOwner(domain: string, question: DirectoryQuestion): Promise<Customer | undefined>;
  /** Finds the stretches of a sentence that are names or domains of customers. Rejects with `PartnerError`. */
  link(sentence: Sentence, vocabulary: Vocabulary, question: DirectoryQuestion): Promise<readonly Link<Customer>[]>;
  /** Finds customers whose name or domain was typed with one letter wrong. Rejects with `PartnerError`. */
  findMeant(typed: string, question: DirectoryQuestion): Promise<readonly Customer[]>;
  /** Finds customers by names and domains; accents and signs may differ. Rejects with `PartnerError`. */
  findByNames(names: readonly string[], question: DirectoryQuestion): Promise<readonly Customer[]>;
  /** Those of these tenant ids, in lower case, that are no customers. Rejects with `PartnerError`. */
  findUnknown(ids: readonly string[], question: DirectoryQuestion): Promise<readonly string[]>;
  /** Finds a customer by tenant id, without reading an index. Rejects with `PartnerError`. */
  findById(id: CustomerId, question: DirectoryQuestion): Promise<Customer | undefined>;
  /** Adds domains that belong to a customer. */
  readonly addDomains: (customer: CustomerId, domains: Iterable<string>) => void;
  /** Number of customers in memory. */
  size(): number;
  /** Begins no further reading in the background. */
  stop(): void;
};

/** There is one index, of all customers. */
const allCustomers = 'all';

const nothingNear = () => ({ items: [], more: 0 });

/**
 * Creates the cache of the partner's customers: one index of all of them, and single customers that were read by id.
 * `partner` reads the index in the background; the questions bring their own.
 */
export function createCustomerCache({
  partner,
  clock,
  tenantOfDomain,
  log,
}: {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  readonly tenantOfDomain: TenantOfDomain | undefined;
  readonly log: Log | undefined;
}): CustomerCache {
  const domains = createDomainList();
  /** Customers that were read by id. Partner Center throttles that address. */
  const readById = createBoundedCache<CustomerId, { readonly customer: Customer; readonly readAt: number }>(
    directoryTunables.maxCustomersReadById,
  );
  const searchDomain = createDomainSearch({ clock, tenantOfDomain });
  const indexes = createIndexCache<NameIndex<Customer>>({
    partner,
    clock,
    maxEntries: Infinity,
    async read(_key, asking) {
      const index = createCustomerIndex(({ id }) => domains.domainsOf(id));
      let skipped = 0;
      for await (const page of asking.customers.query().pages({ skipUnreadable: true, ahead: true })) {
        for (const customer of page.items) index.put(readCustomer(customer));
        skipped += page.skipped;
      }
      if (skipped > 0) log?.({ level: 'warn', event: 'customers-unreadable', skipped });
      return index;
    },
  });

  return {
    findByDomain,
    findById,
    addDomains,
    size: () => indexes.size(),
    stop: () => {
      indexes.stop();
    },
    async find(typed, question) {
      if (isGuid(typed)) {
        const customer = await findById(asId<CustomerId>(typed.toLowerCase()), question);
        return customer === undefined
          ? { kind: 'none', elsewhere: false, near: nothingNear }
          : { kind: 'one', item: customer };
      }
      const judged = await askIndex(indexes, allCustomers, typed, question, (index, name) =>
        judgeCompany(withinReach(index, question, [name]), name),
      );
      if (judged.kind !== 'none') return judged;
      const domain = readDomain(typed);
      return domain === undefined ? { ...judged, elsewhere: false } : search(domain, judged, question);
    },
    async findOwner(domain, question) {
      const since = question.at - directoryTunables.uniqueNameTimeToLiveMilliseconds;
      const { index } = await indexes.get(allCustomers, since, question);
      const judged = judgeTyped(withinReach(index, question), domain);
      return judged.kind === 'one' && hasDomain(judged.item, domain) ? judged.item : undefined;
    },
    async link(sentence, vocabulary, question) {
      const since = question.at - directoryTunables.nameTimeToLiveMilliseconds;
      const { index } = await indexes.get(allCustomers, since, question);
      const isPlausible = (span: Span): boolean => mayBeName(sentence, span, vocabulary, 'customer');
      const isForm = ({ text, key }: Token): boolean =>
        isLegalForm(text) && (!vocabulary.common.has(key) || /^\p{Lu}/u.test(text));
      const linkWithin = (searched: NameIndex<Customer>) =>
        linkNames(searched, sentence, () => false, isPlausible, { judge: judgeCompany, mayBeAdded: isForm }).filter(
          ({ isWhole }) => isWhole,
        );
      const within = withinReach(index, question);
      const links = linkWithin(within).map((one) => (one.isPlain ? one : addLonger(within, sentence, one)));
      if (question.reach?.isEverything === false) {
        const named = linkWithin(index).filter(({ isPlain }) => !isPlain);
        reportForeign(
          named.flatMap(({ items }) => items),
          question,
        );
      }
      return [...links, ...linkRespelled(within, sentence)];
    },
    async findUnknown(ids, question) {
      const { index } = await indexes.get(allCustomers, question.at, question);
      return ids.filter((id) => index.get(id) === undefined);
    },
    async findMeant(typed, question) {
      const since = question.at - directoryTunables.nameTimeToLiveMilliseconds;
      const { index } = await indexes.get(allCustomers, since, question);
      return findMeant(withinReach(index, question), typed);
    },
    async findByNames(names, question) {
      const { index } = await indexes.get(
        allCustomers,
        question.at - directoryTunables.nameTimeToLiveMilliseconds,
        question,
      );
      const within = withinReach(index, question);
      return [...new Set(names.flatMap((name) => within.exact(name).map(({ item }) => item)))];
    },
  };

  async function findByDomain(
    domain: string,
    question: DirectoryQuestion,
  ): Promise<Exclude<JudgedCustomer, { kind: 'several' }>> {
    const { index } = await indexes.get(
      allCustomers,
      question.at - directoryTunables.uniqueNameTimeToLiveMilliseconds,
      question,
    );
    const judged = judgeTyped(withinReach(index, question, [domain]), domain);
    if (judged.kind === 'one' && hasDomain(judged.item, domain)) return judged;
    const reread = await askIndex(indexes, allCustomers, domain, question, (latest, name) =>
      judgeTyped(withinReach(latest, question, [name]), name),
    );
    if (reread.kind === 'one' && hasDomain(reread.item, domain)) return reread;
    return search(domain, reread.kind === 'none' ? reread : { kind: 'none', near: nothingNear }, question);
  }

  async function search(
    domain: string,
    otherwise: Extract<Judged<Customer>, { kind: 'none' }>,
    question: DirectoryQuestion,
  ): Promise<Exclude<JudgedCustomer, { kind: 'several' }>> {
    const known = domains.customerOf(domain);
    // What earlier reads have shown of customers out of reach is not told apart from what nothing has shown.
    const owner = known !== undefined && isWithinReach(known, question) ? known : await searchDomain(domain);
    const customer = owner === undefined ? undefined : await findById(owner, question);
    if (customer === undefined) return { ...otherwise, elsewhere: owner !== undefined };
    addDomains(customer.id, [domain]);
    return { kind: 'one', item: customer };
  }

  async function findById(id: CustomerId, question: DirectoryQuestion): Promise<Customer | undefined> {
    if (!isWithinReach(id, question)) {
      const foreign = indexes.peek(allCustomers)?.index.get(id);
      if (foreign !== undefined) reportForeign([foreign], question);
      return undefined;
    }
    const isYoung = (readAt: number) => readAt >= question.at - directoryTunables.uniqueNameTimeToLiveMilliseconds;
    const cached = indexes.peek(allCustomers);
    const indexed = cached !== undefined && isYoung(cached.readAt) ? cached.index.get(id) : undefined;
    if (indexed !== undefined) return indexed;
    const single = readById.get(id);
    if (single !== undefined && isYoung(single.readAt)) return single.customer;
    const found = await requestCustomer(question.partner, id);
    if (found === undefined) return undefined;
    const customer = readCustomer(found);
    readById.set(id, { customer, readAt: clock.now() });
    indexes.correct(allCustomers, (index) => {
      index.put(customer);
    });
    addDomains(
      id,
      found.customDomains.flatMap((domain) => readDomain(domain) ?? []),
    );
    return customer;
  }

  function addDomains(id: CustomerId, added: Iterable<string>): void {
    if (!domains.add(id, added)) return;
    indexes.correct(allCustomers, (index) => {
      const customer = index.get(id);
      if (customer !== undefined) index.put(customer);
    });
  }

  function hasDomain(customer: Customer, domain: string): boolean {
    return [customer.domain.toLowerCase(), ...domains.domainsOf(customer.id)].includes(domain);
  }
}

/** Reads one customer with its custom domains. Undefined where the partner has none with this id. */
async function requestCustomer(partner: AggregatePartner, id: CustomerId): Promise<PartnerCenterCustomer | undefined> {
  try {
    return await partner.customers.byId(id).get();
  } catch (failure) {
    if (isGone(failure, 'customer-not-found')) return undefined;
    throw failure;
  }
}
