import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';

import type { Clock } from '../clock.ts';
import { callWithLimit } from './call-with-limit.ts';
import { readOwn } from './read-own.ts';

/** Whether Bot Framework sent it. `unavailable`: nobody can say, because the keys cannot be had; it is sent again. */
export type Authenticity =
  | { readonly kind: 'authentic'; readonly result: AuthenticateRequestResult }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'unavailable' };

const tokenErrors = new Set(['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError', 'SyntaxError']);

/**
 * Lets botbuilder check the token, within `milliseconds`; the SDK has no limit of its own. In the sandbox there is no
 * token to check. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export async function authenticateRequest(
  authentication: ConfigurationBotFrameworkAuthentication,
  activity: Activity,
  authorization: string | undefined,
  { clock, milliseconds }: { readonly clock: Clock; readonly milliseconds: number },
): Promise<Authenticity> {
  const outcome = await callWithLimit(clock, milliseconds, () =>
    authentication.authenticateRequest(activity, authorization ?? ''),
  );
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'authentic', result: outcome.result };
    case 'timeout':
      return { kind: 'unavailable' };
    case 'failed': {
      const name = Error.isError(outcome.error) ? outcome.error.name : '';
      // The SDK's own refusals carry a status; those of the token library have a name, and would become a 500.
      const isRefusal = typeof readOwn(outcome.error, 'statusCode') === 'number' || tokenErrors.has(name);
      return { kind: isRefusal ? 'unauthorised' : 'unavailable' };
    }
  }
}
