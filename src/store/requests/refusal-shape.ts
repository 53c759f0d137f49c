import { z } from 'zod';
import {
  type DirectMessageProblem,
  type LimitKind,
  type PartnerTrouble,
  type Refusal,
  ticketConcerns,
} from '../../reset/index.ts';
import { oneOf, shapes } from '../rows/row-shapes.ts';

const { instant, lostProtection, perhaps, troubleCodes } = shapes;

const { signInCode: _ofNow, ...olderCodes } = troubleCodes;

/** A row holds codes. A row of an older version holds sentences instead of the sign-in's code, and keeps them. */
export const troubleShape: z.ZodType<PartnerTrouble> = z.union([
  // The detail is written only where there is one, so that an older program can read every other row.
  z
    .strictObject({ ...troubleCodes, detail: z.string().exactOptional() })
    .transform((codes) => ({ ...codes, storedWording: undefined })),
  z.strictObject({ ...olderCodes, says: z.string(), next: z.string() }).transform(({ says, next, ...codes }) => ({
    ...codes,
    signInCode: undefined,
    storedWording: { problem: says, advice: next },
  })),
]);

/** One for each kind of refusal; the compiler misses one that is forgotten. */
const refusals = {
  'not-a-technician': z.strictObject({ kind: z.literal('not-a-technician') }),
  'groups-unknown': z.strictObject({ kind: z.literal('groups-unknown') }),
  'own-account': z.strictObject({ kind: z.literal('own-account') }),
  deleted: z.strictObject({ kind: z.literal('deleted'), at: instant.optional() }),
  federated: z.strictObject({ kind: z.literal('federated') }),
  synchronised: z.strictObject({ kind: z.literal('synchronised') }),
  guest: z.strictObject({ kind: z.literal('guest') }),
  administrator: z.strictObject({ kind: z.literal('administrator'), roles: z.array(z.string()) }),
  'roles-unknown': z.strictObject({
    kind: z.literal('roles-unknown'),
    trouble: z.strictObject(troubleCodes).optional(),
  }),
  'management-restricted': z.strictObject({ kind: z.literal('management-restricted') }),
  'protection-unknown': z.strictObject({ kind: z.literal('protection-unknown'), ...lostProtection }),
  'approval-not-possible': z.strictObject({
    kind: z.literal('approval-not-possible'),
    approvers: z.array(z.string()).optional(),
    isApprover: z.literal(true).optional(),
    // Written in the sandbox alone.
    chat: z.string().optional(),
  }),
  'target-changed': z.strictObject({ kind: z.literal('target-changed') }),
  'under-way': z.strictObject({ kind: z.literal('under-way'), by: perhaps(z.string()) }),
  frozen: z.strictObject({
    kind: z.literal('frozen'),
    by: z.string(),
    at: instant,
    everything: z.boolean(),
    // Written only where it is known, as is the next.
    isOwn: z.literal(true).optional(),
    mayThaw: z.boolean().optional(),
  }),
  'approval-needed': z.strictObject({ kind: z.literal('approval-needed') }),
  'approver-without-right': z.strictObject({ kind: z.literal('approver-without-right'), by: z.string() }),
  'over-limit': z.strictObject({
    kind: z.literal('over-limit'),
    limit: oneOf<LimitKind>({ technician: true, customer: true, user: true, overall: true }),
    most: z.int(),
    againAt: instant,
  }),
  'no-direct-message': z.strictObject({
    kind: z.literal('no-direct-message'),
    why: oneOf<DirectMessageProblem>({ 'not-installed': true, blocked: true, unreachable: true }),
  }),
  'ticket-mismatch': z.strictObject({
    kind: z.literal('ticket-mismatch'),
    concerns: z.array(z.literal(ticketConcerns)),
  }),
  'too-old': z.strictObject({ kind: z.literal('too-old') }),
  restored: z.strictObject({ kind: z.literal('restored') }),
  'seal-broken': z.strictObject({ kind: z.literal('seal-broken') }),
  'no-progress': z.strictObject({ kind: z.literal('no-progress') }),
  'partner-center': z.strictObject({ kind: z.literal('partner-center'), trouble: troubleShape }),
} satisfies { readonly [Kind in Refusal['kind']]: z.ZodType<Extract<Refusal, { readonly kind: Kind }>> };

/** The shape of a refusal, in every row that holds one. */
export const refusalShape: z.ZodType<Refusal> = z.union(Object.values(refusals));

/** Sentences that were read from a row are written back as they were. Others never get into a row. */
export function createStoredTrouble({ storedWording, signInCode, ...codes }: PartnerTrouble) {
  return storedWording === undefined
    ? { ...codes, signInCode }
    : { ...codes, says: storedWording.problem, next: storedWording.advice };
}
