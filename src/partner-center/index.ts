export { buildIndexedQuery } from './build-indexed-query.ts';
export { buildSeekQuery } from './build-seek-query.ts';
export { buildSimpleQuery } from './build-simple-query.ts';
export { createPartner } from './create-partner.ts';
export { freshFetch } from './http/fresh-fetch.ts';
export { partnerAdvice } from './partner-advice.ts';
export { PartnerError } from './partner-error.ts';
export type { PartnerErrorFacts } from './partner-error.ts';
export { Secret } from '../secret.ts';
export { simpleFieldFilter } from './simple-field-filter.ts';
export type {
  AggregatePartner,
  CustomerOperations,
  CustomerUserOperations,
  Page,
  PartnerCollection,
  WriteReceipt,
} from './aggregate-partner.ts';
export type { PartnerErrorCode } from './partner-error-code.ts';
export type {
  PartnerClock,
  PartnerCredentials,
  PartnerFetch,
  PartnerOptions,
  PartnerTimeouts,
  ReadOptions,
  RequestContext,
  WriteOptions,
} from './partner-options.ts';
export type { PartnerQuery, PartnerSort, SimpleFieldFilter } from './partner-query.ts';
export type { Customer } from './wire/read-customer.ts';
export type { CustomerUser } from './wire/read-customer-user.ts';
export type { DirectoryRole } from './wire/read-directory-role.ts';
export type { CustomerUserPatch, PasswordProfile } from './wire/write-user-patch.ts';
