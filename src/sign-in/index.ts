/** Access tokens for Partner Center, Microsoft Graph and the bot, by the Secure Application Model and msal-node. */
export { createAppToken, createBotToken } from './app-token.ts';
export { beginConsent, type IdentityMismatch, importRefreshToken, type NewCredentials } from './consent.ts';
export { readRefusal, redeemAtCustomer } from './customer-tokens.ts';
export { createGraphGroups } from './graph-groups.ts';
export type { SignInDependencies } from './msal-client.ts';
export { SignInError } from './sign-in-error.ts';
export { createSignIn, reportOutcomes, type SignIn } from './sign-in.ts';
export { renewCredentials, storedCredentials, type StoredCredentials } from './stored-credentials.ts';
