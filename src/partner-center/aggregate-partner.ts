import type { ReadOptions, RequestContext, WriteOptions } from './partner-options.ts';
import type { PartnerQuery } from './query.ts';
import type { Customer, CustomerUser, CustomerUserPatch, DirectoryRole, PasswordProfile } from './resources.ts';

/** One page of a collection. */
export type Page<Item> = {
  readonly items: readonly Item[];
  /** How many items could not be read and are left out; 0 unless `pages` was told to skip them. */
  readonly skipped: number;
  /** As the service says; some collections leave it out. */
  readonly totalCount: number | undefined;
  readonly isFirstPage: boolean;
  readonly isLastPage: boolean;
  /** For `buildSeekQuery`: goes on after this page, later or elsewhere. */
  readonly continuationToken: string | undefined;
};

/** Items one by one, read page by page as they are asked for; each `for await` starts anew. */
export type PartnerCollection<Item> = AsyncIterable<Item> & {
  /** An item that has no id makes its page `unreadable-answer`, unless `skipUnreadable` is set: then it is left out. */
  pages(options?: { readonly skipUnreadable?: boolean }): AsyncIterable<Page<Item>>;
};

/** What became of a write that was applied. */
export type WriteReceipt = {
  readonly httpStatus: number;
  readonly requestId: string;
  readonly correlationId: string;
  /** The user as the answer shows it, without the password it repeats; undefined where the answer cannot be read. */
  readonly user: CustomerUser | undefined;
  readonly tries: number;
};

/** One user of a customer. */
export type CustomerUserOperations = {
  /** `GET /v1/customers/{id}/users/{id}`. See learn.microsoft.com/partner-center/developer/get-a-user-account-by-id. */
  get(options?: ReadOptions): Promise<CustomerUser>;
  /**
   * `PATCH /v1/customers/{id}/users/{id}` with the given fields only.
   * See learn.microsoft.com/partner-center/developer/update-user-accounts-for-a-customer.
   */
  patch(user: CustomerUserPatch, options?: WriteOptions): Promise<WriteReceipt>;
  /**
   * `PATCH /v1/customers/{id}/users/{id}/resetpassword`.
   * See learn.microsoft.com/partner-center/developer/reset-user-password-for-a-customer.
   */
  resetPassword(profile: PasswordProfile, options?: WriteOptions): Promise<WriteReceipt>;
  readonly directoryRoles: {
    /**
     * `GET /v1/customers/{id}/users/{id}/directoryroles`, all pages, 100 at most, within the time of one operation.
     * See learn.microsoft.com/partner-center/developer/get-user-roles-for-a-customer.
     */
    get(options?: ReadOptions): Promise<readonly DirectoryRole[]>;
  };
};

/** One customer. */
export type CustomerOperations = {
  /** `GET /v1/customers/{id}`, a throttled address: keep what it says. See learn.microsoft.com/partner-center/developer/get-a-customer-by-id. */
  get(options?: ReadOptions): Promise<Customer>;
  readonly users: {
    /** Throws `PartnerError` `invalid-argument` where the id is not set. */
    byId(userId: string): CustomerUserOperations;
    /**
     * `GET /v1/customers/{id}/users`, 500 a page where no query is given.
     * See learn.microsoft.com/partner-center/developer/get-a-list-of-all-user-accounts-for-a-customer.
     */
    query(query?: PartnerQuery, options?: ReadOptions): PartnerCollection<CustomerUser>;
  };
};

/**
 * Partner Center, in the shape of .NET's `IAggregatePartner`. Every call rejects with `PartnerError` and nothing else, whatever `getToken`,
 * `fetch` and `newId` throw or give. Ids and queries that cannot be sent throw it at once.
 */
export type AggregatePartner = {
  /** A partner whose calls share one correlation id. */
  with(context: RequestContext): AggregatePartner;
  readonly customers: {
    /** Throws `PartnerError` `invalid-argument` where the id is not set. */
    byId(customerId: string): CustomerOperations;
    /**
     * `GET /v1/customers`, 500 a page where no query is given.
     * See learn.microsoft.com/partner-center/developer/get-a-list-of-customers and get-a-customer-by-name.
     */
    query(query?: PartnerQuery, options?: ReadOptions): PartnerCollection<Customer>;
  };
};
