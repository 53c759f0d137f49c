import type { PassingCall } from '../support/create-checkpoint.ts';

type Fits = (call: Pick<PassingCall, 'method' | 'path' | 'body'>) => boolean;

/** The calls a bot makes for a reset, told apart by what goes over the wire. */
export const calls = {
  setting: ({ method }) => method === 'PATCH',
  lookingUp: ({ method, path }) => method === 'GET' && path.includes('/users/'),
  opening: ({ method, path }) => method === 'POST' && path.endsWith('/conversations'),
  posting: ({ method, path }) => method === 'POST' && path.includes('/activities'),
  puttingDirectMessage: ({ method, body }) => method === 'PUT' && body.includes('"id":"direct-message"'),
  puttingOutcome: ({ method, body }) => method === 'PUT' && body.includes('"id":"outcome-'),
} as const satisfies Readonly<Record<string, Fits>>;
