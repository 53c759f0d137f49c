import type { Log, Secret } from '../base/index.ts';
import {
  type AdapterDependencies,
  type AddressLimit,
  type AuditRefusal,
  auditRefusals,
  type BotAdapter,
  type Connector,
  createAdapter,
  createAddressLimit,
  createBotAuthentication,
  createConnector,
  createGate,
  createRateLimiter,
  createRoster,
  createSandboxGate,
  gateLimits,
} from '../teams/index.ts';
import type { Instrumentation } from '../observability/index.ts';
import type { Platform } from './platform.ts';

/** Who may come in, and as whom the bot answers. */
export type EndpointSettings =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'production';
      readonly appId: string;
      readonly allowedTenants: readonly string[];
      /** A token for the connector. */
      readonly getToken: () => Promise<Secret>;
    };

/** The way in and the way out. */
type Endpoint = {
  readonly connector: Connector;
  /** How many requests one address may send that are not authentic; undefined in the sandbox. */
  readonly addresses: AddressLimit | undefined;
  /** Puts the gate before a turn. */
  adapt(parts: AdapterDependencies): BotAdapter;
};

/** Builds the door: in production nobody gets through it without Bot Framework's token and a place in the roster. */
export function createEndpoint(
  door: EndpointSettings,
  {
    outside: { clock, random, fetch, botFramework, connectorLimits },
    recordRefusal,
    watching: { watchGate, watchConnector, watchAddresses },
    log,
  }: {
    readonly outside: Platform;
    readonly recordRefusal: AuditRefusal;
    readonly watching: Pick<Instrumentation, 'watchGate' | 'watchConnector' | 'watchAddresses'>;
    readonly log: Log;
  },
): Endpoint {
  const calls = { clock, random, limits: connectorLimits };
  switch (door.kind) {
    case 'sandbox': {
      const authentication = createBotAuthentication({ kind: 'sandbox' });
      const connector = watchConnector(createConnector({ authentication, appId: '', loopback: true, ...calls }));
      const roster = createRoster({ member: (chat, id) => connector.member(chat, id), clock });
      const gate = watchGate(createSandboxGate({ roster }));
      return {
        connector,
        addresses: undefined,
        adapt: (parts) => createAdapter({ authentication, sandbox: true, gate, ...parts }),
      };
    }
    case 'production': {
      const { appId, allowedTenants, getToken } = door;
      const authentication = createBotAuthentication({ kind: 'bot', appId, getToken }, botFramework);
      const { route } = botFramework;
      const connector = watchConnector(createConnector({ authentication, appId, loopback: false, route, ...calls }));
      const gate = createGate({
        appId,
        allowedTenants,
        endpoints: botFramework,
        fetch,
        member: (chat, id) => connector.member(chat, id),
        clock,
        log,
      });
      const recording = auditRefusals(watchGate(gate), { record: recordRefusal, clock, log });
      return {
        connector,
        addresses: watchAddresses(
          createAddressLimit(createRateLimiter({ ...gateLimits.perAddress, clock }), (header) => gate.isSigned(header)),
        ),
        adapt: (parts) => createAdapter({ authentication, sandbox: false, gate: recording, ...parts }),
      };
    }
  }
}
