import { type Clock, describeErrorForLog, type Log, resolveWithin, teamsTunables } from '../../base/index.ts';
import type { Conversation, Technician } from '../../reset/index.ts';
import type { BotFrameworkEndpoints } from '../connector/bot-framework-endpoints.ts';
import type { Member } from '../connector/connector.ts';
import type { Admission, Gate, GateRule, SigningGate } from './admission.ts';
import { createOfflineTokenVerifier, createTokenVerifier } from './authentication.ts';
import { createRateLimiter, gateLimits, type GateLimits } from './rate-limits.ts';
import { checkMember, createRoster, type Roster, type RosterEntry } from './roster.ts';
import { createSigningKeys } from './signing-keys.ts';

const silent: RosterEntry = { kind: 'silent' };

/**
 * The gate of production. It admits what Bot Framework sent from Teams, within the rate limits. The sender has to be a
 * member of an allowed tenant, and known to the roster of the chat. It makes no call before the claims of the token are right, and asks the
 * roster only after the signature is proven.
 */
export function createGate({
  appId,
  allowedTenants,
  endpoints,
  fetch,
  member,
  clock,
  log,
  limits = gateLimits,
}: {
  /** The app id of the Azure Bot, which is the audience of every token. */
  readonly appId: string;
  readonly allowedTenants: readonly string[];
  readonly endpoints: Pick<BotFrameworkEndpoints, 'openIdMetadataUrl' | 'tokenIssuer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Looks a person up in the roster of a chat. Rejects with a `ConnectorError`. */
  readonly member: (conversation: Conversation, teamsUserId: string) => Promise<Member>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Pick<GateLimits, 'perSender' | 'overall'>;
}): SigningGate {
  const keys = createSigningKeys({ metadataUrl: endpoints.openIdMetadataUrl, fetch, clock, log });
  const tokens = { keys, issuer: endpoints.tokenIssuer, appId, clock };
  const verifyToken = createTokenVerifier(tokens);
  const roster = createRoster({ member, clock });
  const perSender = createRateLimiter({ ...limits.perSender, clock });
  const overall = createRateLimiter({ ...limits.overall, clock });
  const tenants = new Set(allowedTenants.map((tenant) => tenant.toLowerCase()));

  /** The technician as the roster names them, or the rule that refuses them. */
  async function checkSender(
    technician: Technician,
    conversation: Conversation,
    decideBy: number | undefined,
  ): Promise<Technician | GateRule> {
    // Rule 11: the tenant is on the list of those that may use the bot.
    if (!tenants.has(technician.tenantId.toLowerCase())) return 'tenant';
    // Rule 12: one person sends no more than people do.
    if (!perSender.take(`${technician.tenantId}/${technician.objectId}`)) return 'sender-limit';
    // Rule 13: all people together send no more than the bot can handle.
    if (!overall.take('')) return 'overall-limit';
    const finding = roster.find(conversation, technician.teamsUserId);
    const entry =
      decideBy === undefined
        ? await finding
        : await resolveWithin(clock, Math.max(0, decideBy - clock.now()), finding, silent);
    switch (entry.kind) {
      case 'silent':
        // Rule 14: without an answer of the roster a person is refused until there is one.
        return 'roster-silent';
      case 'nobody':
        return 'not-a-member';
      case 'member':
        return (
          checkMember(entry.member, technician) ?? {
            ...technician,
            userPrincipalName: entry.member.userPrincipalName,
          }
        );
    }
  }

  return {
    isSigned: createOfflineTokenVerifier(tokens),
    start: () => {
      keys.start();
    },
    stop: () => {
      keys.stop();
    },
    async admit({ activity, incoming, authorization, decideBy }) {
      const authenticity = await verifyToken(activity, authorization);
      if (authenticity.kind === 'refused') return refused(authenticity.rule, undefined);
      const { claims } = authenticity;
      // Rule 10: the activity names its sender by an Entra id, and the same tenant in every place.
      if (incoming.kind === 'malformed') return refused('activity', undefined);
      if (incoming.kind === 'ignored') return { kind: 'admitted', incoming, claims };
      const checked = await checkSender(incoming.technician, incoming.conversation, decideBy);
      if (typeof checked === 'string') return refused(checked, incoming.technician);
      return { kind: 'admitted', incoming: { ...incoming, technician: checked }, claims };
    },
  };

  function refused(rule: GateRule, technician: Technician | undefined): Admission {
    const proven = technician !== undefined;
    log({
      level: proven ? 'warn' : 'info',
      event: 'not-let-in',
      rule,
      ...(proven && { tenant: technician.tenantId, person: technician.objectId }),
    });
    return { kind: 'refused', rule, technician };
  }
}

/**
 * The gate of the sandbox, which listens on loopback only. It checks no token, and takes the ids that the Playground makes
 * up. If there is a roster, it adds the sender's address; without an answer the sender is admitted too. Where tenants are
 * named, it admits no one of another one.
 */
export function createSandboxGate({
  roster,
  allowedTenants,
}: {
  readonly roster?: Roster | undefined;
  /** Undefined: all. */
  readonly allowedTenants?: readonly string[] | undefined;
} = {}): Gate {
  const tenants = allowedTenants && new Set(allowedTenants.map((tenant) => tenant.toLowerCase()));
  return {
    async admit({ incoming }) {
      if (incoming.kind === 'malformed') return { kind: 'refused', rule: 'activity', technician: undefined };
      if (incoming.kind === 'ignored') return { kind: 'admitted', incoming, claims: undefined };
      const { technician, conversation } = incoming;
      if (tenants?.has(technician.tenantId.toLowerCase()) === false)
        return { kind: 'refused', rule: 'tenant', technician };
      if (roster === undefined) return { kind: 'admitted', incoming, claims: undefined };
      const entry = await roster.find(conversation, technician.teamsUserId);
      const isSame =
        entry.kind === 'member' && entry.member.objectId?.toLowerCase() === technician.objectId.toLowerCase();
      const userPrincipalName = isSame ? entry.member.userPrincipalName : undefined;
      return {
        kind: 'admitted',
        incoming: { ...incoming, technician: { ...technician, userPrincipalName } },
        claims: undefined,
      };
    },
  };
}

/** Writes to the audit trail that a technician was refused, and by which rule. */
export type AuditRefusal = (technician: Technician, rule: GateRule) => Promise<void>;

/**
 * The same gate, which also audits refusals of proven senders. Refusals before that are not audited, because the sender may
 * be made up. The limits keep endless tries from filling the trail. Each rule has its own limit, so that many strangers
 * do not hide refusals of members. If the trail cannot be written, the refusal stands.
 */
export function auditRefusals(
  gate: Gate,
  { record, clock, log }: { readonly record: AuditRefusal; readonly clock: Clock; readonly log: Log },
): Gate {
  const perPerson = createRateLimiter({ ...teamsTunables.auditedRefusalsOfPerson, clock });
  const perRule = createRateLimiter({ ...teamsTunables.auditedRefusalsByRule, clock });
  return {
    async admit(request) {
      const admission = await gate.admit(request);
      if (admission.kind === 'admitted' || admission.technician === undefined) return admission;
      const { technician, rule } = admission;
      // The trail is in the store that does not answer, and no one may wait for it.
      if (rule === 'store-silent') return admission;
      if (!perPerson.take(`${technician.tenantId}/${technician.objectId}`) || !perRule.take(rule)) return admission;
      try {
        await record(technician, rule);
      } catch (failure) {
        log({ level: 'error', event: 'refusal-not-recorded', rule, ...describeErrorForLog(failure) });
      }
      return admission;
    },
  };
}
