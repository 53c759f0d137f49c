import type { PretendFault } from '../../src/sandbox/partner-center/index.ts';
import type { ConnectorCall, ConnectorFault } from '../support/fake-connector-faults.ts';
import { calls } from './calls.ts';
import type { Fault } from './scenario.ts';

const refusal: PretendFault = {
  kind: 'partner-error',
  row: { status: 403, code: 900_308, description: 'Insufficient privileges' },
};

const redirect: PretendFault = { kind: 'redirect', location: 'http://127.0.0.1:9/sign-in', status: 307 };

const partnerFaults: readonly (readonly [string, readonly PretendFault[], Fault['leads']])[] = [
  ['a 500 without effect', [{ kind: 'server-fault', status: 500, effect: 'none' }], 'nowhere'],
  ['a 500 after the effect', [{ kind: 'server-fault', status: 500, effect: 'applied' }], 'nowhere'],
  ['no answer and no effect', [{ kind: 'hang', effect: 'none' }], 'nowhere'],
  ['an effect without an answer', [{ kind: 'hang', effect: 'applied' }], 'nowhere'],
  ['a broken connection', [{ kind: 'disconnect', effect: 'none' }], 'nowhere'],
  ['an effect and a broken connection', [{ kind: 'disconnect', effect: 'applied' }], 'nowhere'],
  ['half an answer', [{ kind: 'cut-off' }], 'nowhere'],
  ['an answer that is no JSON', [{ kind: 'not-json' }], 'nowhere'],
  ['a page of a proxy after the effect', [{ kind: 'proxy-page', status: 502, effect: 'applied' }], 'nowhere'],
  ['a 200 with a page and no effect', [{ kind: 'proxy-page', status: 200, effect: 'none' }], 'nowhere'],
  ['a 200 with a page after the effect', [{ kind: 'proxy-page', status: 200, effect: 'applied' }], 'nowhere'],
  ['a 200 about another person', [{ kind: 'another-id' }], 'nowhere'],
  ['a 200 without a body and without an effect', [{ kind: 'empty', status: 200, effect: 'none' }], 'nowhere'],
  ['a 403 with a page after the effect', [{ kind: 'proxy-page', status: 403, effect: 'applied' }], 'nowhere'],
  ['a redirect', [redirect], 'unclear-if-heard'],
  [
    'a 500 after the effect, and then a redirect',
    [{ kind: 'server-fault', status: 500, effect: 'applied' }, redirect],
    'unclear-if-heard',
  ],
  ['too many calls', [{ kind: 'throttled', retryAfter: { seconds: 1 } }], 'nowhere'],
  ['a refusal', [refusal], 'refused'],
  [
    'a 500 after the effect, and then a refusal',
    [{ kind: 'server-fault', status: 500, effect: 'applied' }, refusal],
    'unclear',
  ],
];

const connectorFaults: readonly (readonly [string, ConnectorCall, ConnectorFault])[] = [
  ['a refused direct message', 'create', { kind: 'status', status: 403, code: 'NotEnoughPermissions' }],
  ['a broken connection for the direct message', 'create', { kind: 'reset' }],
  ['a message that is posted without an answer', 'post', { kind: 'silence', delivered: true }],
  ['a message that was put and answered with 502', 'update', { kind: 'status', status: 502, delivered: true }],
  ['a message that was put and not answered', 'update', { kind: 'silence', delivered: true }],
  ['a message that was put and half answered', 'update', { kind: 'half-an-answer', delivered: true }],
  ['a message that was not put, and a broken connection', 'update', { kind: 'reset' }],
  ['a message that has to wait', 'update', { kind: 'status', status: 429, headers: { 'Retry-After': '1' } }],
  ['a message that is gone', 'update', { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' }],
  ['a person who blocked the bot', 'update', { kind: 'status', status: 403, code: 'MessageWritesBlocked' }],
];

const struckCall = { create: 'create', post: 'post', update: 'put', member: 'nothing', members: 'nothing' } as const;

/** Nothing at all, and each thing that goes wrong with Partner Center and with the connector. */
export const everyFault: readonly Fault[] = [
  { name: 'nothing else', strikes: 'nothing', leads: 'nowhere', mayStrikeHiding: true, strike: () => undefined },
  ...partnerFaults.map(([what, faults, leads]): Fault => ({
    name: `${what} of Partner Center`,
    strikes: 'patch',
    leads,
    mayStrikeHiding: false,
    strike: ({ partnerCenter }) => {
      for (const fault of faults) partnerCenter.faults.next({ method: 'PATCH', fault });
    },
  })),
  ...connectorFaults.map(([name, call, fault]): Fault => ({
    name,
    strikes: struckCall[call],
    leads: call === 'create' && fault.kind === 'status' ? 'refused' : 'nowhere',
    // The fake that says "gone" of a message that stands would leave the password in it.
    mayStrikeHiding: call === 'update' && !(fault.kind === 'status' && fault.status === 404),
    strike: ({ connector }) => {
      const fits = call === 'update' ? calls.puttingDirectMessage : undefined;
      connector.fail(call, fault, 1, fits);
    },
  })),
];
