import { graphTunables, readProperty } from '../base/index.ts';
import { createAuthentication, type UserAuthentication } from './sign-in-methods.ts';
import { parseJson } from './error-answer.ts';
import { GraphError } from './graph-error.ts';
import {
  type GraphOptions,
  type ListOptions,
  readBaseUrl,
  readGuid,
  type ReadOptions,
  type WriteOptions,
} from './graph-options.ts';
import {
  type DelegatedAdminRelationship,
  type EligibleRole,
  type GraphUser,
  type Membership,
  readEligibleRole,
  readMembership,
  readRelationship,
  readUser,
  type UserProperty,
} from './user-and-role-answers.ts';
import { addressOf, getResource, post, readList, type Session } from './session.ts';
import { type DeltaPage, readUsersDelta } from './users-delta.ts';

/**
 * Microsoft Graph in the tenants of customers. Every call rejects with `GraphError` and with no other error. Ids that
 * cannot be sent throw it at once.
 */
export type Graph = {
  /** A client whose calls share one id, sent as `client-request-id`. Throws `invalid-argument` where it is no GUID. */
  with(context: { readonly correlationId: string }): Graph;
  /** One customer's tenant: its requests are sent with tokens of that tenant alone. Throws `invalid-argument`. */
  tenant(tenantId: string): GraphTenant;
};

export type GraphTenant = {
  readonly users: {
    /** By object id alone: a name could be somebody else's in another tenant. Throws `invalid-argument`. */
    byId(userId: string): GraphUserOperations;
    /** `GET /users/delta`, page after page; the last one has the `deltaLink`. Rejects with `delta-expired`. */
    delta(
      from: { readonly select: readonly UserProperty[] } | { readonly since: string },
      options?: ReadOptions,
    ): AsyncIterable<DeltaPage>;
  };
  /**
   * `GET /tenantRelationships/delegatedAdminRelationships`, in the partner's own tenant: GDAP relationships, those that have ended
   * too. See https://learn.microsoft.com/graph/api/tenantrelationship-list-delegatedadminrelationships.
   */
  delegatedAdminRelationships(options?: ReadOptions): Promise<readonly DelegatedAdminRelationship[]>;
  readonly roleManagement: {
    /**
     * `GET /roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq '{id}'`: roles that this person
     * or this group can activate now. Rejects with `unlicensed` without P2.
     * See https://learn.microsoft.com/graph/api/rbacapplication-list-roleeligibilityscheduleinstances.
     */
    eligibleRoles(principalId: string, options?: ListOptions<EligibleRole>): Promise<readonly EligibleRole[]>;
  };
};

export type GraphUserOperations = {
  /** `GET /users/{id}?$select=…`. The answer's id was compared with the one asked for. */
  get(options: { readonly select: readonly UserProperty[] } & ReadOptions): Promise<GraphUser>;
  /**
   * `GET /users/{id}/transitiveMemberOf`: directory roles and groups, also through groups.
   * See https://learn.microsoft.com/graph/api/user-list-transitivememberof.
   */
  transitiveMemberOf(options?: ListOptions<Membership>): Promise<readonly Membership[]>;
  readonly authentication: UserAuthentication;
  /** `POST /users/{id}/revokeSignInSessions`. It may take minutes until every session has ended. */
  revokeSignInSessions(options?: WriteOptions): Promise<void>;
};

/** Creates a client from its options. Sends nothing before the first call. Throws `GraphError` `invalid-argument`. */
export function createGraph(options: GraphOptions): Graph {
  const transport = {
    baseUrl: readBaseUrl(options.baseUrl),
    tokenFor: options.tokenFor,
    fetch: options.fetch,
    freshFetch: options.freshFetch ?? options.fetch,
    clock: options.clock,
    random: options.random,
    newId: options.newId,
    tryMilliseconds: options.timeouts?.perTry ?? graphTunables.tryMilliseconds,
    operationMilliseconds: options.timeouts?.whole ?? graphTunables.operationMilliseconds,
  };
  return createScoped(undefined);

  function createScoped(correlationId: string | undefined): Graph {
    return {
      with: (context) => createScoped(readGuid('correlationId', context.correlationId)),
      tenant: (tenantId) => createTenant({ transport, tenantId: readGuid('tenantId', tenantId), correlationId }),
    };
  }
}

function createTenant(session: Session): GraphTenant {
  return {
    users: {
      byId: (userId) => createUser(session, readGuid('userId', userId)),
      delta: (from, options) => readUsersDelta(session, from, options),
    },
    delegatedAdminRelationships: (options) =>
      readList(session, '/tenantRelationships/delegatedAdminRelationships?$top=300', readRelationship, options),
    roleManagement: {
      eligibleRoles: async (principalId, options) => {
        const filter = encodeURIComponent(`principalId eq '${readGuid('principalId', principalId)}'`);
        const path = `/roleManagement/directory/roleEligibilityScheduleInstances?$filter=${filter}`;
        return readList(session, path, readEligibleRole, options);
      },
    },
  };
}

function createUser(session: Session, id: string): GraphUserOperations {
  const path = `/users/${id}`;
  return {
    get: ({ select, signal }) => {
      const url = addressOf(session, `${path}?$select=${['id', ...select].join(',')}`);
      const read = (value: unknown): GraphUser | undefined => {
        const user = readUser(value);
        return user?.id === id ? user : undefined;
      };
      return getResource(session, url, read, { signal });
    },
    transitiveMemberOf: (options) => readList(session, `${path}/transitiveMemberOf?$top=999`, readMembership, options),
    authentication: createAuthentication(session, path),
    revokeSignInSessions: async (options) => {
      const { httpStatus, body, clientRequestId, tries } = await post(
        session,
        `${path}/revokeSignInSessions`,
        undefined,
        options,
      );
      if (readProperty(parseJson(body), 'value') === false) {
        throw new GraphError({ code: 'unknown-result', effect: 'unknown', httpStatus, clientRequestId, tries });
      }
    },
  };
}
