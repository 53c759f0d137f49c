/** The Partner Center SDK, in the shape of .NET's `IAggregatePartner`. It uses the rooms `base` and `http` only, so it can be published as it stands. */
export { Secret } from '../base/index.ts';
export {
  type AggregatePartner,
  type ApplicationConsent,
  createPartner,
  type CustomerOperations,
  type CustomerUserOperations,
} from './partner-requests.ts';
export type { Page, PartnerCollection } from './collection.ts';
export { runExample } from './sdk-example.ts';
export { createFreshFetch } from '../http/index.ts';
export { PartnerError, type PartnerErrorCode, partnerErrorCodes, type PartnerErrorFacts } from './partner-error.ts';
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
export {
  buildIndexedQuery,
  buildSeekQuery,
  buildSimpleQuery,
  type PartnerQuery,
  type PartnerSort,
  simpleFieldFilter,
  type SimpleFieldFilter,
} from './query.ts';
export type { Customer, CustomerUser, CustomerUserPatch, DirectoryRole, PasswordProfile } from './resources.ts';
export type { WriteReceipt } from './session.ts';
