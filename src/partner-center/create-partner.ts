import { randomUUID } from 'node:crypto';
import type { AggregatePartner, CustomerOperations, CustomerUserOperations } from './aggregate-partner.ts';
import { buildPath, createCollection, readAllPages } from './collection.ts';
import { freshFetch } from './fresh-fetch.ts';
import { PartnerError } from './partner-error.ts';
import {
  createId,
  type PartnerOptions,
  readBaseUrl,
  readMilliseconds,
  readOptionalGuid,
  systemClock,
} from './partner-options.ts';
import { buildIndexedQuery } from './query.ts';
import { readCustomer, readCustomerUser, readDirectoryRole } from './resources.ts';
import { getResource, patchUser, resetPassword, type Session } from './session.ts';

const defaultQuery = buildIndexedQuery({ size: 500 });

/** Makes a partner. Nothing is sent before the first call; throws `PartnerError` `invalid-argument` for what cannot be sent. */
export function createPartner(options: PartnerOptions): AggregatePartner {
  const fetch = options.fetch ?? globalThis.fetch;
  return createScopedPartner({
    transport: {
      baseUrl: readBaseUrl(options.baseUrl),
      credentials: options.credentials,
      applicationName: readHeaderValue('applicationName', options.applicationName),
      validateMfa: options.validateMfa ?? false,
      fetch,
      freshFetch: options.freshFetch ?? (fetch === globalThis.fetch ? freshFetch : fetch),
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
      newId: () => createId(options.newId ?? randomUUID),
      perTryMilliseconds: readMilliseconds('perTry', options.timeouts?.perTry ?? 30_000),
      wholeMilliseconds: readMilliseconds('whole', options.timeouts?.whole ?? 120_000),
    },
    correlationId: undefined,
    requestId: undefined,
    locale: readHeaderValue('locale', options.locale) ?? 'en-US',
  });
}

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
    get: (options) => getResource(session, path, readCustomer, options),
    users: {
      byId: (userId) => createUserOperations(session, customerId, requireId('userId', userId)),
      query: (query = defaultQuery, options) =>
        createCollection(session, buildPath`/customers/${customerId}/users`, query, readCustomerUser, options),
    },
  };
}

function createUserOperations(session: Session, customerId: string, userId: string): CustomerUserOperations {
  const path = buildPath`/customers/${customerId}/users/${userId}`;
  const rolesPath = buildPath`/customers/${customerId}/users/${userId}/directoryroles`;
  return {
    get: (options) => getResource(session, path, readCustomerUser, options),
    patch: (user, options) => patchUser(session, path, user, options),
    resetPassword: (profile, options) => resetPassword(session, `${path}/resetpassword`, profile, options),
    directoryRoles: {
      get: (options) => readAllPages(session, rolesPath, readDirectoryRole, options),
    },
  };
}

function requireId(name: string, id: string): string {
  if (typeof id !== 'string' || id.trim() === '') {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be set.` });
  }
  return id;
}

function readHeaderValue(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be plain ASCII text.` });
  }
  return value;
}
