import type { ObjectId } from '../base/index.ts';
import type { FollowUps, PrivateFactsMemory, ResetUseCases } from '../reset/index.ts';
import {
  type AdapterDependencies,
  type AddressLimit,
  type AuditRefusal,
  auditRefusals,
  type BotAdapter,
  type Connector,
  createAddressLimit,
  createBot,
  createBotFramework,
  createCardRenderer,
  createGate,
  createProgressIndicator,
  createRateLimiter,
  createRoster,
  createSandboxGate,
  createTeamsMessages,
  gateLimits,
  type Guide,
  holdToHomeTenant,
  type SigningGate,
} from '../teams/index.ts';
import { exampleSentence, sandboxSentence } from '../texts/index.ts';
import type { AppSettings, EndpointSettings } from './app-settings.ts';
import type { Foundation } from './foundation.ts';

/** Builds Teams: the endpoint, the messages that the bot sends, and the bot, once the use cases are there. */
export function buildTeams(
  { endpoint: endpointSettings, delivery, policy }: AppSettings,
  foundation: Foundation,
  { privateFacts, followUps }: { readonly privateFacts: PrivateFactsMemory; readonly followUps: FollowUps | undefined },
) {
  const { platform, clock, log, store, storeClock } = foundation;
  const newReference = platform.random.guid;
  const render = createCardRenderer({ policy, delivery, now: () => storeClock.now(), privateFacts, followUps });
  const endpoint = createEndpoint(endpointSettings, foundation, (person, rule) => {
    const { objectId: actor, tenantId: tenant } = person;
    const entry = { at: storeClock.now(), kind: 'not-let-in', actor, person, facts: { rule, tenant } } as const;
    return store.resets.record(entry, undefined);
  });
  const sandbox = endpointSettings.kind === 'sandbox';
  const messages = createTeamsMessages({ connector: endpoint.connector, render, clock, sandbox });
  const progress = createProgressIndicator({ clock, messages, newReference, log });
  return {
    messages,
    addressLimit: endpoint.addressLimit,
    signingKeys: endpoint.signingKeys,
    loadSdk: () => endpoint.load(),
    drainProgress: () => progress.drain(),
    /** Returns the function that takes an activity and the header of its token. */
    connectBot(resets: ResetUseCases) {
      const adapter = endpoint.createAdapter({
        turn: createBot({
          resets,
          messages,
          progress,
          render,
          clock,
          log,
          guide: guideOf(endpointSettings),
          sentenceToTry: endpointSettings.kind === 'sandbox' ? sandboxSentence : exampleSentence,
        }),
        reply: (conversation, text) => messages.reply(conversation, text),
        newReference,
        clock,
        log,
      });
      return (activity: object, authorization: string | undefined) => adapter.process(activity, authorization);
    },
  };
}

/** Production has no guide: everything that is typed is the bot's to answer. */
function guideOf(settings: EndpointSettings): Guide | undefined {
  return settings.kind === 'sandbox' ? settings.guide : undefined;
}

/** How activities come in, and how messages go out. */
type Endpoint = {
  readonly connector: Connector;
  /** Limits the requests of one address that are not authentic; undefined in the sandbox. */
  readonly addressLimit: AddressLimit | undefined;
  /** Keeps Bot Framework's keys in memory between `start` and `stop`; undefined in the sandbox. */
  readonly signingKeys: Pick<SigningGate, 'start' | 'stop'> | undefined;
  /** Builds the adapter, with the gate in front of each turn. */
  createAdapter(parts: AdapterDependencies): BotAdapter;
  /** Loads Bot Framework's SDK. */
  load(): Promise<void>;
};

/** Opens the chat with somebody by the id that the chat of the sandbox has for them. */
function knowMembers(connector: Connector, memberIds: ReadonlyMap<string, string>): Connector {
  return {
    ...connector,
    createConversation: (from, member) => connector.createConversation(from, memberIds.get(member) ?? member),
  };
}

/** In production each activity needs the Bot Framework's token, and its sender a place in the roster. */
function createEndpoint(
  settings: EndpointSettings,
  { platform, instrumentation, store, log }: Foundation,
  recordRefusal: AuditRefusal,
): Endpoint {
  const { clock, random, fetch, outboundProxy, botFramework, connectorLimits } = platform;
  const { instrumentGate, instrumentConnector, instrumentAddresses } = instrumentation;
  const calls = { clock, random, limits: connectorLimits, proxy: outboundProxy };
  const homes = { tenantsOf: (person: ObjectId) => store.contacts.tenantsOf(person), clock, log };
  switch (settings.kind) {
    case 'sandbox': {
      const framework = createBotFramework({ identity: { kind: 'sandbox' }, loopback: true, ...calls });
      const { allowedTenants, memberIds } = settings;
      const connector = knowMembers(instrumentConnector(framework.connector), memberIds ?? new Map());
      const roster = createRoster({ member: (chat, id) => connector.member(chat, id), clock });
      const gate = instrumentGate(holdToHomeTenant(createSandboxGate({ roster, allowedTenants }), homes));
      return {
        connector,
        addressLimit: undefined,
        signingKeys: undefined,
        createAdapter: (parts) => framework.createAdapter({ gate, ...parts }),
        load: () => framework.load(),
      };
    }
    case 'production': {
      const { appId, allowedTenants, getToken } = settings;
      const identity = { kind: 'bot', appId, getToken } as const;
      const { route } = botFramework;
      const framework = createBotFramework({ identity, endpoints: botFramework, loopback: false, route, ...calls });
      const connector = instrumentConnector(framework.connector);
      const gate = createGate({
        appId,
        allowedTenants,
        endpoints: botFramework,
        fetch,
        member: (chat, id) => connector.member(chat, id),
        clock,
        log,
      });
      const auditedGate = auditRefusals(instrumentGate(holdToHomeTenant(gate, homes)), {
        record: recordRefusal,
        clock,
        log,
      });
      return {
        connector,
        addressLimit: instrumentAddresses(
          createAddressLimit(createRateLimiter({ ...gateLimits.perAddress, clock }), (header) => gate.isSigned(header)),
        ),
        signingKeys: gate,
        createAdapter: (parts) => framework.createAdapter({ gate: auditedGate, ...parts }),
        load: () => framework.load(),
      };
    }
  }
}
