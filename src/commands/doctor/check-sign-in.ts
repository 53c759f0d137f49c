import { createAccess, type AccessSettings } from '../../app/create-access.ts';
import type { ProductionSettings } from '../../config.ts';
import type { Outside } from '../../outside.ts';
import { buildIndexedQuery, createPartner, partnerAdvice, PartnerError } from '../../partner-center/index.ts';
import { asId, type ObjectId } from '../../ids.ts';
import { SignInError } from '../../sign-in/sign-in-error.ts';
import { createSealer } from '../../store/create-sealer.ts';
import { openTokenStore, type OpenTokenStore } from '../../store/open-token-store.ts';
import { openTrail } from '../../store/open-trail.ts';
import { StoreError } from '../../store/store-error.ts';
import { explainSignInFailure } from '../consent/explain-sign-in-failure.ts';
import type { Check, Finding } from './check.ts';

type Access = ReturnType<typeof createAccess>;

const notSilent = new Set(['invalid_client', 'client_secret_expired', 'unreachable', 'store_failed']);
const consent = 'Run "npm run consent" and sign in as the account that Locksmith works with.';

/**
 * Whether the kept sign-in still brings a token, whether Partner Center takes it (asked for one customer, and for one of
 * their users, with `ValidateMfa`), and whether Microsoft Graph says who is in a group where the policy names one.
 */
export function checkSignIn({
  settings,
  person,
  outside,
}: {
  readonly settings: Pick<ProductionSettings, 'databaseUrl' | 'sealingKeys' | 'partnerCenterApp' | 'partnerCenterUrl'>;
  /** Somebody to ask Graph about; undefined where the policy names no group. */
  readonly person: string | undefined;
  readonly outside: Outside;
}): readonly Check[] {
  return [
    check('sign-in', async ({ credentials }) => {
      await credentials.getToken();
      return { kind: 'ok', says: 'Microsoft Entra gives a token for Partner Center' };
    }),
    check('partner center', readOneUser),
    check('graph', async ({ groups }) => {
      if (person === undefined)
        return { kind: 'not-checked', says: 'the policy names no group, or nobody by id to ask about' };
      return (await groups.memberOf(asId<ObjectId>(person))) === 'unknown'
        ? {
            kind: 'wrong',
            says: 'Microsoft Graph does not say who is in which group',
            todo: 'Grant the application GroupMember.Read.All and User.ReadBasic.All, with admin consent; until then nobody has a right by group.',
          }
        : { kind: 'ok', says: 'Microsoft Graph says who is in which group' };
    }),
  ];

  async function readOneUser({ credentials }: Access): Promise<Finding> {
    const { fetch, clock, random } = outside;
    const partner = createPartner({
      credentials,
      baseUrl: settings.partnerCenterUrl,
      applicationName: 'Locksmith',
      validateMfa: true,
      fetch,
      clock,
      random: random.fraction,
      newId: random.guid,
    });
    const one = buildIndexedQuery({ size: 1 });
    for await (const customer of partner.customers.query(one)) {
      await partner.customers.byId(customer.id).users.query(one).pages()[Symbol.asyncIterator]().next();
      return { kind: 'ok', says: 'takes the sign-in, and lets customers and users be read' };
    }
    return {
      kind: 'wrong',
      says: 'takes the sign-in, and shows no customer',
      todo: 'Give the account AdminAgents or HelpdeskAgents in Partner Center, and a GDAP role at the customers.',
    };
  }

  function check(name: string, look: (access: Access) => Promise<Finding>): Check {
    return {
      name,
      async look() {
        let store: OpenTokenStore | undefined;
        try {
          // A reader makes no database where there is none yet.
          await (await openTrail(settings.databaseUrl)).close();
          store = await openTokenStore(settings.databaseUrl);
          const app: AccessSettings = { kind: 'sign-in', app: settings.partnerCenterApp };
          const sealer = createSealer(settings.sealingKeys, outside.random.bytes);
          const quiet = { log: () => undefined, raiseAlarm: () => undefined };
          return await look(
            createAccess(app, { outside, tokens: store.tokens, sealer, instance: outside.random.token(), ...quiet }),
          );
        } catch (failure) {
          return explain(failure);
        } finally {
          await store?.close();
        }
      },
    };
  }
}

function explain(failure: unknown): Finding {
  if (failure instanceof SignInError) {
    const { says, next } = explainSignInFailure(failure);
    return { kind: 'wrong', says, todo: notSilent.has(failure.code) ? next : consent };
  }
  if (failure instanceof PartnerError) {
    const { says, next } = partnerAdvice[failure.code];
    const id = failure.correlationId === undefined ? '' : ` (correlation id ${failure.correlationId})`;
    return { kind: 'wrong', says: `${says}${id}`, todo: failure.code === 'sign-in-failed' ? consent : next };
  }
  if (failure instanceof StoreError)
    return { kind: 'not-checked', says: `the store cannot be opened (${failure.code})` };
  throw failure;
}
