import type { Secret } from '../base/index.ts';
import type { SettingReader } from './setting-reader.ts';

/** The ticket system and how to sign in to it. Addresses have no slash at their end. */
export type TicketSettings =
  | {
      readonly kind: 'halopsa';
      /** The resource server, without `/api`. */
      readonly url: string;
      /** The authorisation server, without `/token`. */
      readonly authUrl: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly tenant: string | undefined;
      readonly noteOutcomeId: number;
    }
  | {
      readonly kind: 'connectwise';
      /** With its code base, without `/apis/3.0`. */
      readonly url: string;
      readonly company: string;
      readonly publicKey: string;
      readonly privateKey: Secret;
      readonly clientId: string;
    }
  | {
      readonly kind: 'autotask';
      /** Without `/v1.0`. Undefined: the zone is asked for. */
      readonly url: string | undefined;
      readonly username: string;
      readonly secret: Secret;
      readonly integrationCode: Secret;
    }
  | { readonly kind: 'webhook'; readonly url: Secret; readonly secret: Secret };

const systems = ['halopsa', 'connectwise', 'autotask', 'webhook', 'off'] as const;

/** HaloPSA's built-in outcome of an internal note. */
const builtInNoteOutcome = 7;

/**
 * Reads which ticket system there is. `undefined`: `TICKET_SYSTEM` is not set. `scheme` says whether loopback addresses are taken
 * too.
 */
export function readTicketSettings(
  read: SettingReader,
  scheme: 'https' | 'https-or-loopback',
): TicketSettings | 'off' | undefined {
  if (read.text('TICKET_SYSTEM') === undefined) return undefined;
  const system = read.oneOf('TICKET_SYSTEM', systems, 'off');
  switch (system) {
    case 'off':
      return 'off';
    case 'halopsa':
      return {
        kind: 'halopsa',
        url: read.neededServiceUrl('HALOPSA_URL', scheme, '/api'),
        authUrl: read.neededServiceUrl('HALOPSA_AUTH_URL', scheme, '/token'),
        clientId: read.neededText('HALOPSA_CLIENT_ID'),
        clientSecret: read.neededSecret('HALOPSA_CLIENT_SECRET'),
        tenant: read.text('HALOPSA_TENANT'),
        noteOutcomeId: read.wholeNumber('HALOPSA_NOTE_OUTCOME_ID', builtInNoteOutcome, 1, 999_999_999),
      };
    case 'connectwise':
      return {
        kind: 'connectwise',
        url: read.neededServiceUrl('CONNECTWISE_URL', scheme, '/apis/3.0'),
        company: read.neededText('CONNECTWISE_COMPANY'),
        publicKey: read.neededText('CONNECTWISE_PUBLIC_KEY'),
        privateKey: read.neededSecret('CONNECTWISE_PRIVATE_KEY'),
        clientId: inHeader('CONNECTWISE_CLIENT_ID', read.neededText('CONNECTWISE_CLIENT_ID')),
      };
    case 'autotask':
      return {
        kind: 'autotask',
        url: read.serviceUrl('AUTOTASK_URL', scheme, '/v1.0'),
        username: inHeader('AUTOTASK_USERNAME', read.neededText('AUTOTASK_USERNAME')),
        secret: secretInHeader('AUTOTASK_SECRET'),
        integrationCode: secretInHeader('AUTOTASK_INTEGRATION_CODE'),
      };
    case 'webhook':
      return {
        kind: 'webhook',
        url: read.neededWebhookUrl('TICKET_WEBHOOK_URL', scheme),
        secret: read.neededSecret('TICKET_WEBHOOK_SECRET'),
      };
  }

  function secretInHeader(name: string): Secret {
    const secret = read.neededSecret(name);
    secret.reveal((value) => inHeader(name, value));
    return secret;
  }

  /** No call is made with a sign that HTTP has no place for, which looks like an answer that was lost. */
  function inHeader(name: string, value: string): string {
    if (/[^\u0020-\u007E\u00A0-\u00FF]/.test(value)) read.report(`${name} holds a sign that no HTTP header can hold`);
    return value;
  }
}

/**
 * The minutes that are entered with the note of a delivered reset; undefined: none. Only HaloPSA and ConnectWise take a note and its
 * time in one write.
 */
export function readTicketTime(
  read: SettingReader,
  system: TicketSettings | 'off' | 'pretend' | undefined,
): number | undefined {
  if (read.text('TICKET_TIME_MINUTES') === undefined) return undefined;
  const minutes = read.wholeNumber('TICKET_TIME_MINUTES', 1, 1, 120);
  const kind = typeof system === 'object' ? system.kind : system;
  if (kind === 'halopsa' || kind === 'connectwise' || kind === 'pretend') return minutes;
  read.report('TICKET_TIME_MINUTES is set, and only halopsa and connectwise take time with a note: leave it out');
  return undefined;
}

const pretendUnless = ['HALOPSA_URL', 'HALOPSA_AUTH_URL', 'HALOPSA_CLIENT_ID', 'HALOPSA_CLIENT_SECRET'] as const;

/** The same in the sandbox. HaloPSA without any of its needed settings is the pretend one. `preset` is what an unset one means. */
export function readSandboxTicketSettings(
  read: SettingReader,
  preset: 'pretend' | 'off',
): TicketSettings | 'off' | 'pretend' {
  const system = read.text('TICKET_SYSTEM');
  if (system === undefined) return preset;
  const isHalo = system.toLowerCase() === 'halopsa';
  if (isHalo && pretendUnless.every((name) => read.text(name) === undefined)) return 'pretend';
  return readTicketSettings(read, 'https-or-loopback') ?? preset;
}
