import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type {
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
  ServiceClientCredentialsFactory,
  UserTokenClient,
} from 'botframework-connector';
import { readProperty, type Secret } from '../../base/index.ts';
import { botFrameworkEndpoints, type BotFrameworkEndpoints } from './bot-framework-endpoints.ts';

const mostClients = 16;

/**
 * The SDK's sign-in, with one client for each service address and not one for each turn: a client keeps its connections,
 * asks for the token of the moment with every call, and takes longer to make than the rest of the SDK's turn. All of them
 * are calm. Whom a client is made for does not matter, because one sign-in is one bot.
 */
export class BotAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #clients = new Map<string, ConnectorClient>();
  #userTokens: UserTokenClient | undefined;

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    const factory = super.createConnectorFactory(identity);
    return {
      create: async (serviceUrl, audience) => {
        const known = this.#clients.get(serviceUrl);
        if (known !== undefined) return known;
        const client = disableSdkRetries(await factory.create(serviceUrl, audience));
        if (this.#clients.size >= mostClients) this.#clients.clear();
        this.#clients.set(serviceUrl, client);
        return client;
      },
    };
  }

  /** The SDK wants one with every turn; nobody here uses it. */
  override async createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= await super.createUserTokenClient(identity);
    return this.#userTokens;
  }
}

/**
 * Which Azure Bot this is; the sandbox is none, and then nothing is signed and no token is checked. `getToken` gives a
 * token for the connector, and rejects where there is none.
 */
type BotIdentity =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'bot'; readonly appId: string; readonly getToken: () => Promise<Secret> };

/**
 * The Bot Framework's sign-in, for sending. Its endpoints are given by all their names at once: any one of them switches
 * the SDK to a mode in which it knows none of the others by itself. Settings of the environment never get here, and
 * tokens come from `getToken`, because the SDK fetches its own without a time limit. See
 * https://learn.microsoft.com/azure/bot-service/bot-builder-authentication-basics.
 */
export function createBotAuthentication(
  identity: BotIdentity,
  endpoints: BotFrameworkEndpoints = botFrameworkEndpoints,
): BotAuthentication {
  if (identity.kind === 'sandbox') {
    return new BotAuthentication({ MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' });
  }
  const { appId, getToken } = identity;
  return new BotAuthentication(
    {
      MicrosoftAppId: appId,
      ToChannelFromBotLoginUrl: endpoints.loginUrl,
      ToChannelFromBotOAuthScope: endpoints.oauthScope,
      ToBotFromChannelTokenIssuer: endpoints.tokenIssuer,
      OAuthUrl: endpoints.oauthUrl,
      ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: endpoints.emulatorOpenIdMetadataUrl,
      CallerId: endpoints.callerId,
    },
    createCredentialsFactory(appId, getToken),
  );
}

function createCredentialsFactory(appId: string, getToken: () => Promise<Secret>): ServiceClientCredentialsFactory {
  return {
    isValidAppId: (id) => Promise.resolve(id === appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        async signRequest(request) {
          (await getToken()).reveal((token) => {
            request.headers.set('authorization', `Bearer ${token}`);
          });
          return request;
        },
      }),
  };
}

const unwantedPolicies = ['defaultRetryPolicy', 'redirectPolicy', 'logPolicy'];

/**
 * Takes out of a client what botbuilder offers no option for: its own retries, which repeat a POST that may have been
 * delivered; following redirects, which would carry the token along; and its log. The pipeline is private, so the
 * version is pinned, and a client without the expected pipeline is refused.
 */
function disableSdkRetries(client: ConnectorClient): ConnectorClient {
  const pipeline = readProperty(readProperty(client, 'client'), 'pipeline');
  if (typeof pipeline !== 'object' || pipeline === null || !('removePolicy' in pipeline)) {
    throw new TypeError('This version of botbuilder keeps its pipeline elsewhere.');
  }
  const { removePolicy } = pipeline;
  if (typeof removePolicy !== 'function')
    throw new TypeError('This version of botbuilder names removePolicy otherwise.');
  for (const name of unwantedPolicies) Reflect.apply(removePolicy, pipeline, [{ name }]);
  return client;
}
