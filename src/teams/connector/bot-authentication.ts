import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type {
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
  ServiceClientCredentialsFactory,
  UserTokenClient,
} from 'botframework-connector';
import { readProperty, type Secret, teamsTunables } from '../../base/index.ts';
import { createOutboundAgents, type OutboundAgents } from '../../http/index.ts';
import { botFrameworkEndpoints, type BotFrameworkEndpoints } from './bot-framework-endpoints.ts';

/**
 * The SDK's sign-in, with one client for each service address instead of one for each turn. To create a client takes
 * longer than the rest of the SDK's turn. A client keeps its connections and asks for the current token on every call.
 * All clients are without the SDK's retries, and share the connections of `agents`. They are shared between identities,
 * because one sign-in is one bot.
 */
export class BotAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #agents: OutboundAgents;
  readonly #clients = new Map<string, ConnectorClient>();
  #userTokens: UserTokenClient | undefined;

  constructor(
    agents: OutboundAgents,
    ...settings: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>
  ) {
    super(...settings);
    this.#agents = agents;
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    const factory = super.createConnectorFactory(identity);
    return {
      create: async (serviceUrl, audience) => {
        const known = this.#clients.get(serviceUrl);
        if (known !== undefined) return known;
        const client = takeOverPipeline(await factory.create(serviceUrl, audience), this.#agents);
        if (this.#clients.size >= teamsTunables.maxConnectorClients) this.#clients.clear();
        this.#clients.set(serviceUrl, client);
        return client;
      },
    };
  }

  /** The SDK requires one for every turn. It is never used here. */
  override async createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= await super.createUserTokenClient(identity);
    return this.#userTokens;
  }
}

/**
 * Which Azure Bot this is. The sandbox is none: nothing is signed and no token is checked. `getToken` resolves to a token
 * for the connector, and rejects if there is none.
 */
type BotIdentity =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'bot'; readonly appId: string; readonly getToken: () => Promise<Secret> };

/**
 * Creates Bot Framework's sign-in, for sending. All its endpoints are given, because a single one switches the SDK to a
 * mode without defaults for the others. No environment variable changes them. Tokens come from `getToken`, because the
 * SDK fetches its own without a time limit. Calls go through `proxy` (`http://host:port`), or straight where it is undefined.
 * See https://learn.microsoft.com/azure/bot-service/bot-builder-authentication-basics.
 */
export function createBotAuthentication(
  identity: BotIdentity,
  endpoints: BotFrameworkEndpoints = botFrameworkEndpoints,
  proxy?: string,
): BotAuthentication {
  const agents = createOutboundAgents(proxy, { keepAlive: true });
  if (identity.kind === 'sandbox') {
    return new BotAuthentication(agents, { MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' });
  }
  const { appId, getToken } = identity;
  return new BotAuthentication(
    agents,
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

const unwantedPolicies = [
  'defaultRetryPolicy',
  'redirectPolicy',
  'logPolicy',
  'proxyPolicy',
  // Forms and a tracer there are none.
  'formDataPolicy',
  'multipartPolicy',
  'tracingPolicy',
];

/** A request of the SDK's pipeline, as far as it is changed here. */
type PipelineRequest = { readonly url: string; agent?: object };

/**
 * Removes retries, redirects, the log, tracing and proxies of the environment from a client, because botbuilder has no option for
 * that, and has its requests use `agents`. A retry would repeat a POST that may have been delivered, and a redirect would
 * take the token along. The pipeline is private. So the version is pinned, and a client without the expected pipeline is
 * refused.
 */
function takeOverPipeline(client: ConnectorClient, agents: OutboundAgents): ConnectorClient {
  const pipeline = readProperty(readProperty(client, 'client'), 'pipeline');
  if (
    typeof pipeline !== 'object' ||
    pipeline === null ||
    !('removePolicy' in pipeline) ||
    !('addPolicy' in pipeline)
  ) {
    throw new TypeError('This version of botbuilder keeps its pipeline elsewhere.');
  }
  const { removePolicy, addPolicy } = pipeline;
  if (typeof removePolicy !== 'function' || typeof addPolicy !== 'function')
    throw new TypeError('This version of botbuilder names removePolicy or addPolicy otherwise.');
  for (const name of unwantedPolicies) Reflect.apply(removePolicy, pipeline, [{ name }]);
  const useAgents = {
    name: 'outboundAgents',
    sendRequest(request: PipelineRequest, next: (request: PipelineRequest) => Promise<object>) {
      request.agent = request.url.startsWith('https:') ? agents.https : agents.http;
      return next(request);
    },
  };
  Reflect.apply(addPolicy, pipeline, [useAgents]);
  return client;
}
