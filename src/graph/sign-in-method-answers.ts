import { z } from 'zod';
import { graphTunables, readTextProperty, Secret } from '../base/index.ts';
import { readWord } from './error-answer.ts';

/** Kinds of registered methods. A method that Microsoft adds later is `other`. */
export const methodKinds = [
  'password',
  'phone',
  'authenticator',
  'passkey',
  'software-token',
  'hardware-token',
  'windows-hello',
  'email',
  'temporary-access-pass',
  'platform-credential',
  'other',
] as const;

export type MethodKind = (typeof methodKinds)[number];

/** A method that a person has registered. `phoneNumber` is a number on file, in full, with a phone alone. */
export type AuthenticationMethod = {
  readonly id: string;
  readonly kind: MethodKind;
  readonly phoneNumber: string | undefined;
  readonly phoneType: 'mobile' | 'alternateMobile' | 'office' | undefined;
  /** Of a Temporary Access Pass: used or expired, so that it lets no one in any more. */
  readonly isSpent: boolean;
};

/** The state of a reset. `detail` is Graph's text, whole, such as `ResetSuccess`; those for a failure are not documented. */
export type ResetOperation = {
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly detail: string | undefined;
};

/** A Temporary Access Pass. `pass` is there only in the answer that makes it, and may be there for a pass that cannot be used. */
export type TemporaryAccessPass = {
  readonly id: string;
  readonly pass: Secret | undefined;
  readonly isUsable: boolean;
  /** Graph's word, such as `EnabledByPolicy`, `DisabledByPolicy`, `Expired`, `NotYetValid`, `OneTimeUsed`. */
  readonly usabilityReason: string | undefined;
  readonly lifetimeInMinutes: number | undefined;
  readonly isUsableOnce: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly startsAt: number | undefined;
};

const kindByType: Readonly<Record<string, MethodKind>> = {
  passwordAuthenticationMethod: 'password',
  phoneAuthenticationMethod: 'phone',
  microsoftAuthenticatorAuthenticationMethod: 'authenticator',
  passwordlessMicrosoftAuthenticatorAuthenticationMethod: 'authenticator',
  fido2AuthenticationMethod: 'passkey',
  softwareOathAuthenticationMethod: 'software-token',
  hardwareOathAuthenticationMethod: 'hardware-token',
  windowsHelloForBusinessAuthenticationMethod: 'windows-hello',
  emailAuthenticationMethod: 'email',
  temporaryAccessPassAuthenticationMethod: 'temporary-access-pass',
  platformCredentialAuthenticationMethod: 'platform-credential',
};

const methodShape = z.object({
  '@odata.type': z.string(),
  id: z.string().min(1),
  phoneNumber: z.string().nullish(),
  phoneType: z.enum(['mobile', 'alternateMobile', 'office']).nullish().catch(undefined),
  methodUsabilityReason: z.string().nullish().catch(undefined),
});

export function readMethod(value: unknown): AuthenticationMethod | undefined {
  const { data } = methodShape.safeParse(value);
  if (data === undefined) return undefined;
  const kind = kindByType[data['@odata.type'].replace(/^#microsoft\.graph\./, '')] ?? 'other';
  const isPhone = kind === 'phone';
  return {
    id: data.id,
    kind,
    phoneNumber: (isPhone && data.phoneNumber) || undefined,
    phoneType: (isPhone && data.phoneType) || undefined,
    isSpent:
      kind === 'temporary-access-pass' &&
      (data.methodUsabilityReason === 'OneTimeUsed' || data.methodUsabilityReason === 'Expired'),
  };
}

const operationShape = z.object({
  status: z.enum(['notStarted', 'running', 'succeeded', 'failed', 'unknownFutureValue']),
});

/** A state that is not known yet counts as running: only the two final ones decide anything. */
export function readOperation(value: unknown): ResetOperation | undefined {
  const { data } = operationShape.safeParse(value);
  if (data === undefined) return undefined;
  const { status } = data;
  return {
    status: status === 'succeeded' || status === 'failed' ? status : 'running',
    detail: readTextProperty(value, 'statusDetail', graphTunables.maxAnswerBytes),
  };
}

const passShape = z.object({
  id: z.string().min(1),
  temporaryAccessPass: z
    .string()
    .nullish()
    .transform((pass) => (pass ? new Secret(pass) : undefined)),
  isUsable: z.boolean().nullish(),
  lifetimeInMinutes: z.number().int().nullish(),
  isUsableOnce: z.boolean().nullish(),
  startDateTime: z.string().nullish(),
});

export function readPass(value: unknown): TemporaryAccessPass | undefined {
  const { data } = passShape.safeParse(value);
  if (data === undefined) return undefined;
  const startsAt = Date.parse(data.startDateTime ?? '');
  return {
    id: data.id,
    pass: data.temporaryAccessPass,
    // A pass of which Graph does not say that it can be used is not shown.
    isUsable: data.isUsable === true,
    usabilityReason: readWord(value, 'methodUsabilityReason'),
    lifetimeInMinutes: data.lifetimeInMinutes ?? undefined,
    isUsableOnce: data.isUsableOnce ?? undefined,
    startsAt: Number.isNaN(startsAt) ? undefined : startsAt,
  };
}
