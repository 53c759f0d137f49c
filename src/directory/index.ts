/** Names become exactly one customer and one user at Partner Center, or the choices to ask back. Holds the index and its cache. */
export { createDirectory } from './directory.ts';
export { createTenantDiscovery, type TenantOfDomain } from './customers/domains.ts';
export { createGraphFacts } from './graph/protecting-facts.ts';
export { createGraphSight } from './graph/graph-consent.ts';
export { createFollowUps, createWriteBack } from './graph/sign-out-pass-and-write-back.ts';
export { createPasswordSetting } from './set-password.ts';
export { createUserChanges, type UserChanges } from './users/user-changes.ts';
