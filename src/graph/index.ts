/** Microsoft Graph in a customer's tenant, over GDAP. It uses the rooms `base` and `http` only, so it can be published as it stands. */
export {
  asLocation,
  type NewTemporaryAccessPass,
  type OperationLocation,
  type ResetAccepted,
  type UserAuthentication,
} from './sign-in-methods.ts';
export {
  type AuthenticationMethod,
  type MethodKind,
  methodKinds,
  type ResetOperation,
  type TemporaryAccessPass,
} from './sign-in-method-answers.ts';
export { createGraph, type Graph, type GraphTenant, type GraphUserOperations } from './graph-requests.ts';
export {
  type DelegatedScope,
  delegatedScopes,
  graphApplicationId,
  missingScopes,
  scopesFor,
} from './delegated-scopes.ts';
export {
  GraphError,
  type GraphErrorCode,
  graphErrorCodes,
  type GraphErrorFacts,
  isTokenRefusal,
  type TokenRefusal,
  tokenRefusals,
} from './graph-error.ts';
export type { GraphFetch, GraphOptions, ReadOptions, TenantToken, TokenSource, WriteOptions } from './graph-options.ts';
export type {
  DelegatedAdminRelationship,
  EligibleRole,
  GraphUser,
  Membership,
  UserProperty,
} from './user-and-role-answers.ts';
export type { DeltaPage } from './users-delta.ts';
