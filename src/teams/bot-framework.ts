import type { AdapterDependencies, BotAdapter } from './activity/adapter.ts';
import type { BotIdentity } from './connector/bot-authentication.ts';
import type { BotFrameworkEndpoints } from './connector/bot-framework-endpoints.ts';
import type { Connector, ConnectorSettings } from './connector/connector.ts';
import type { Gate } from './gate/admission.ts';

/** What stands on Bot Framework's SDK: what comes in, and what goes out. */
export type BotFramework = {
  readonly connector: Connector;
  /** Builds the adapter, with `gate` in front of each turn. */
  createAdapter(parts: AdapterDependencies & { readonly gate: Gate }): BotAdapter;
  /** Loads the SDK. What needs it earlier waits for it. */
  load(): Promise<void>;
};

/**
 * Creates connector and adapter without their SDK. Its 800 modules take a third of the whole start. They are loaded once the bot listens, or
 * with the first message that comes in or goes out.
 */
export function createBotFramework({
  identity,
  endpoints,
  proxy,
  ...settings
}: {
  readonly identity: BotIdentity;
  readonly endpoints?: BotFrameworkEndpoints;
  /** `http://host:port`; undefined: calls go straight. */
  readonly proxy: string | undefined;
} & ConnectorSettings): BotFramework {
  let loading: ReturnType<typeof loadSdk> | undefined;
  const sdk = (): ReturnType<typeof loadSdk> => (loading ??= loadSdk());

  async function loadSdk() {
    const [{ createAdapter }, { createBotAuthentication }, { createConnector }] = await Promise.all([
      import('./activity/adapter.ts'),
      import('./connector/bot-authentication.ts'),
      import('./connector/connector.ts'),
    ]);
    const authentication = createBotAuthentication(identity, endpoints, proxy);
    const appId = identity.kind === 'bot' ? identity.appId : '';
    return { authentication, createAdapter, connector: createConnector({ authentication, appId, ...settings }) };
  }

  return {
    connector: {
      createConversation: async (...given) => (await sdk()).connector.createConversation(...given),
      post: async (...given) => (await sdk()).connector.post(...given),
      update: async (...given) => (await sdk()).connector.update(...given),
      members: async (...given) => (await sdk()).connector.members(...given),
      member: async (...given) => (await sdk()).connector.member(...given),
    },
    createAdapter(parts) {
      let adapter: BotAdapter | undefined;
      return {
        async process(activity, authorization) {
          const { authentication, createAdapter } = await sdk();
          adapter ??= createAdapter({ authentication, sandbox: identity.kind === 'sandbox', ...parts });
          return adapter.process(activity, authorization);
        },
      };
    },
    async load() {
      await sdk();
    },
  };
}
