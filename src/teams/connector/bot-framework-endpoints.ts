/** The addresses of Bot Framework, for both directions. They belong together: botbuilder takes all of them or none. */
export type BotFrameworkEndpoints = {
  /** The metadata that name the keys of incoming tokens. */
  readonly openIdMetadataUrl: string;
  /** The issuer of incoming tokens. */
  readonly tokenIssuer: string;
  readonly emulatorOpenIdMetadataUrl: string;
  /** Where the bot signs in to send messages. */
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly oauthUrl: string;
  readonly callerId: string;
  /** Where calls to an allowed service URL go. */
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

const connectorHosts = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);
const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A service URL, normalised, that may receive the bot's token, or why it may not. */
type ServiceUrl =
  | { readonly kind: 'allowed'; readonly url: string }
  | { readonly kind: 'refused'; readonly why: 'not-an-address' | 'not-https' | 'not-bare' | 'foreign-host' };

/**
 * Allows Microsoft's own connector hosts over https on port 443, and nothing else; with `loopback` only this machine. A
 * suffix is no proof, because anyone can register a name under `trafficmanager.net`. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages.
 */
export function parseServiceUrl(text: string, options: { readonly loopback: boolean }): ServiceUrl {
  // URL parsers disagree about spaces, control characters and backslashes, so these are refused before parsing.
  if (text.length > 1024 || !/^[!-[\]-~]+$/.test(text) || !URL.canParse(text)) {
    return { kind: 'refused', why: 'not-an-address' };
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) return { kind: 'refused', why: 'not-bare' };
  if (options.loopback) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'refused', why: 'not-https' };
    return loopbackHosts.has(url.hostname)
      ? { kind: 'allowed', url: url.href }
      : { kind: 'refused', why: 'foreign-host' };
  }
  if (url.protocol !== 'https:') return { kind: 'refused', why: 'not-https' };
  if (url.port !== '' || !connectorHosts.has(url.hostname)) return { kind: 'refused', why: 'foreign-host' };
  return { kind: 'allowed', url: url.href };
}
