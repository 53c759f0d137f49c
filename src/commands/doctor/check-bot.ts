import { type Clock, commandTunables, type Secret } from '../../base/index.ts';
import { type BotFrameworkEndpoints, fetchSigningKeys } from '../../teams/index.ts';
import { signInFailures } from '../../texts/index.ts';
import type { Check } from './checks.ts';

/** Our own code, and msal's for a call that had no answer. */
const notReachableCodes: ReadonlySet<string> = new Set([
  'unreachable',
  'network_error',
  'no_network_connectivity',
  'endpoints_resolution_error',
]);

/** Whether the bot can sign in to send, and can have the keys by which it tells what comes in. */
export function checkBot({
  getToken,
  endpoints,
  fetch,
  clock,
}: {
  readonly getToken: () => Promise<Secret>;
  readonly endpoints: BotFrameworkEndpoints;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}): readonly Check[] {
  return [
    {
      name: 'bot sign-in',
      step: 1,
      async look() {
        const refused = await getToken().then(
          () => undefined,
          (failure: unknown) =>
            Error.isError(failure) && 'errorCode' in failure ? String(failure.errorCode) : 'defect',
        );
        if (refused === undefined) return { kind: 'ok', says: 'Microsoft Entra gives the bot a token' };
        if (notReachableCodes.has(refused)) {
          return {
            kind: 'not-reachable',
            says: `Microsoft Entra does not answer the bot (${refused})`,
            todo: signInFailures.unreachable.administrator.advice,
          };
        }
        return {
          kind: 'refused',
          says: `Microsoft Entra gives the bot no token (${refused})`,
          todo: 'Compare MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppType and MicrosoftAppPassword with the Azure Bot; a client secret may have expired.',
        };
      },
    },
    {
      name: 'bot framework',
      step: 7,
      async look() {
        const fetched = await fetchSigningKeys(endpoints.openIdMetadataUrl, {
          fetch,
          clock,
          milliseconds: commandTunables.doctorCallTimeoutMilliseconds,
        });
        return fetched.kind === 'keys'
          ? { kind: 'ok', says: fetched.keys.size === 1 ? '1 signing key' : `${fetched.keys.size} signing keys` }
          : {
              kind: 'not-reachable',
              says: `its signing keys cannot be had (${fetched.why})`,
              todo: `Let this machine reach ${new URL(endpoints.openIdMetadataUrl).host} over https; until then nobody is let in. Every host is in docs/operations.md, "What must reach what".`,
            };
      },
    },
  ];
}
