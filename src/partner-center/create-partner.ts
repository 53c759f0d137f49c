import { randomUUID } from 'node:crypto';
import type { AggregatePartner, CustomerOperations, CustomerUserOperations } from './aggregate-partner.ts';
import { buildIndexedQuery } from './build-indexed-query.ts';
import { createCollection } from './create-collection.ts';
import { freshFetch } from './http/fresh-fetch.ts';
import { pathOf } from './http/path-of.ts';
import { readBaseUrl } from './http/read-base-url.ts';
import { makeId } from './make-id.ts';
import { PartnerError } from './partner-error.ts';
import type { PartnerOptions } from './partner-options.ts';
import { patchUser } from './patch-user.ts';
import { resetPassword } from './reset-password.ts';
import { readEveryPage } from './read-every-page.ts';
import { readGuid } from './read-guid.ts';
import { readMilliseconds } from './read-milliseconds.ts';
import { readResource } from './read-resource.ts';
import type { Session } from './session.ts';
import { systemClock } from './system-clock.ts';
import { readCustomer } from './wire/read-customer.ts';
import { readCustomerUser } from './wire/read-customer-user.ts';
import { readDirectoryRole } from './wire/read-directory-role.ts';

const defaultQuery = buildIndexedQuery({ size: 500 });

/** Makes a partner. Nothing is sent before the first call; throws `PartnerError` `invalid-argument` for what cannot be sent. */
export function createPartner(options: PartnerOptions): AggregatePartner {
  const fetch = options.fetch ?? globalThis.fetch;
  return partnerOf({
    transport: {
      baseUrl: readBaseUrl(options.baseUrl),
      credentials: options.credentials,
      applicationName: readHeader('applicationName', options.applicationName),
      validateMfa: options.validateMfa ?? false,
      fetch,
      freshFetch: options.freshFetch ?? (fetch === globalThis.fetch ? freshFetch : fetch),
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
      newId: () => makeId(options.newId ?? randomUUID),
      perTryMilliseconds: readMilliseconds('perTry', options.timeouts?.perTry ?? 30_000),
      wholeMilliseconds: readMilliseconds('whole', options.timeouts?.whole ?? 120_000),
    },
    correlationId: undefined,
    requestId: undefined,
    locale: readHeader('locale', options.locale) ?? 'en-US',
  });
}

function partnerOf(session: Session): AggregatePartner {
  return {
    with: (context) =>
      partnerOf({
        transport: session.transport,
        correlationId:
          readGuid('correlationId', context.correlationId) ?? session.correlationId ?? session.transport.newId(),
        requestId: readGuid('requestId', context.requestId) ?? session.requestId,
        locale: readHeader('locale', context.locale) ?? session.locale,
      }),
    customers: {
      byId: (customerId) => customerOf(session, requireId('customerId', customerId)),
      query: (query = defaultQuery, options) =>
        createCollection(session, pathOf`/customers`, query, readCustomer, options),
    },
  };
}

function customerOf(session: Session, customerId: string): CustomerOperations {
  const path = pathOf`/customers/${customerId}`;
  return {
    get: (options) => readResource(session, path, readCustomer, options),
    users: {
      byId: (userId) => userOf(session, customerId, requireId('userId', userId)),
      query: (query = defaultQuery, options) =>
        createCollection(session, pathOf`/customers/${customerId}/users`, query, readCustomerUser, options),
    },
  };
}

function userOf(session: Session, customerId: string, userId: string): CustomerUserOperations {
  const path = pathOf`/customers/${customerId}/users/${userId}`;
  const rolesPath = pathOf`/customers/${customerId}/users/${userId}/directoryroles`;
  return {
    get: (options) => readResource(session, path, readCustomerUser, options),
    patch: (user, options) => patchUser(session, path, user, options),
    resetPassword: (profile, options) => resetPassword(session, `${path}/resetpassword`, profile, options),
    directoryRoles: {
      get: (options) => readEveryPage(session, rolesPath, readDirectoryRole, options),
    },
  };
}

function requireId(name: string, id: string): string {
  if (typeof id !== 'string' || id.trim() === '') {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be set.` });
  }
  return id;
}

function readHeader(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be plain ASCII text.` });
  }
  return value;
}
