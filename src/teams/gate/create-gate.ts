import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Conversation, Technician } from '../../reset/identity.ts';
import type { BotFrameworkEndpoints } from '../bot-framework-endpoints.ts';
import type { Member } from '../read-member.ts';
import { checkMember } from './check-member.ts';
import { createRoster } from './create-roster.ts';
import { createSignatureCheck } from './create-signature-check.ts';
import { createSigningKeys } from './create-signing-keys.ts';
import { createTokenBuckets } from './create-token-buckets.ts';
import { createTokenCheck } from './create-token-check.ts';
import { gateLimits, type GateLimits } from './gate-limits.ts';
import type { Admission, GateRule, SigningGate } from './gate.ts';

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
  const checkToken = createTokenCheck(proof);
  const roster = createRoster({ member, clock });
  const perSender = createTokenBuckets({ ...limits.perSender, clock });
  const overall = createTokenBuckets({ ...limits.overall, clock });
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
    isSigned: createSignatureCheck(proof),
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
