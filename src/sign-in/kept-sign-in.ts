import { z } from 'zod';
import type { Opened, Sealer } from '../reset/ports/sealing.ts';
import type { SealedPassword } from '../reset/request.ts';
import { Secret } from '../secret.ts';
import type { EntraApp } from './entra-app.ts';

/** A sign-in as it is kept, sealed. Instants are milliseconds. */
export type KeptSignIn = {
  readonly accessToken: Secret;
  readonly accessEndsAt: number;
  /** msal's serialised cache; the refresh token is in it. */
  readonly cache: Secret;
  /** Who signed in. */
  readonly account: string;
  /** When a person last signed in, or a refresh token was brought from elsewhere. */
  readonly consentedAt: number;
  readonly renewedAt: number;
  /** When the refresh token ends, where Entra has said so. */
  readonly refreshEndsAt: number | undefined;
};

/** `broken`: it was altered, or is another application's. */
type OpenedSignIn =
  { readonly kind: 'opened'; readonly kept: KeptSignIn } | Exclude<Opened, { readonly kind: 'opened' }>;

const secret = z.string().transform((value) => new Secret(value));
const shape = z.object({
  accessToken: secret,
  accessEndsAt: z.number(),
  cache: secret,
  account: z.string(),
  consentedAt: z.number(),
  renewedAt: z.number(),
  refreshEndsAt: z.number().optional(),
});

/** Seals a sign-in, and opens it for the application it was made for and for nothing else. */
export const keptSignIn = {
  seal(sealer: Sealer, app: EntraApp, kept: KeptSignIn): SealedPassword {
    const text = kept.accessToken.reveal((accessToken) =>
      kept.cache.reveal((cache) => new Secret(JSON.stringify({ ...kept, accessToken, cache }))),
    );
    return sealer.seal(text, bindingOf(app));
  },
  open(sealer: Sealer, app: EntraApp, sealed: SealedPassword): OpenedSignIn {
    const opened = sealer.open(sealed, bindingOf(app));
    if (opened.kind !== 'opened') return opened;
    const read = opened.secret.reveal((text) => shape.safeParse(parse(text)));
    return read.success
      ? { kind: 'opened', kept: { ...read.data, refreshEndsAt: read.data.refreshEndsAt } }
      : { kind: 'broken' };
  },
};

function bindingOf({ tenantId, clientId }: EntraApp): string {
  return `sign-in to partner center|${tenantId.toLowerCase()}|${clientId.toLowerCase()}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
