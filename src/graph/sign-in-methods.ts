import type { Secret } from '../base/index.ts';
import { readRetryAfter } from '../http/index.ts';
import {
  type AuthenticationMethod,
  readMethod,
  readOperation,
  readPass,
  type ResetOperation,
  type TemporaryAccessPass,
} from './sign-in-method-answers.ts';
import { parseJson } from './error-answer.ts';
import { GraphError } from './graph-error.ts';
import type { ReadOptions, WriteOptions } from './graph-options.ts';
import { getResource, post, readList, requireOwnLink, type Session } from './session.ts';

/** Where the state of a reset is asked for. Opaque: it names a data centre, and is asked as it was given. */
export type OperationLocation = string & { readonly operationLocation: true };

/** Graph has taken a reset. That is no success: the operation at `location` tells. */
export type ResetAccepted = {
  readonly location: OperationLocation;
  readonly retryAfterMilliseconds: number | undefined;
  readonly clientRequestId: string;
};

/** What is asked of a new pass. What is not given, the tenant's policy decides. */
export type NewTemporaryAccessPass = {
  /** From 10 to 43,200, within the tenant's policy. */
  readonly lifetimeInMinutes?: number | undefined;
  readonly isUsableOnce?: boolean | undefined;
};

/** How a person signs in. */
export type UserAuthentication = {
  /**
   * `GET /users/{id}/authentication/methods`. A role of Authentication Administrator or Global Reader is needed.
   * See https://learn.microsoft.com/graph/api/authentication-list-methods.
   */
  methods(options?: ReadOptions): Promise<readonly AuthenticationMethod[]>;
  readonly passwordMethod: {
    /**
     * `POST …/methods/28c10230-6103-485e-b985-444c60001490/resetPassword`, which writes back to a local directory. The
     * person must change the password at the next sign-in. Rejects with `unknown-result` where the answer names no
     * operation of Graph's. See https://learn.microsoft.com/graph/api/authenticationmethod-resetpassword.
     */
    resetPassword(newPassword: Secret, options?: WriteOptions): Promise<ResetAccepted>;
    /** `GET` the location as it was given. See https://learn.microsoft.com/graph/api/longrunningoperation-get. */
    operation(location: OperationLocation, options?: ReadOptions): Promise<ResetOperation>;
  };
  readonly temporaryAccessPassMethods: {
    /** Rejects with `unknown-result` where a pass may have been made, but the answer cannot be read. */
    create(pass?: NewTemporaryAccessPass, options?: WriteOptions): Promise<TemporaryAccessPass>;
    list(options?: ReadOptions): Promise<readonly TemporaryAccessPass[]>;
  };
};

/** The same for everyone. */
const passwordMethodId = '28c10230-6103-485e-b985-444c60001490';

/** Creates the calls on how the person at `path` signs in. */
export function createAuthentication(session: Session, path: string): UserAuthentication {
  const passes = `${path}/authentication/temporaryAccessPassMethods`;
  return {
    methods: (options) => readList(session, `${path}/authentication/methods`, readMethod, options),
    passwordMethod: {
      async resetPassword(newPassword, options) {
        const call = `${path}/authentication/methods/${passwordMethodId}/resetPassword`;
        const writeBody = (): string => newPassword.reveal((text) => JSON.stringify({ newPassword: text }));
        const { httpStatus, location, retryAfter, clientRequestId, tries } = await post(
          session,
          call,
          writeBody,
          options,
        );
        const facts = { code: 'unknown-result', effect: 'unknown', httpStatus, clientRequestId, tries } as const;
        if (httpStatus !== 202 || location === null) throw new GraphError(facts);
        return {
          location: asLocation(readOwnLink(() => requireOperation(session, path, location), facts)),
          retryAfterMilliseconds: readRetryAfter(retryAfter, session.transport.clock.now()),
          clientRequestId,
        };
      },
      operation: async (location, options) =>
        getResource(session, requireOperation(session, path, location), readOperation, options),
    },
    temporaryAccessPassMethods: {
      async create({ lifetimeInMinutes, isUsableOnce } = {}, options) {
        const writeBody = (): string => JSON.stringify({ lifetimeInMinutes, isUsableOnce });
        const { httpStatus, body, clientRequestId, tries } = await post(session, passes, writeBody, options);
        const pass = readPass(parseJson(body));
        if (pass === undefined) {
          throw new GraphError({ code: 'unknown-result', effect: 'unknown', httpStatus, clientRequestId, tries });
        }
        return pass;
      },
      list: (options) => readList(session, passes, readPass, options),
    },
  };
}

function readOwnLink(read: () => string, facts: ConstructorParameters<typeof GraphError>[0]): string {
  try {
    return read();
  } catch {
    throw new GraphError(facts);
  }
}

/**
 * The address of an operation. Another call of Graph's, or an operation of somebody else, says nothing about this reset. Then it
 * throws `unreadable-answer`.
 */
function requireOperation(session: Session, path: string, location: string): string {
  const link = requireOwnLink(session, location);
  const [, id = ''] = /^\/users\/(.+)$/.exec(path) ?? [];
  const { pathname } = new URL(link);
  const [, below = ''] = /\/v1\.0\/(.*)$/.exec(pathname) ?? [];
  if (!/\/operations\/[^/]+$/i.test(`/${below}`) || namesAnother(below, id.toLowerCase()))
    throw new GraphError({ code: 'unreadable-answer' });
  return link;
}

/** Whether a path names another person, or is written so that Graph may read it as another path. */
function namesAnother(path: string, id: string): boolean {
  const parts = path.toLowerCase().split('/');
  return parts.some((part, at) => {
    const name = decodePart(part);
    if (name === undefined || name === '' || name.includes('/') || name.includes('\\')) return true;
    if (name === 'me') return true;
    if (name === 'users') return parts[at + 1] !== id;
    return name.startsWith('users') && name !== `users('${id}')`;
  });
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** A stored location is checked again before it is asked. */
export function asLocation(link: string): OperationLocation {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand is nothing but this assertion
  return link as OperationLocation;
}
