/** Names become exactly one customer and one user at Partner Center, or the choices to ask back. Holds the index and its cache. */
export { createDirectory } from './directory.ts';
export { createTenantDiscovery, type TenantOfDomain } from './domains.ts';
export { createGraphFacts } from './graph-facts.ts';
export { createGraphSight } from './graph-sight.ts';
export { createFollowUps } from './sign-out.ts';
export { createWriteBack } from './write-back.ts';
export { createPasswordSetting } from './set-password.ts';
export { createUserChanges, type UserChanges } from './user-changes.ts';
