import { z } from 'zod';
import { type Clock, Secret, ticketTunables } from '../base/index.ts';
import type { TicketSettings } from '../config/index.ts';
import type { TicketClient } from './ticket-client.ts';
import { TicketError } from './ticket-error.ts';

type HaloSettings = Extract<TicketSettings, { readonly kind: 'halopsa' }>;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional().catch(undefined),
});

type HaloToken = {
  /** `fresh`: the last one was refused. */
  get(options?: { readonly fresh: boolean }): Promise<Secret>;
  /** The next call gets another one. */
  forget(): void;
};

/**
 * Gets tokens by the client credentials grant. One is kept until shortly before its end. Callers at the same time share one
 * request.
 */
export function createHaloToken(
  { authUrl, clientId, clientSecret, tenant }: HaloSettings,
  client: TicketClient,
  clock: Clock,
): HaloToken {
  let kept: { readonly token: Secret; readonly until: number } | undefined;
  let asking: Promise<Secret> | undefined;
  return {
    get({ fresh } = { fresh: false }) {
      if (!fresh && kept !== undefined && clock.now() < kept.until) return Promise.resolve(kept.token);
      kept = undefined;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget() {
      kept = undefined;
    },
  };

  async function ask(): Promise<Secret> {
    const url = `${authUrl}/token${tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`}`;
    const body = clientSecret.reveal((secret) =>
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
        scope: 'all',
      }).toString(),
    );
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const answer = await client.request({ method: 'POST', url, headers, body }, tokenAnswer).catch(readTokenError);
    const { tokenLifeMilliseconds, tokenSafetyMarginMilliseconds } = ticketTunables;
    const lasts = answer.expires_in === undefined ? tokenLifeMilliseconds : answer.expires_in * 1000;
    const token = new Secret(answer.access_token);
    kept = { token, until: clock.now() + lasts - tokenSafetyMarginMilliseconds };
    return token;
  }
}

/** The token endpoint answers 400 for a client or a secret that it does not know. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function readTokenError(error: unknown): never {
  if (error instanceof TicketError && error.code === 'refused') throw new TicketError('unauthorised', error.httpStatus);
  throw error;
}
