/** Access tokens for Partner Center, Microsoft Graph and the bot, by the Secure Application Model and msal-node. */
export { createAppToken, createBotToken } from './app-token.ts';
export { beginConsent, type IdentityMismatch, importRefreshToken, type NewCredentials } from './consent.ts';
export { redeemAtCustomer } from './customer-tokens.ts';
export { createGraphGroups } from './graph-groups.ts';
export type { SignInDependencies } from './msal-client.ts';
export { readCustomerRefusal, SignInError } from './entra-error-codes.ts';
export { createSignIn, reportOutcomes, type SignIn } from './sign-in.ts';
export { renewCredentials, storedCredentials, type StoredCredentials } from './stored-credentials.ts';
