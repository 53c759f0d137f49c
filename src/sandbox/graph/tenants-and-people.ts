import type { PretendCustomer } from '../data/customers.ts';
import { globalAdministrator, type PretendRole } from '../data/directory-roles.ts';
import { mixSeed } from '../data/seeded-random.ts';
import { createEntraDraws, drawSignInBlocked, isKnownUser, type PretendUser } from '../data/users.ts';
import type { JsonObject } from '../loopback-http.ts';

/** Delegated scopes of Microsoft Graph that Locksmith asks for. */
export type Scope =
  | 'User.Read.All'
  | 'RoleManagement.Read.Directory'
  | 'RoleEligibilitySchedule.Read.Directory'
  | 'GroupMember.Read.All'
  | 'UserAuthenticationMethod.Read.All'
  | 'UserAuthenticationMethod.ReadWrite.All'
  | 'UserAuthMethod-TAP.ReadWrite.All'
  | 'User.RevokeSessions.All';

/** What a customer's tenant permits, and what it has bought. */
export type PretendTenant = {
  /** Whether the application is consented there. Without it Graph knows no identity. */
  readonly isConsented: boolean;
  /** Scopes that are missing in the consent. */
  readonly missing: ReadonlySet<Scope>;
  /** Whether it has Entra ID P2, without which eligible roles cannot be read. */
  readonly hasP2: boolean;
  /** Whether its policy lets people use Temporary Access Passes. */
  readonly allowsPasses: boolean;
  /** The shortest lifetime that its policy lets a pass have. */
  readonly shortestPassMinutes: number;
};

const everything: PretendTenant = {
  isConsented: true,
  missing: new Set(),
  hasP2: true,
  allowsPasses: true,
  shortestPassMinutes: 60,
};

/** Customers written by hand, by their domain: each shows another case. */
const known: Readonly<Record<string, PretendTenant>> = {
  'contosobikes.onmicrosoft.com': everything,
  'northwindtraders.onmicrosoft.com': { ...everything, hasP2: false, allowsPasses: false, shortestPassMinutes: 10 },
  'northwindtraders-eu.onmicrosoft.com': {
    ...everything,
    missing: new Set<Scope>([
      'GroupMember.Read.All',
      'UserAuthenticationMethod.Read.All',
      'UserAuthenticationMethod.ReadWrite.All',
      'UserAuthMethod-TAP.ReadWrite.All',
    ]),
  },
  'wideworldimporters.onmicrosoft.com': { ...everything, isConsented: false },
};

/** What the tenant of a customer permits. Of those that are made up, two of three have consented, and half have P2. */
export function tenantOf(customer: PretendCustomer): PretendTenant {
  const draw = mixSeed(customer.seed, 'graph');
  return (
    known[customer.domain] ?? {
      ...everything,
      isConsented: draw % 3 !== 0,
      hasP2: (draw >>> 4) % 2 === 0,
      allowsPasses: (draw >>> 8) % 2 === 0,
    }
  );
}

/** A user as Microsoft Graph knows one: what Partner Center shows, and what it does not. */
export type GraphPerson = {
  readonly user: PretendUser;
  /** Properties by their names in Graph. */
  readonly properties: JsonObject;
  readonly groups: readonly JsonObject[];
  readonly roles: readonly PretendRole[];
  readonly eligibleRoles: readonly PretendRole[];
  readonly methods: readonly JsonObject[];
  readonly isRestricted: boolean;
};

/** What was done through Graph or Partner Center meanwhile; instants in milliseconds since 1970. */
export type Done = { readonly passwordChangedAt: number | undefined; readonly sessionsRevokedAt: number | undefined };

const day = 24 * 60 * 60_000;

const passwordMethodId = '28c10230-6103-485e-b985-444c60001490';

const mobileMethodId = '3179e48a-750b-4051-897c-87b9720928f7';

/** Makes what Graph knows of a user. It follows from the seed, from `now` and from what was `done`. */
export function describePerson(customer: PretendCustomer, user: PretendUser, now: number, done: Done): GraphPerson {
  const seed = mixSeed(customer.seed, 'graph', user.id);
  const draws = createEntraDraws(customer, user);
  const isKnown = isKnownUser(customer, user);
  const isBlocked = drawSignInBlocked(customer, user, draws);
  const digits = String(seed % 10_000).padStart(4, '0');
  const mobile = draws.onceIn(4) && !isKnown ? null : `+1 206 555 ${digits}`;
  const createdAt = now - (200 + draws.integer(2000)) * day;
  const drawnAt = user.inEntra === 'just-changed' ? now - 20 * 60_000 : now - (20 + draws.integer(150)) * day;
  const changedAt = done.passwordChangedAt ?? drawnAt;
  const isGuest = user.userPrincipalName.includes('#EXT#');
  const isRestricted = user.inEntra === 'restricted';
  const [roleGroup, everyone] = [draws.guid(), draws.guid()];
  return {
    user,
    isRestricted,
    roles: user.inEntra === 'role-by-group' ? [...user.roles, globalAdministrator] : user.roles,
    eligibleRoles: user.inEntra === 'eligible' ? [globalAdministrator] : [],
    groups: [
      writeGroup(everyone, 'All employees', null),
      ...(user.inEntra === 'role-by-group' || user.inEntra === 'eligible-by-group'
        ? [writeGroup(roleGroup, 'Tenant administrators', true)]
        : []),
    ],
    methods: [
      {
        '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
        id: passwordMethodId,
        password: null,
        createdDateTime: formatInstant(changedAt),
      },
      ...(mobile === null
        ? []
        : [
            {
              '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
              id: mobileMethodId,
              phoneNumber: `+1 206555${digits}`,
              phoneType: 'mobile',
              smsSignInState: 'notAllowedByPolicy',
            },
          ]),
      ...(draws.onceIn(2) || isKnown
        ? [
            {
              '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod',
              id: draws.guid(),
              displayName: 'A phone',
              deviceTag: 'SoftwareTokenActivated',
              phoneAppVersion: '6.2511.1',
            },
          ]
        : []),
    ],
    properties: {
      id: user.id,
      displayName: user.displayName,
      givenName: user.firstName,
      surname: user.lastName,
      userPrincipalName: user.userPrincipalName,
      mail: isGuest ? null : user.userPrincipalName,
      jobTitle: null,
      officeLocation: null,
      preferredLanguage: null,
      mobilePhone: mobile,
      businessPhones: isKnown ? [`+1 425 555 ${digits}`] : [],
      proxyAddresses: isGuest ? [] : [`SMTP:${user.userPrincipalName}`],
      accountEnabled: !isBlocked,
      userType: isGuest ? 'Guest' : 'Member',
      createdDateTime: formatInstant(createdAt),
      onPremisesSyncEnabled: user.lastDirectorySyncTime === null ? null : true,
      lastPasswordChangeDateTime: formatInstant(changedAt),
      signInSessionsValidFromDateTime: formatInstant(done.sessionsRevokedAt ?? changedAt),
      isManagementRestricted: isRestricted ? true : null,
    },
  };
}

function writeGroup(id: string, displayName: string, isAssignableToRole: boolean | null): JsonObject {
  return { '@odata.type': '#microsoft.graph.group', id, displayName, isAssignableToRole, securityEnabled: true };
}

/** Graph writes instants without milliseconds. */
function formatInstant(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
