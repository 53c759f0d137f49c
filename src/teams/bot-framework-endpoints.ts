/** Where the Bot Framework is, both ways. They belong together: botbuilder takes all of them or none. */
export type BotFrameworkEndpoints = {
  /** Names the keys that sign what comes in. */
  readonly openIdMetadataUrl: string;
  /** Who issues the tokens of what comes in. */
  readonly tokenIssuer: string;
  readonly emulatorOpenIdMetadataUrl: string;
  /** Where the bot signs in to send, and for what. */
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly oauthUrl: string;
  readonly callerId: string;
  /** Where calls to a service address go that was found to be Microsoft's: there. */
  readonly route: (serviceUrl: string) => string;
};

/**
 * Microsoft's public cloud. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export const botFrameworkEndpoints: BotFrameworkEndpoints = {
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  tokenIssuer: 'https://api.botframework.com',
  emulatorOpenIdMetadataUrl: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
  oauthScope: 'https://api.botframework.com',
  oauthUrl: 'https://api.botframework.com',
  callerId: 'urn:botframework:azure',
  route: (serviceUrl) => serviceUrl,
};
