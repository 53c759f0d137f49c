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
  writingBack: ({ method, path }) => method === 'POST' && path.endsWith('/resetPassword'),
  polling: ({ method, path }) => method === 'GET' && path.includes('/authentication/operations/'),
  signingOut: ({ method, path }) => method === 'POST' && path.endsWith('/revokeSignInSessions'),
  // Ten minutes are asked for first, and refused by the tenants of the sandbox.
  makingPass: ({ method, path, body }) =>
    method === 'POST' && path.endsWith('/temporaryAccessPassMethods') && body.includes(':60'),
} as const satisfies Readonly<Record<string, Fits>>;
