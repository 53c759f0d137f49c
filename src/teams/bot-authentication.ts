import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { ClaimsIdentity, ConnectorClient, ConnectorFactory, UserTokenClient } from 'botframework-connector';

import { calmConnectorClient } from './calm-connector-client.ts';

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
        const client = calmConnectorClient(await factory.create(serviceUrl, audience));
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
