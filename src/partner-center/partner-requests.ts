import { randomUUID } from 'node:crypto';
import { partnerCenterTunables } from '../base/index.ts';
import { buildPath, createCollection, type PartnerCollection, readAllPages } from './collection.ts';
import { createFreshFetch } from '../http/index.ts';
import {
  createId,
  type PartnerOptions,
  readBaseUrl,
  readHeaderValue,
  readMilliseconds,
  readOptionalGuid,
  type ReadOptions,
  type RequestContext,
  requireId,
  systemClock,
  type WriteOptions,
} from './partner-options.ts';
import { buildIndexedQuery, type PartnerQuery } from './query.ts';
import {
  type Customer,
  type CustomerUser,
  type CustomerUserPatch,
  type DirectoryRole,
  type PasswordProfile,
  readById,
  readCustomer,
  readCustomerUser,
  readDirectoryRole,
  requirePassword,
} from './resources.ts';
import { getResource, patchUser, postResource, type Session, type WriteReceipt } from './session.ts';

/**
 * Partner Center, in the shape of .NET's `IAggregatePartner`. Every call rejects with `PartnerError` and with no other
 * error, even where `getToken`, `fetch` or `newId` fail. Ids and queries that cannot be sent throw it at once.
 */
export type AggregatePartner = {
  /** A partner whose calls share one correlation id. */
  with(context: RequestContext): AggregatePartner;
  readonly customers: {
    /** Throws `PartnerError` `invalid-argument` where the id is not set. */
    byId(customerId: string): CustomerOperations;
    /**
     * `GET /v1/customers`, with 500 customers a page where no query is given.
     * See learn.microsoft.com/partner-center/developer/get-a-list-of-customers and get-a-customer-by-name.
     */
    query(query?: PartnerQuery, options?: ReadOptions): PartnerCollection<Customer>;
  };
};

/** A consent for one application. */
export type ApplicationConsent = {
  readonly applicationId: string;
  readonly displayName?: string;
  readonly applicationGrants: readonly {
    /** The application whose scopes are granted; Microsoft Graph is `00000003-0000-0000-c000-000000000000`. */
    readonly enterpriseApplicationId: string;
    readonly scopes: readonly string[];
  }[];
};

/** One customer. */
export type CustomerOperations = {
  /**
   * `GET /v1/customers/{id}`. Partner Center throttles this address, so keep its answer.
   * See learn.microsoft.com/partner-center/developer/get-a-customer-by-id.
   */
  get(options?: ReadOptions): Promise<Customer>;
  readonly applicationConsents: {
    /**
     * `POST /v1/customers/{id}/applicationconsents`: consents an application in the customer's tenant. Rejects with
     * `already-exists` where it was consented before; its scopes then stay as they were.
     * See learn.microsoft.com/partner-center/developer/control-panel-vendor-apis.
     */
    create(consent: ApplicationConsent, options?: WriteOptions): Promise<void>;
  };
  readonly users: {
    /** Throws `PartnerError` `invalid-argument` where the id is not set. */
    byId(userId: string): CustomerUserOperations;
    /**
     * `GET /v1/customers/{id}/users`, with 500 users a page where no query is given.
     * See learn.microsoft.com/partner-center/developer/get-a-list-of-all-user-accounts-for-a-customer.
     */
    query(query?: PartnerQuery, options?: ReadOptions): PartnerCollection<CustomerUser>;
  };
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
     * `GET /v1/customers/{id}/users/{id}/directoryroles`, all pages, within the time limit of one operation. Rejects with
     * `unreadable-answer` where there are more than 100 pages.
     * See learn.microsoft.com/partner-center/developer/get-user-roles-for-a-customer.
     */
    get(options?: ReadOptions): Promise<readonly DirectoryRole[]>;
  };
};

/**
 * Creates a partner from its options. Sends nothing before the first call. Throws `PartnerError` `invalid-argument` for an
 * option that cannot be used.
 */
export function createPartner(options: PartnerOptions): AggregatePartner {
  const fetch = options.fetch ?? globalThis.fetch;
  return createScopedPartner({
    transport: {
      baseUrl: readBaseUrl(options.baseUrl),
      credentials: options.credentials,
      applicationName: readHeaderValue('applicationName', options.applicationName),
      validateMfa: options.validateMfa ?? false,
      fetch,
      freshFetch: options.freshFetch ?? (fetch === globalThis.fetch ? createFreshFetch() : fetch),
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
      newId: () => createId(options.newId ?? randomUUID),
      tryMilliseconds: readMilliseconds('perTry', options.timeouts?.perTry ?? partnerCenterTunables.tryMilliseconds),
      operationMilliseconds: readMilliseconds(
        'whole',
        options.timeouts?.whole ?? partnerCenterTunables.operationMilliseconds,
      ),
    },
    correlationId: undefined,
    requestId: undefined,
    locale: readHeaderValue('locale', options.locale) ?? 'en-US',
  });
}

const defaultQuery = buildIndexedQuery({ size: partnerCenterTunables.pageSize });

function createScopedPartner(session: Session): AggregatePartner {
  return {
    with: (context) =>
      createScopedPartner({
        transport: session.transport,
        correlationId:
          readOptionalGuid('correlationId', context.correlationId) ??
          session.correlationId ??
          session.transport.newId(),
        requestId: readOptionalGuid('requestId', context.requestId) ?? session.requestId,
        locale: readHeaderValue('locale', context.locale) ?? session.locale,
      }),
    customers: {
      byId: (customerId) => createCustomerOperations(session, requireId('customerId', customerId)),
      query: (query = defaultQuery, options) =>
        createCollection(session, buildPath`/customers`, query, readCustomer, options),
    },
  };
}

function createCustomerOperations(session: Session, customerId: string): CustomerOperations {
  const path = buildPath`/customers/${customerId}`;
  return {
    get: (options) => getResource(session, path, readById(customerId, readCustomer), options),
    applicationConsents: {
      async create({ applicationId, displayName, applicationGrants }, options) {
        const grants = applicationGrants.map(({ enterpriseApplicationId, scopes }) => ({
          enterpriseApplicationId,
          scope: scopes.join(','),
        }));
        const body = JSON.stringify({ applicationId, displayName, applicationGrants: grants });
        await postResource(session, `${path}/applicationconsents`, body, options);
      },
    },
    users: {
      byId: (userId) => createUserOperations(session, customerId, requireId('userId', userId)),
      query: (query = defaultQuery, options) =>
        createCollection(session, buildPath`/customers/${customerId}/users`, query, readCustomerUser, options),
    },
  };
}

function createUserOperations(session: Session, customerId: string, userId: string): CustomerUserOperations {
  const path = buildPath`/customers/${customerId}/users/${userId}`;
  return {
    get: (options) => getResource(session, path, readById(userId, readCustomerUser), options),
    patch: (user, options) => patchUser(session, path, userId, user, options),
    resetPassword: async (profile, options) =>
      patchUser(session, `${path}/resetpassword`, userId, { passwordProfile: requirePassword(profile) }, options),
    directoryRoles: {
      get: (options) => readAllPages(session, `${path}/directoryroles`, readDirectoryRole, options),
    },
  };
}
