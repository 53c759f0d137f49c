import { type Clock, describeErrorForLog, type Log } from '../../base/index.ts';
import type { Conversation, Technician } from '../../reset/index.ts';
import type { BotFrameworkEndpoints } from '../connector/bot-framework-endpoints.ts';
import type { Member } from '../connector/connector.ts';
import type { Admission, Gate, GateRule, SigningGate } from './admission.ts';
import { createOfflineTokenVerifier, createTokenVerifier } from './authentication.ts';
import { createRateLimiter, gateLimits, type GateLimits } from './rate-limits.ts';
import { checkMember, createRoster, type Roster } from './roster.ts';
import { createSigningKeys } from './signing-keys.ts';

/**
 * The gate of production: lets in what Bot Framework sent from Teams, for a member of an allowed tenant whom the roster
 * of the chat knows, and no faster than people are. Nothing outside is asked before the token's own words are right,
 * and the roster not before its signature is.
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
  /** The audience of every token: the app id of the Azure Bot. */
  readonly appId: string;
  readonly allowedTenants: readonly string[];
  readonly endpoints: Pick<BotFrameworkEndpoints, 'openIdMetadataUrl' | 'tokenIssuer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Looks somebody up in the roster of a chat; rejects with a `ConnectorError`. */
  readonly member: (conversation: Conversation, teamsUserId: string) => Promise<Member>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Pick<GateLimits, 'perSender' | 'overall'>;
}): SigningGate {
  const keys = createSigningKeys({ metadataUrl: endpoints.openIdMetadataUrl, fetch, clock, log });
  const proof = { keys, issuer: endpoints.tokenIssuer, appId, clock };
  const checkToken = createTokenVerifier(proof);
  const roster = createRoster({ member, clock });
  const perSender = createRateLimiter({ ...limits.perSender, clock });
  const overall = createRateLimiter({ ...limits.overall, clock });
  const tenants = new Set(allowedTenants.map((tenant) => tenant.toLowerCase()));

  /** The technician as the roster names them, or the rule that keeps them out. */
  async function checkSender(technician: Technician, conversation: Conversation): Promise<Technician | GateRule> {
    // Rule 11: the tenant is one of those that may talk to the bot.
    if (!tenants.has(technician.tenantId.toLowerCase())) return 'tenant';
    // Rule 12: nobody sends more than people do.
    if (!perSender.take(`${technician.tenantId}/${technician.objectId}`)) return 'sender-limit';
    // Rule 13: and all of them together no more than the bot can bear.
    if (!overall.take('')) return 'overall-limit';
    const entry = await roster.find(conversation, technician.teamsUserId);
    switch (entry.kind) {
      case 'silent':
        // Rule 14: whom the roster does not vouch for is kept out until it does.
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
    isSigned: createOfflineTokenVerifier(proof),
    async admit({ activity, incoming, authorization }) {
      const authenticity = await checkToken(activity, authorization);
      if (authenticity.kind === 'refused') return refused(authenticity.rule, undefined);
      const { claims } = authenticity;
      // Rule 10: the sender is named by an Entra id, the tenant is named, and it is the same in every place.
      if (incoming.kind === 'malformed') return refused('activity', undefined);
      if (incoming.kind === 'ignored') return { kind: 'admitted', incoming, claims };
      const checked = await checkSender(incoming.technician, incoming.conversation);
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
 * The gate of the sandbox, which listens on loopback only: it checks no token, and ids are whatever the Playground
 * makes up. The roster is asked for the sender's address where there is one, and nobody is kept out by its silence.
 */
export function createSandboxGate({ roster }: { readonly roster?: Roster | undefined } = {}): Gate {
  return {
    async admit({ incoming }) {
      if (incoming.kind === 'malformed') return { kind: 'refused', rule: 'activity', technician: undefined };
      if (incoming.kind === 'ignored' || roster === undefined) return { kind: 'admitted', incoming, claims: undefined };
      const { technician, conversation } = incoming;
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

/** Writes down that somebody was turned away, and by which rule. */
export type AuditRefusal = (technician: Technician, rule: GateRule) => Promise<void>;

/**
 * Enough to see who tries; whoever tries without end must not fill the trail. Each rule has a share of its own, so that
 * no crowd of strangers hides who of the house is turned away.
 */
const auditedPerPerson = { burst: 3, perSecond: 1 / 60 };
const auditedPerRule = { burst: 100, perSecond: 1 };

/**
 * The same gate, which has those written down whom it turns away although their token is good. Who is nobody as far as
 * anybody can tell is never written down, and a store that cannot be written lets nobody in.
 */
export function auditRefusals(
  gate: Gate,
  { record, clock, log }: { readonly record: AuditRefusal; readonly clock: Clock; readonly log: Log },
): Gate {
  const ofOne = createRateLimiter({ ...auditedPerPerson, clock });
  const ofAll = createRateLimiter({ ...auditedPerRule, clock });
  return {
    async admit(caller) {
      const admission = await gate.admit(caller);
      if (admission.kind === 'admitted' || admission.technician === undefined) return admission;
      const { technician, rule } = admission;
      if (!ofOne.take(`${technician.tenantId}/${technician.objectId}`) || !ofAll.take(rule)) return admission;
      try {
        await record(technician, rule);
      } catch (failure) {
        log({ level: 'error', event: 'refusal-not-recorded', rule, ...describeErrorForLog(failure) });
      }
      return admission;
    },
  };
}
