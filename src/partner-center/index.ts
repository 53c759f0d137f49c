/** The Partner Center SDK, in the shape of .NET's `IAggregatePartner`. It knows nothing of bots, and could be published as it stands. */
export { buildIndexedQuery } from './query.ts';
export { buildSeekQuery } from './query.ts';
export { buildSimpleQuery } from './query.ts';
export { createPartner } from './create-partner.ts';
export { freshFetch } from './fresh-fetch.ts';
export { PartnerError, partnerErrorCodes } from './partner-error.ts';
export type { PartnerErrorCode, PartnerErrorFacts } from './partner-error.ts';
export { Secret } from '../base/index.ts';
export { simpleFieldFilter } from './query.ts';
export type {
  AggregatePartner,
  CustomerOperations,
  CustomerUserOperations,
  Page,
  PartnerCollection,
  WriteReceipt,
} from './aggregate-partner.ts';
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
export { runExample } from './example.ts';
