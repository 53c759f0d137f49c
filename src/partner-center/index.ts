export { buildIndexedQuery } from './query.ts';
export { buildSeekQuery } from './query.ts';
export { buildSimpleQuery } from './query.ts';
export { createPartner } from './create-partner.ts';
export { freshFetch } from './fresh-fetch.ts';
export { partnerAdvice } from './partner-advice.ts';
export { PartnerError } from './partner-error.ts';
export type { PartnerErrorFacts } from './partner-error.ts';
export { Secret } from '../base/secret.ts';
export { simpleFieldFilter } from './query.ts';
export type {
  AggregatePartner,
  CustomerOperations,
  CustomerUserOperations,
  Page,
  PartnerCollection,
  WriteReceipt,
} from './aggregate-partner.ts';
export type { PartnerErrorCode } from './partner-error.ts';
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
export type { PartnerQuery, PartnerSort, SimpleFieldFilter } from './query.ts';
export type { Customer } from './resources.ts';
export type { CustomerUser } from './resources.ts';
export type { DirectoryRole } from './resources.ts';
export type { CustomerUserPatch, PasswordProfile } from './resources.ts';
