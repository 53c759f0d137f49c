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
 * All clients are without the SDK's retries, and share the connections of its agents. They are shared between identities,
 * because one sign-in is one bot.
 */
export class BotAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #outbound: Outbound;
  readonly #clients = new Map<string, ConnectorClient>();
  #userTokens: UserTokenClient | undefined;

  constructor(outbound: Outbound, ...settings: ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>) {
    super(...settings);
    this.#outbound = outbound;
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    const factory = super.createConnectorFactory(identity);
    return {
      create: async (serviceUrl, audience) => {
        const known = this.#clients.get(serviceUrl);
        if (known !== undefined) return known;
        const client = takeOverPipeline(await factory.create(serviceUrl, audience), this.#outbound);
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

/** `getToken` is undefined in the sandbox, where nothing is signed. */
type Outbound = { readonly agents: OutboundAgents; readonly getToken: GetBotToken | undefined };

/** `fresh`: the connector refused the last one. Rejects where there is no token. */
type GetBotToken = (options?: { readonly fresh?: boolean }) => Promise<Secret>;

/** Which Azure Bot this is. The sandbox is none: nothing is signed and no token is checked. */
export type BotIdentity =
  { readonly kind: 'sandbox' } | { readonly kind: 'bot'; readonly appId: string; readonly getToken: GetBotToken };

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
    const outbound = { agents, getToken: undefined };
    return new BotAuthentication(outbound, { MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' });
  }
  const { appId, getToken } = identity;
  return new BotAuthentication(
    { agents, getToken },
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

function createCredentialsFactory(appId: string, getToken: GetBotToken): ServiceClientCredentialsFactory {
  return {
    isValidAppId: (id) => Promise.resolve(id === appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        async signRequest(request) {
          const token = await getToken();
          request.headers.set('authorization', formatAuthorization(token));
          return request;
        },
      }),
  };
}

function formatAuthorization(token: Secret): string {
  return token.reveal((value) => `Bearer ${value}`);
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
type PipelineRequest = {
  readonly url: string;
  readonly method: string;
  readonly headers: { get(name: string): string | undefined; set(name: string, value: string): void };
  agent?: object;
};

/**
 * Removes retries, redirects, the log, tracing and proxies of the environment from a client, because botbuilder has no option for
 * that, and has its requests use the agents, once more with a fresh token where the first one is refused. A retry would repeat a
 * POST that may have been delivered, and a redirect would take the token along. The pipeline is private. So the version is
 * pinned, and a client without the expected pipeline is refused.
 */
function takeOverPipeline(client: ConnectorClient, { agents, getToken }: Outbound): ConnectorClient {
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
  // The SDK has signed the request before. The policies behind this one read the answer, and throw what is no success.
  const sendOut = {
    name: 'sendOut',
    async sendRequest(request: PipelineRequest, next: (request: PipelineRequest) => Promise<object>): Promise<object> {
      request.agent = request.url.startsWith('https:') ? agents.https : agents.http;
      try {
        return await next(request);
      } catch (failure) {
        if (getToken === undefined || !isTokenRefused(failure, request.method)) throw failure;
        const authorization = formatAuthorization(await getToken({ fresh: true }));
        if (authorization === request.headers.get('authorization')) throw failure;
        request.headers.set('authorization', authorization);
        return next(request);
      }
    },
  };
  Reflect.apply(addPolicy, pipeline, [sendOut]);
  return client;
}

/** A 401 with a page is of a proxy. It may have replaced the answer to a POST that was delivered. */
function isTokenRefused(failure: unknown, method: string): boolean {
  if (readProperty(failure, 'statusCode') !== 401) return false;
  const text = readProperty(readProperty(failure, 'response'), 'bodyAsText') ?? '';
  return method !== 'POST' || (typeof text === 'string' && /^\s*(?:\{|$)/.test(text));
}
